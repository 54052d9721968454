"""Python files as syntax trees, and what a check found in them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, order=True)
class Problem:
    """Something to put right, at a line of a file (line 0: the file as a whole)."""

    where: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        return f"{place}: {self.text}"


@dataclass(frozen=True)
class Module:
    """One parsed Python file: its path relative to the root, its dotted name and its tree."""

    path: str
    name: str
    tree: ast.Module

    def problem(self, node: ast.expr | ast.stmt, text: str) -> Problem:
        """A problem at the line of this node."""
        return Problem(self.path, node.lineno, text)


def read(root: Path, folders: Iterable[str]) -> list[Module]:
    """Every Python file in these folders of `root`, in the order of their paths."""
    return [_parse(root, path) for folder in folders for path in sorted((root / folder).rglob("*.py"))]


def _parse(root: Path, path: Path) -> Module:
    relative = path.relative_to(root)
    parts = [*relative.parts[:-1], relative.stem]
    if parts[-1] == "__init__":
        parts.pop()
    return Module(relative.as_posix(), ".".join(parts), ast.parse(path.read_text("utf-8"), str(relative)))


def functions(module: Module) -> Iterator[Function]:
    """Every function and method of a module, nested ones too."""
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def report(title: str, problems: Iterable[Problem]) -> int:
    """Print the problems under a title, or that there are none; the exit code of a check (0 or 1)."""
    found = sorted(set(problems))
    for problem in found:
        print(problem)
    print(f"{title}: {len(found)} to put right" if found else f"{title}: fine")
    return 1 if found else 0
