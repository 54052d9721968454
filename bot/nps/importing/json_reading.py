"""JSON: an array of objects, an object with one in it, or an object a line; read piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.nps.importing.tables import LONGEST_CELL, MOST_COLUMNS, Row, Table, named
from stories.errors import UserError
from stories.language import _

_BLOCK = 1 << 16
_LOOKED_AT = 1000
_LARGEST_OBJECT = 5_000_000
_WRAPPERS = ("data", "items", "results", "responses", "answers")


def read_json(path: Path) -> Table:
    """The table in a JSON file; nested fields are joined by dots. Raises UserError when there is none."""
    reading = _Reading(path)
    columns: dict[str, None] = {}
    for number, (_at, found) in enumerate(reading.objects()):
        if number == _LOOKED_AT:
            break
        columns |= dict.fromkeys(flat(found))
    if not columns:
        said = _("“{file}” holds no answers: Firsthand reads an array of objects, or one object a line.")
        raise UserError(said.format(file=path.name))
    fields = tuple(columns)[:MOST_COLUMNS]
    return Table(
        columns=named(list(fields)),
        rows=lambda: reading.rows(fields),
        done=lambda: reading.done,
        told=_("JSON"),
    )


def flat(found: Any, before: str = "") -> dict[str, str]:
    """An object's fields as texts, those of objects within it by their path: person.plan."""
    cells: dict[str, str] = {}
    for name, value in found.items() if isinstance(found, dict) else ():
        path = f"{before}{name}"
        if isinstance(value, dict):
            cells |= flat(value, f"{path}.")
        elif isinstance(value, list):
            cells[path] = ", ".join(str(one) for one in value if not isinstance(one, dict | list))
        elif isinstance(value, float) and value.is_integer():
            cells[path] = str(int(value))
        else:
            cells[path] = "" if value is None else str(value)
    return cells


class _Reading:
    def __init__(self, path: Path) -> None:
        self._path, self.done = path, 0.0

    def rows(self, fields: tuple[str, ...]) -> Iterator[Row]:
        for number, found in self.objects():
            cells = flat(found)
            row = tuple(cells.get(field, "") for field in fields)
            if not isinstance(found, dict):
                yield Row(number, (), _("this is no object"))
            elif any(len(cell) > LONGEST_CELL for cell in row):
                yield Row(
                    number, row, _("a field is longer than {most:,} characters").format(most=LONGEST_CELL)
                )
            else:
                yield Row(number, row)

    def objects(self) -> Iterator[tuple[int, Any]]:
        """The objects with their number, from 1. Raises UserError where the file is no JSON."""
        decoder, number = json.JSONDecoder(), 0
        try:
            with self._path.open(encoding="utf-8-sig") as file:
                for found in _pieces(file, decoder, self._size(), self._note):
                    number += 1
                    yield number, found
        except (ValueError, RecursionError) as error:
            said = _("“{file}” is no JSON that can be read, after {count:,} answers: {why}.")
            raise UserError(said.format(file=self._path.name, count=number, why=error)) from None

    def _size(self) -> int:
        return max(1, self._path.stat().st_size)

    def _note(self, done: float) -> None:
        self.done = done


def _pieces(file: Any, decoder: json.JSONDecoder, size: int, note: Any) -> Iterator[Any]:
    """Whatever stands between the commas of the (outer or wrapped) array, or on the lines."""
    buffer, read, ended = _opened(file), 0, False
    while True:
        buffer = buffer.lstrip(" \r\n\t,")
        if buffer[:1] in {"]", "}"}:
            note(1.0)
            return
        try:
            found, end = decoder.raw_decode(buffer)
        except json.JSONDecodeError:
            if ended or len(buffer) > _LARGEST_OBJECT:
                if not buffer:
                    note(1.0)
                    return
                raise
            block = file.read(_BLOCK)
            ended, read = not block, read + len(block)
            note(min(1.0, read / size))
            buffer += block
            continue
        # A number at the end of what was read may go on in what was not.
        yield found
        buffer = buffer[end:]


def _opened(file: Any) -> str:
    """The text from the first object on: past the bracket of an array, also of one within an object."""
    start = file.read(_BLOCK).lstrip()
    if start.startswith("["):
        return str(start[1:])
    for wrapper in _WRAPPERS:
        place = start.find(f'"{wrapper}"')
        after = start[place + len(wrapper) + 2 :].lstrip()[1:].lstrip() if place >= 0 else ""
        # Only the first field may be passed over: a later one may be an answer's own.
        if after.startswith("[") and start[1:place].strip() == "":
            return str(after[1:])
    return str(start)
