"""The same episode told in another shape: parts in another order or left out, never in other words."""

from __future__ import annotations

from dataclasses import replace

from stories.series.episodes import Episode, Format, Part, Passage, Shape

ORDER: dict[Format, tuple[Part, ...]] = {
    Format.WHOLE: tuple(Part),
    Format.COLD_OPEN: (Part.SCENE, Part.PREVIOUSLY, Part.TURN, Part.OPEN, Part.NEXT),
    Format.SHORT: (Part.SCENE, Part.OPEN, Part.NEXT),
}
"""The parts of each format, in its order."""


def arranged(episode: Episode, shape: Shape) -> Episode:
    """The episode in this shape, which may hold fewer of the customer's sentences than it has, never more."""
    if shape == episode.shape:
        return episode
    held = {passage.part: passage for passage in episode.passages}
    parts = [held[part] for part in ORDER[shape.format] if part in held]
    return replace(episode, passages=tuple(_fewer(one, shape.quotes) for one in parts), shape=shape)


def _fewer(passage: Passage, most: int) -> Passage:
    """A scene with its first quotes alone, and everything else that stands in it."""
    if passage.part is not Part.SCENE:
        return passage
    left, kept = most, []
    for one in passage.sentences:
        if not one.spoken or left > 0:
            kept.append(one)
        left -= one.spoken
    return replace(passage, sentences=tuple(kept))
