"""Text that a module's names stand for, followed through imports without running anything."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tools.sources import Module

Texts = dict[str, str]
"""Dotted name (`bot.ids.INTERVIEW_NEW`, `bot.ids.Action.SAVE`) to the text it stands for."""


def collect(modules: Iterable[Module]) -> Texts:
    """The text constants of these modules and of the classes in them, defaults of settings among them."""
    texts: Texts = {}
    for module in modules:
        for name, value in _bindings(module.name, module.tree.body):
            text = _own_text(value)
            if text is not None:
                texts[name] = text
    return texts


def settings_defaults(modules: Iterable[Module], module_name: str = "bot.settings") -> Texts:
    """The text defaults of settings by the bare name of the field, from the module that declares them."""
    prefix = module_name + "."
    declared = collect(module for module in modules if module.name == module_name)
    return {name.removeprefix(prefix).split(".")[-1]: text for name, text in declared.items()}


class Resolver:
    """Tells which text an expression in a module stands for."""

    def __init__(self, module: Module, texts: Texts, settings: Texts) -> None:
        self._module = module
        self._texts = texts
        self._settings = settings
        self._imported = dict(_imports(module))

    def text(self, node: ast.expr) -> str | None:
        """The text of a literal, a constant or a setting's default; None where it cannot be read."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        dotted = _dotted(node)
        if dotted is None:
            return None
        head, _, rest = dotted.partition(".")
        origin = self._imported.get(head, f"{self._module.name}.{head}")
        known = self._texts.get(f"{origin}.{rest}" if rest else origin)
        if known is None and rest:
            return self._settings.get(dotted.rsplit(".", 1)[1])
        return known


def _bindings(prefix: str, body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _bindings(f"{prefix}.{node.name}", node.body)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield f"{prefix}.{node.target.id}", node.value
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield f"{prefix}.{target.id}", node.value


def _own_text(value: ast.expr) -> str | None:
    """The text of a literal, or the default in a call such as `Field("/interview", description=…)`."""
    if isinstance(value, ast.Call):
        named = [keyword.value for keyword in value.keywords if keyword.arg == "default"]
        candidates = named or value.args[:1]
        value = candidates[0] if candidates else value
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return None


def _imports(module: Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name, alias.name


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = _dotted(node.value)
        return f"{inner}.{node.attr}" if inner else None
    return None
