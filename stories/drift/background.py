"""What other channels talk about: the measure of what is ordinary. A bank of our own writing ships here."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from stories.drift import talk
from stories.drift.meaning import Encoder
from stories.drift.vectors import Anchor, Anchors, Vectoriser, WindowVectors, anchor
from stories.drift.words import Vector
from stories.values import dataclass

KICK_OFF = 2
"""The first windows of a background channel, taken for its kick-off."""

LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel of the background: its founding reasons and its talk, a message each."""

    name: str
    reasons: tuple[str, ...]
    talk: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Windows and anchors of other channels, and how talk is turned into vectors."""

    vectoriser: Vectoriser
    windows: tuple[WindowVectors, ...]
    anchors: Anchors

    def ordinary(self, own: Anchor) -> tuple[Vector, Vector]:
        """Mean and spread of how near other channels' windows come to this anchor, by words and meaning."""
        against = Anchors([own])
        return _mean_and_spread(np.concatenate([against.near(window) for window in self.windows]))

    def elsewhere(self, window: WindowVectors) -> tuple[Vector, Vector]:
        """Mean and spread of how near this window comes to other channels' anchors, by words and meaning."""
        return _mean_and_spread(self.anchors.near(window))


@cache
def bank() -> tuple[Channel, ...]:
    """The made-up channels that ship with the product: work of many kinds, and odds and ends."""
    pages = sorted(files("stories.drift").joinpath("bank").iterdir(), key=lambda page: page.name)
    return tuple(_channel(page.name, page.read_text("utf-8")) for page in pages if page.name.endswith(".md"))


def background(channels: tuple[Channel, ...], encoder: Encoder) -> Background:
    """What these channels say of ordinary talk.

    Raises ValueError for fewer than two channels with a window of talk each: there is nothing to compare.
    """
    said = [(channel, talk.windows(list(channel.talk))) for channel in channels]
    said = [(channel, windows) for channel, windows in said if windows]
    if len(said) < 2:
        raise ValueError("a background needs at least two channels with a window of talk each")
    vectoriser = Vectoriser.over([window for _, windows in said for window in windows], encoder)
    vectors = [(channel, vectoriser.windows(windows)) for channel, windows in said]
    return Background(
        vectoriser=vectoriser,
        windows=tuple(window for _, windows in vectors for window in windows),
        anchors=Anchors([anchor(vectoriser, seen.reasons, windows[:KICK_OFF]) for seen, windows in vectors]),
    )


def _mean_and_spread(near: Vector) -> tuple[Vector, Vector]:
    return near.mean(0), near.std(0) + np.float32(LEAST_SPREAD)


def _channel(name: str, page: str) -> Channel:
    lines = [line.strip() for line in page.splitlines() if line.strip() and not line.startswith("# ")]
    return Channel(
        name=name.removesuffix(".md"),
        reasons=tuple(line.removeprefix("> ") for line in lines if line.startswith("> ")),
        talk=tuple(line for line in lines if not line.startswith(">")),
    )
