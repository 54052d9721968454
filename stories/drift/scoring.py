"""The score of a window: how much nearer it comes to the project than ordinary talk does."""

from __future__ import annotations

from stories.drift.background import Background
from stories.drift.vectors import Anchor, Anchors, WindowVectors


class Scorer:
    """Scores windows of one channel. The unit is a spread of ordinary talk: about 6 on course, 2 elsewhere.

    A z-score against other channels' windows and one against other channels' reasons, averaged, for words and
    for meaning.
    """

    def __init__(self, against: Background, own: Anchor) -> None:
        self._background, self.anchor, self._own = against, own, Anchors([own])
        self._mean, self._spread = against.ordinary(own)

    def score(self, window: WindowVectors) -> float:
        """The score of one window."""
        near = self._own.near(window)[0]
        mean, spread = self._background.elsewhere(window)
        return float((((near - self._mean) / self._spread + (near - mean) / spread) / 2).mean())
