"""Which sentences stand where Slack has little room: titles and buttons of modals, buttons, choices."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tools.sources import Module

_GETTEXT = {"_", "gettext", "ngettext"}
_POSITIONS = {
    "modal": {0: 24},
    "button": {0: 75},
    "option": {0: 75, 2: 75},
    "confirm": {0: 100, 1: 300, 2: 30, 3: 30},
    "header": {0: 150},
}
"""A builder of `bot/messages/blocks.py`, to the characters that its arguments have room for."""

_KEYWORDS = {
    "modal": {"title": 24, "submit": 24, "close": 24},
    "text_input": {"placeholder": 150},
    "button": {"label": 75},
}


def room_for(modules: Iterable[Module]) -> dict[str, int]:
    """Every sentence that is given straight to such a builder, to the characters it has room for."""
    found: dict[str, int] = {}
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                for value, most in _tight(node):
                    for sentence in _sentences(value):
                        found[sentence] = min(most, found.get(sentence, most))
    return found


def _tight(call: ast.Call) -> Iterator[tuple[ast.expr, int]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for position, most in _POSITIONS.get(name, {}).items():
        if position < len(call.args):
            yield call.args[position], most
    for keyword in call.keywords:
        most = _KEYWORDS.get(name, {}).get(keyword.arg or "", 0)
        if most:
            yield keyword.value, most


def _sentences(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _GETTEXT:
            for given in node.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value
