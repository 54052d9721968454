"""What a company of some size does in a month, and what that takes: assumptions times what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.footprint_acts import Taken
from benchmarks.footprint_planting import Weights

WORKING_DAYS = 21
MONTH_SECONDS = 30 * 24 * 3600
CALLS_A_POST = 3
"""To post it, and twice to ask who reads along there (a digest)."""

HOME_CALLS = 1
"""A Home is published when something on it changed: at the most, each time that somebody looks."""

POSTS_A_SECOND = 5
"""What Slack allows a workspace in the long run: several hundred a minute."""

LOOKS_A_SECOND = 50 / 60
"""How often it may be asked about a channel (conversations.info, tier 3), which comes before each digest."""

POST_SECONDS = 1 / 230
"""Of a processor: deciding about a digest and composing it takes most (`benchmarks.deliver`, PostgreSQL)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What is assumed of a company; all a head, and a month where nothing else is said."""

    talks_a_year: float
    answers: float
    comments: float
    """The share of answers with a comment."""

    heads_a_channel: float
    private_a_week: float
    homes: float
    searches: float
    margin: float
    """What is kept beside the things that were weighed (audit trail, reactions, receipts), as a factor."""


def month(heads: int, habits: Habits, weights: Weights, taken: Taken) -> dict[str, float]:
    """Posts, calls to Slack, what the database grows by (MB), hours of processor; and the morning's rush.

    `rush_seconds` is how long Slack's limits stretch the digests when all channels are due at once.
    """
    channels = heads / habits.heads_a_channel
    talks, answers = heads * habits.talks_a_year / 12, heads * habits.answers
    digests, private = channels * WORKING_DAYS, heads * habits.private_a_week * 52 / 12
    homes, searches = heads * habits.homes, heads * habits.searches
    calls = digests * CALLS_A_POST + private + talks * taken.write_up.calls
    calls += homes * max(HOME_CALLS, taken.home.calls) + searches * taken.search.calls
    worked = (digests + private) * POST_SECONDS + talks * taken.write_up.seconds
    worked += homes * taken.home.seconds + searches * taken.search.seconds
    answered = weights.answer * (1 - habits.comments) + weights.comment * habits.comments
    grown = talks * weights.talk + (digests + private) * weights.post + answers * answered
    return {
        "heads": heads,
        "talks": round(talks),
        "answers": round(answers),
        "posts": round(digests + private),
        "calls": round(calls),
        "calls_a_working_minute": round(calls / (WORKING_DAYS * 8 * 60), 2),
        "database_mb": round(grown * habits.margin / 1e6, 1),
        "database_year_mb": round((weights.empty + 12 * grown * habits.margin) / 1e6),
        "processor_hours": round((worked + taken.idle_share * MONTH_SECONDS) / 3600, 1),
        "of_that_at_rest": round(taken.idle_share * MONTH_SECONDS / 3600, 1),
        "rush_seconds": round(channels / min(POSTS_A_SECOND, LOOKS_A_SECOND)),
    }
