"""A rule that brings customers' words to a channel: which, how many, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from stories.errors import UserError
from stories.folding import fold
from stories.language import _
from stories.nps.counts import Band, band_of
from stories.values import dataclass

MOST_A_DAY = 10
"""The highest ceiling that a rule can have: more would be no digest."""

USUAL_MOST, USUAL_AT = 5, time(9)
"""How many are brought, and when, where nobody says."""

MOST_RULES = 10
"""Rules of one channel."""

LONGEST_SENTENCE = 500
"""Characters of a rule as somebody writes it."""

LONGEST_WORDS = 100
MOST_WORDS = 5
"""Words that a text has to hold, all of them."""

COMMENTS, STORIES = "comments", "stories"
"""What can be routed."""

Segment = tuple[str, str]
"""A property of answers ("" for kinds of customers of conversations) and its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is brought: all that fits every part that is said; an empty part leaves nothing out.

    `kinds` are COMMENTS and STORIES, at least one. `scores` are the lowest and the highest score (0 to 10).
    Of `segments` those of one property are alternatives. `words` are looked for as the search does, all of
    them. `most` a time. `weekday` (Monday 0) for once a week, None for each working day; `at` the channel's
    own time. Raises UserError naming the field and its limit.
    """

    kinds: tuple[str, ...] = (COMMENTS, STORIES)
    scores: tuple[int, int] | None = None
    segments: tuple[Segment, ...] = ()
    theme: str = ""
    words: tuple[str, ...] = ()
    most: int = USUAL_MOST
    weekday: int | None = None
    at: time = USUAL_AT

    def __post_init__(self) -> None:
        if not 1 <= self.most <= MOST_A_DAY:
            said = _("At most {most} a day can be brought, not {number}; one digest holds no more.")
            raise UserError(said.format(most=MOST_A_DAY, number=self.most), field="most")
        if len(self.words) > MOST_WORDS or len(" ".join(self.words)) > LONGEST_WORDS:
            said = _("Please give at most {most} words to look for.")
            raise UserError(said.format(most=MOST_WORDS), field="words")
        if self.scores and not 0 <= self.scores[0] <= self.scores[1] <= 10:
            raise UserError(_("Scores go from 0 to 10, the lower one first."), field="scores")

    @property
    def narrows(self) -> bool:
        """Whether the rule leaves anything out: one that does not brings everything."""
        return bool(self.scores or self.segments or self.theme or self.words or len(self.kinds) == 1)

    def fits_score(self, score: int | None) -> bool:
        """Whether a score is one that is asked for; a conversation without one is not."""
        if self.scores is None:
            return True
        return score is not None and self.scores[0] <= score <= self.scores[1]

    def fits_properties(self, properties: Mapping[str, str]) -> bool:
        """Whether an answer has a value of each property that is asked for."""
        held = {fold(name): fold(value) for name, value in properties.items()}
        return all(
            any(fold(value) in (held.values() if not name else [held.get(fold(name))]) for value in values)
            for name, values in self.by_property().items()
        )

    def fits_segment(self, segment: str) -> bool:
        """Whether a conversation's kind of customer is one of those that are asked for, of each property."""
        wanted = self.by_property().values()
        return all(fold(segment) in {fold(value) for value in values} for values in wanted)

    def by_property(self) -> dict[str, list[str]]:
        """The values asked for, of each property."""
        found: dict[str, list[str]] = {}
        for name, value in self.segments:
            found.setdefault(name, []).append(value)
        return found


SCORES: Mapping[Band, tuple[int, int]] = {
    band: (min(scores), max(scores))
    for band in Band
    if (scores := [score for score in range(11) if band_of(score) is band])
}
"""The lowest and the highest score of promoters, passives and detractors."""


def as_kept(rule: Rule) -> dict[str, Any]:
    """A rule as it is stored."""
    return {
        "kinds": list(rule.kinds),
        "scores": list(rule.scores) if rule.scores else None,
        "segments": [list(one) for one in rule.segments],
        "theme": rule.theme,
        "words": list(rule.words),
        "most": rule.most,
        "weekday": rule.weekday,
        "at": rule.at.isoformat("minutes"),
    }


def rule_of(kept: Mapping[str, Any]) -> Rule:
    """The rule that was stored so."""
    scores: Sequence[int] | None = kept["scores"]
    return Rule(
        kinds=tuple(kept["kinds"]),
        scores=(scores[0], scores[1]) if scores else None,
        segments=tuple((name, value) for name, value in kept["segments"]),
        theme=kept["theme"],
        words=tuple(kept["words"]),
        most=kept["most"],
        weekday=kept["weekday"],
        at=time.fromisoformat(kept["at"]),
    )
