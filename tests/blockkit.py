"""Slack's Block Kit rules as an independent reading has them, for what the bot builds."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

_WORD = re.compile(r"[^\W_]+")
_PLACES = (os.environ.get("FIRSTHAND_SLACK", ""), str(Path(__file__).parents[2] / "shared" / "slack"))


def assert_valid(payload: dict[str, Any], surface: str) -> None:
    """Slack takes this `message`, `modal` or `home`, and a message says in plain text what it is about.

    Skips loudly where the validator is missing.
    """
    module = independent_reading()
    if module is None:
        pytest.skip("no Block Kit validator: set FIRSTHAND_SLACK to the folder of validate_blocks.py")
    errors, _warnings = module.validate(_without_descriptions(payload), surface=surface)
    assert not errors, errors
    if surface == "message":
        assert _says_the_same(payload), "its text, which is read out and notified, is about something else"


def _says_the_same(payload: dict[str, Any]) -> bool:
    """Whether a message's text tells what its first block does, or what stands in the others.

    A test that looks at blocks alone has a text of one word.
    """
    if "blocks" not in payload:
        return bool(payload["text"])
    said = set(_WORD.findall(payload["text"].casefold()))
    first = set(_WORD.findall(" ".join(_shown(payload["blocks"][:1])).casefold()))
    everything = set(_WORD.findall(" ".join(_shown(payload["blocks"])).casefold()))
    if len(said) < 2:
        return bool(payload["text"])
    return 2 * len(said & everything) >= len(said) or 2 * len(said & first) >= len(first)


_READ = {"text", "alt_text", "title", "label", "name"}
"""Where words stand in a block that people read; the last two in charts."""


def _shown(node: Any) -> Iterator[str]:
    """All that people read in a message's blocks."""
    if isinstance(node, list):
        for entry in node:
            yield from _shown(entry)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name in _READ and isinstance(value, str):
                yield value
            else:
                yield from _shown(value)


def _without_descriptions(node: Any) -> Any:
    """The payload without options' descriptions: Slack documents them, its published types leave them out."""
    if isinstance(node, list):
        return [_without_descriptions(entry) for entry in node]
    if isinstance(node, dict):
        is_option = "value" in node and isinstance(node.get("text"), dict) and "type" not in node
        kept = {key: value for key, value in node.items() if not (is_option and key == "description")}
        return {key: _without_descriptions(value) for key, value in kept.items()}
    return node


class _Hurried:
    """A schema that compiled code looks at first: only what is wrong is read again, for its words."""

    def __init__(self, thorough: jsonschema.Draft7Validator) -> None:
        schema: Any = thorough.schema
        self._thorough = thorough
        self._quick = jsonschema_rs.Draft7Validator(schema)

    def iter_errors(self, instance: Any) -> Iterator[jsonschema.ValidationError]:
        """What is wrong with this, in the words of the thorough one."""
        return iter(()) if self._quick.is_valid(instance) else self._thorough.iter_errors(instance)


@cache
def independent_reading() -> Any:
    """The module validate_blocks, or None where there is none. Plain Python took half of all tests' time."""
    found = next(
        (Path(place) for place in _PLACES if place and Path(place, "validate_blocks.py").is_file()), None
    )
    if found is None:
        return None
    spec = importlib.util.spec_from_file_location("validate_blocks", found / "validate_blocks.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module._V = {name: _Hurried(schema) for name, schema in module._V.items()}
    return module
