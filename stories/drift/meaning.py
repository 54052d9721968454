"""Talk as meaning: WordLlama's static vectors, offline, on one core. Loaded where it is needed and shared."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from stories.drift.words import Vector


class Encoder(Protocol):
    """Turns texts into vectors, one row each, that are not yet scaled."""

    def encode(self, texts: list[str]) -> Vector:
        """Vectors of shape (texts, dimensions); zeros for a text without words."""
        ...


class MeaningMissing(RuntimeError):
    """The extra `meaning` is not installed."""


class WordLlama:
    """The 256-dimensional vectors whose weights come with the package; nothing is ever downloaded."""

    def __init__(self) -> None:
        try:
            import wordllama
        except ImportError as error:
            raise MeaningMissing(
                "Listening for drift needs the extra `meaning`: make extras (docs/deploying.md)"
            ) from error
        # It looks for a tokenizer under a name that it does not ship; pointed at itself, it finds its own.
        home = Path(wordllama.__file__).parent
        model = wordllama.WordLlama.load(cache_dir=home, disable_download=True)
        self._tokenizer, self._rows = model.tokenizer, np.asarray(model.embedding, np.float32)
        self._tokenizer.no_padding()

    def encode(self, texts: list[str]) -> Vector:
        """Means of the vectors of each text's tokens, shape (texts, 256)."""
        found = [
            encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ]
        vectors = np.zeros((len(texts), self._rows.shape[1]), np.float32)
        lengths = np.array([len(ids) for ids in found])
        spoken = np.flatnonzero(lengths)
        if spoken.size:
            rows = self._rows[np.concatenate([found[index] for index in spoken])]
            starts = np.concatenate(([0], np.cumsum(lengths[spoken])[:-1]))
            vectors[spoken] = np.add.reduceat(rows, starts, axis=0) / lengths[spoken, None]
        return vectors


@cache
def encoder() -> Encoder:
    """The one encoder of this process, loaded at the first call (0.4 s, about 100 MB).

    Raises MeaningMissing without the extra.
    """
    return WordLlama()
