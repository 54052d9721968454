"""The score of a window: how much nearer it comes to the project than ordinary talk does."""

from __future__ import annotations

from stories.drift.background import Background
from stories.drift.vectors import Anchor, Anchors, WindowVectors
from stories.drift.words import Vector


class Scorer:
    """Scores windows of one channel. The unit is a spread of ordinary talk: about 6 on course, 2 elsewhere.

    A z-score against other channels' windows and one against other channels' reasons, averaged, for words and
    for meaning.
    """

    def __init__(
        self, against: Background, own: Anchor, ordinary: tuple[Vector, Vector] | None = None
    ) -> None:
        """`ordinary` is that of an earlier scorer of the same anchor: reckoning it is most of the cost."""
        self._background, self.anchor, self._own = against, own, Anchors([own])
        self.ordinary = ordinary or against.ordinary(own)
        self._mean, self._spread = self.ordinary

    def score(self, window: WindowVectors) -> float:
        """The score of one window."""
        near = self._own.near(window)[0]
        mean, spread = self._background.elsewhere(window)
        return float((((near - self._mean) / self._spread + (near - mean) / spread) / 2).mean())
