"""Windows and reasons as vectors, and how near windows come to what projects were started for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stories.drift.meaning import Encoder
from stories.drift.words import HashedWords, Vector, tokens, unit
from stories.values import dataclass

Kinds = tuple[Vector, Vector]
"""The same thing twice: as words and as meaning."""

BEST_MESSAGES = 2
"""How many messages of a window may speak for each reason."""

KICK_OFF_SHARE = 0.5
"""How much the likeness to the kick-off talk counts beside the likeness to the reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowVectors:
    """A window's vectors, all of length one.

    `messages` are of shapes (messages, 1024) and (messages, 256), `whole` of (1024,) and (256,).
    """

    messages: Kinds
    whole: Kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What windows are held against: a project's reasons, and the mean of its kick-off talk if any."""

    reasons: Kinds
    kick_off: Kinds | None


class Anchors:
    """Several anchors side by side, so that a window is held against all of them at once."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._starts = np.cumsum([0, *(len(anchor.reasons[0]) for anchor in anchors)])[:-1]
        self._sizes = np.array([len(anchor.reasons[0]) for anchor in anchors], np.float32)
        self._reasons = [np.concatenate([anchor.reasons[kind] for anchor in anchors]) for kind in (0, 1)]
        self._kick_offs = [np.stack([_kick_off(anchor, kind) for anchor in anchors]) for kind in (0, 1)]
        started = np.array([anchor.kick_off is not None for anchor in anchors])
        self._share = np.where(started, np.float32(KICK_OFF_SHARE), np.float32(0))

    def near(self, window: WindowVectors) -> Vector:
        """How near a window comes to each anchor, by words and by meaning: shape (anchors, 2), from -1 to 1.

        Half of it the two messages nearest to each reason, half the window against the reasons; blended half
        and half with the likeness to the kick-off talk.
        """
        return np.stack([self._near(window, kind) for kind in (0, 1)], axis=1)

    def _near(self, window: WindowVectors, kind: int) -> Vector:
        whole = window.whole[kind]
        spoken = best(window.messages[kind] @ self._reasons[kind].T)
        per_reason = (spoken + self._reasons[kind] @ whole) / 2
        near = np.add.reduceat(per_reason, self._starts) / self._sizes
        return np.asarray(
            (1 - self._share) * near + self._share * (self._kick_offs[kind] @ whole), np.float32
        )


class Vectoriser:
    """Turns windows and reasons into vectors, without what all talk has in common."""

    def __init__(self, words: HashedWords, encoder: Encoder, centres: Kinds) -> None:
        self._words, self._encoder = words, encoder
        self._of_messages, self._of_windows = centres

    @classmethod
    def over(cls, windows: Sequence[Sequence[str]], encoder: Encoder) -> Vectoriser:
        """The vectoriser that takes these windows for ordinary talk."""
        said = [[tokens(text) for text in window] for window in windows]
        words = HashedWords(message for window in said for message in window)
        raw = [encoder.encode([" ".join(message) for message in window]) for window in said]
        of_messages = np.concatenate([unit(vectors) for vectors in raw]).mean(0)
        of_windows = np.stack([_pooled(v, w) for v, w in zip(raw, said, strict=True)]).mean(0)
        return cls(words, encoder, (of_messages, of_windows))

    def windows(self, many: Sequence[Sequence[str]]) -> list[WindowVectors]:
        """The vectors of windows of plain content messages; fast for many at once."""
        said = [[tokens(text) for text in window] for window in many]
        raw = self._encoder.encode([" ".join(message) for window in said for message in window])
        found, start = [], 0
        for window in said:
            found.append(self._window(window, raw[start : start + len(window)]))
            start += len(window)
        return found

    def reasons(self, texts: Sequence[str]) -> Kinds:
        """The vectors of reasons, one row each."""
        said = [tokens(text) for text in texts]
        raw = unit(self._encoder.encode([" ".join(words) for words in said]))
        return np.stack([self._words.vector(words) for words in said]), unit(raw - self._of_windows)

    def _window(self, said: list[list[str]], raw: Vector) -> WindowVectors:
        whole = [word for message in said for word in message]
        return WindowVectors(
            messages=(
                np.stack([self._words.vector(message) for message in said]),
                unit(unit(raw) - self._of_messages),
            ),
            whole=(self._words.vector(whole), unit(_pooled(raw, said) - self._of_windows)),
        )


def anchor(vectoriser: Vectoriser, reasons: Sequence[str], kick_off: Sequence[WindowVectors]) -> Anchor:
    """The anchor of a project. Raises ValueError without reasons."""
    if not reasons:
        raise ValueError("a project needs at least one reason")
    wholes = [window.whole for window in kick_off]
    return Anchor(reasons=vectoriser.reasons(reasons), kick_off=mean_of(wholes) if wholes else None)


def mean_of(wholes: Sequence[Kinds]) -> Kinds:
    """The mean of windows' vectors, of length one. Raises ValueError for no windows."""
    if not wholes:
        raise ValueError("the mean of no windows")
    words, meaning = (unit(np.stack([whole[kind] for whole in wholes]).mean(0)) for kind in (0, 1))
    return words, meaning


def best(near: Vector) -> Vector:
    """The mean of the two highest values of each column."""
    most = min(BEST_MESSAGES, len(near))
    return np.asarray(np.partition(near, len(near) - most, axis=0)[-most:].mean(0), np.float32)


def least_covered(windows: Sequence[WindowVectors], to: Anchor) -> int:
    """The index of the reason of which these windows speak least."""
    messages = np.concatenate([window.messages[1] for window in windows])
    return int(best(messages @ to.reasons[1].T).argmin())


def _kick_off(anchor: Anchor, kind: int) -> Vector:
    return anchor.kick_off[kind] if anchor.kick_off else np.zeros_like(anchor.reasons[kind][0])


def _pooled(raw: Vector, said: Sequence[list[str]]) -> Vector:
    """A window's meaning: its messages' means, each by its number of words."""
    weights = np.array([max(1, len(message)) for message in said], np.float32)
    return unit((raw * weights[:, None]).sum(0))
