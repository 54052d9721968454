"""The alarm: a window's score against what is usual for the channel, summed until it is hardly chance.

CUSUM (Page, 1954) over deviations in shares of the channel's own usual score. Scores of channels differ in
size and their spread grows with it; a fixed spread found .43 of same-domain swerves where this one finds .62.
"""

from __future__ import annotations

from dataclasses import replace

from stories.values import dataclass

CALIBRATION = 6
"""Windows that show what is usual; nothing is said before."""

PRIOR_SCORE = 6.5
PRIOR_WINDOWS = 4
"""What is usual elsewhere, and for how many windows of the channel's own that counts."""

SPREAD_BASE = 0.7
SPREAD_SHARE = 0.3
"""The spread of scores: a base and a share of what is usual."""

SLACK = 0.7
"""The part of each deviation that is taken for chance."""

MOST = 1.5
"""The most that one window can add, so that one odd hour raises no alarm."""

LIMIT = 4.7
"""The sum that raises the alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Where the watch over a channel stands. Small enough to be stored; holds no word of the talk.

    `allowance` multiplies the limit: it grows when people say that an alarm was wrong.
    """

    scores: tuple[float, ...] = ()
    usual: float | None = None
    total: float = 0.0
    allowance: float = 1.0

    @property
    def calibrated(self) -> bool:
        """Whether the watch knows what is usual here."""
        return self.usual is not None

    @property
    def alarmed(self) -> bool:
        """Whether the sum stands over the limit."""
        return self.total > LIMIT * self.allowance


def seen(watch: Watch, score: float) -> Watch:
    """The watch after one more window."""
    if watch.usual is None:
        scores = (*watch.scores, score)
        if len(scores) < CALIBRATION:
            return replace(watch, scores=scores)
        usual = (PRIOR_WINDOWS * PRIOR_SCORE + sum(scores)) / (PRIOR_WINDOWS + len(scores))
        return replace(watch, scores=(), usual=usual)
    return replace(watch, total=max(0.0, watch.total + min(deviation(watch.usual, score), MOST) - SLACK))


def deviation(usual: float, score: float) -> float:
    """How far a score lies under the usual one, in spreads of this channel."""
    return (usual - score) / (SPREAD_BASE + SPREAD_SHARE * max(usual, 0.0))


def settled(watch: Watch) -> Watch:
    """The watch after its alarm was answered: it begins anew."""
    return replace(watch, total=0.0)
