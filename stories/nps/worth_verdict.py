"""What an answer about worth comes to in one word, so that two answers can be told apart a month later."""

from __future__ import annotations

from stories.nps.worth import Association, Finding, TooEarly
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found. `rises` is whether more NPS goes with more of the figure, `lag` how many months later.

    Both are None where nothing was seen; `lag` also where it is only a hint, which the next month may move.
    """

    finding: Finding
    rises: bool | None = None
    lag: int | None = None


def verdict(found: Association | TooEarly) -> Verdict:
    """What an answer comes to: two that say the same of a link have the same verdict."""
    if isinstance(found, TooEarly) or found.finding is not Finding.TOGETHER:
        return Verdict(finding=found.finding)
    lag = None if found.is_exploratory else found.lag
    return Verdict(finding=found.finding, rises=found.slope > 0, lag=lag)


def has_changed(before: Association | TooEarly, now: Association | TooEarly) -> bool:
    """Whether whoever heard the answer before has to hear this one. Fewer months to wait is no change."""
    return verdict(before) != verdict(now)
