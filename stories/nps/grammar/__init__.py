"""Questions about NPS in people's own words, and those words said back."""

from stories.nps.grammar.parsing import parse
from stories.nps.grammar.question import Ambiguous, Cell, Kind, Misread, Question
from stories.nps.grammar.saying import said_back, said_exactly
from stories.nps.grammar.vocabulary import Segment, Vocabulary

__all__ = [
    "Ambiguous",
    "Cell",
    "Kind",
    "Misread",
    "Question",
    "Segment",
    "Vocabulary",
    "parse",
    "said_back",
    "said_exactly",
]
