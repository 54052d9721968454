"""Slack's Block Kit rules as an independent reading has them, for what the bot builds."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_PLACES = (os.environ.get("FIRSTHAND_SLACK", ""), str(Path(__file__).parents[2] / "shared" / "slack"))


def assert_valid(payload: dict[str, Any], surface: str) -> None:
    """Slack takes this `message`, `modal` or `home`. Skips loudly where the validator is missing."""
    module = _validator()
    if module is None:
        pytest.skip("no Block Kit validator: set FIRSTHAND_SLACK to the folder of validate_blocks.py")
    errors, _warnings = module.validate(_without_descriptions(payload), surface=surface)
    assert not errors, errors


def _without_descriptions(node: Any) -> Any:
    """The payload without options' descriptions: Slack documents them, its published types leave them out."""
    if isinstance(node, list):
        return [_without_descriptions(entry) for entry in node]
    if isinstance(node, dict):
        is_option = "value" in node and isinstance(node.get("text"), dict) and "type" not in node
        kept = {key: value for key, value in node.items() if not (is_option and key == "description")}
        return {key: _without_descriptions(value) for key, value in kept.items()}
    return node


@cache
def _validator() -> Any:
    found = next(
        (Path(place) for place in _PLACES if place and Path(place, "validate_blocks.py").is_file()), None
    )
    if found is None:
        return None
    spec = importlib.util.spec_from_file_location("validate_blocks", found / "validate_blocks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
