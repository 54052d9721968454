"""Does each function fit a screen, and does each file do one job?

Lines of a function are those that bear code, from `def` to its end: docstrings and comments are free.
Migrations are left out: a revision is a list of tables, best read in one piece.
"""

from __future__ import annotations

import ast
import io
import statistics
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tools.sources import Function, Module, Problem, functions, read, report

FOLDERS = ("bot", "storage", "stories", "playground", "demo", "tools", "benchmarks", "tests")
FUNCTION_LINES = 40
FUNCTION_LINES_P95 = 25
FILE_LINES = 250
_FREE = {
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.COMMENT,
    tokenize.ENDMARKER,
}
_PRODUCT = ("bot", "storage", "stories", "playground", "demo")


def check(root: Path) -> list[Problem]:
    """Functions and files under `root` that are too long, and a p95 of the product's functions that is."""
    modules = read(root, [folder for folder in FOLDERS if (root / folder).is_dir()])
    problems: list[Problem] = []
    lengths: list[int] = []
    for module in modules:
        source = (root / module.path).read_text("utf-8")
        problems += _file(module, source)
        for function, length in function_lengths(module, source):
            if module.path.startswith(_PRODUCT):
                lengths.append(length)
            if length > FUNCTION_LINES:
                fix = f"{function.name} has {length} lines of code, {FUNCTION_LINES} at most: split it"
                problems.append(module.problem(function, fix))
    return problems + _spread(lengths)


def function_lengths(module: Module, source: str) -> Iterator[tuple[Function, int]]:
    """Every function of a module with the number of its lines that bear code."""
    code = _code_lines(source) - _docstring_lines(module.tree)
    for function in functions(module):
        span = range(function.lineno, (function.end_lineno or function.lineno) + 1)
        yield function, len(code.intersection(span))


def _file(module: Module, source: str) -> Iterator[Problem]:
    lines = len(source.splitlines())
    if lines > FILE_LINES:
        yield Problem(module.path, 0, f"{lines} lines; {FILE_LINES} at most: split it by meaning")


def _spread(lengths: list[int]) -> list[Problem]:
    if len(lengths) < 2:
        return []
    p95 = statistics.quantiles(lengths, n=20, method="inclusive")[-1]
    if p95 <= FUNCTION_LINES_P95:
        return []
    return [Problem("functions", 0, f"95 % of them have up to {p95:.0f} lines; {FUNCTION_LINES_P95} at most")]


def _code_lines(source: str) -> set[int]:
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _FREE:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines


def _docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                lines.update(range(body[0].lineno, (body[0].end_lineno or body[0].lineno) + 1))
    return lines


def main() -> int:
    """Check the repository in the current folder."""
    return report("Sizes of functions and files", check(Path.cwd()))


if __name__ == "__main__":
    sys.exit(main())
