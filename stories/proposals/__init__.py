"""A write-up proposed from an interview's notes: what they say, what they leave open, what would be kept."""

from stories.proposals.proposing import customer_of, form_of, propose
from stories.proposals.values import Answers, Gap, Open, Proposal, Wording

__all__ = ["Answers", "Gap", "Open", "Proposal", "Wording", "customer_of", "form_of", "propose"]
