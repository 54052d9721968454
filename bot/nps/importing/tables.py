"""A table as it is read from a file: its columns, and its rows one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stories.values import dataclass

MOST_COLUMNS = 500
LONGEST_CELL = 20_000
"""Characters of one cell; a longer one is no answer to a survey."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row's place in the file (line, row of the sheet, number among the objects) and its cells."""

    number: int
    cells: tuple[str, ...]
    broken: str = ""
    """Why it cannot be read, when it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file holds. `rows()` reads it from the start each time; `told` says how it was read, for people.

    `done()` is the part of the file that was read so far, 0 to 1.
    """

    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    done: Callable[[], float]
    told: str


def named(columns: list[str]) -> tuple[str, ...]:
    """Columns' names: trimmed, never empty, none twice."""
    seen: dict[str, int] = {}
    names = []
    for number, column in enumerate(columns, 1):
        name = " ".join(column.replace("\x00", "").split())[:200] or f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
