"""Excel workbooks, streamed: openpyxl reads a sheet row by row, a million in no more memory than ten.

The faster readers hold a whole sheet in memory. defusedxml keeps entities in its XML from growing.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from bot.nps.importing.tables import LONGEST_CELL, MOST_COLUMNS, Row, Table, named
from stories.errors import UserError
from stories.language import _

MOST_UNPACKED = 2_000_000_000
"""Bytes of a workbook's parts once unpacked."""

MOST_SHARED = 300_000_000
"""Bytes of the texts that its cells share: they are read before the first row."""

MOST_WHOLE = 20_000_000
"""Bytes of what else is read before the first row, such as styles: in memory they take thirty times that."""

MOST_SQUEEZED = 200
"""How many times larger than packed a part may be: sheets of numbers reach a few dozen."""


def read_xlsx(path: Path) -> Table:
    """The table in the first sheet. Raises UserError for what is no workbook, is empty or is a zip bomb."""
    check_archive(path)
    reading = _Reading(path)
    header = next(reading.rows(MOST_COLUMNS), None)
    if header is None:
        raise UserError(_("“{file}” is empty: there is nothing to take in.").format(file=path.name))
    width = max(place for place, cell in enumerate(header.cells, 1) if cell)
    columns = named(list(header.cells[:width]))
    told = _("Excel workbook, sheet “{sheet}”").format(sheet=reading.sheet)
    return Table(
        columns=columns, rows=lambda: reading.fitting(len(columns)), done=lambda: reading.done, told=told
    )


def check_archive(path: Path) -> None:
    """Raises UserError unless this is a zip archive of believable size."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        said = _("“{file}” is no Excel workbook that can be read. Save it as .xlsx or CSV.")
        raise UserError(said.format(file=path.name)) from None
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    squeezed = any(
        part.file_size > 10_000_000 and part.file_size > MOST_SQUEEZED * max(1, part.compress_size)
        for part in parts
    )
    whole = sum(part.file_size for part in parts if not _NOT_READ_WHOLE.search(part.filename))
    unpacked = sum(part.file_size for part in parts)
    if squeezed or shared > MOST_SHARED or whole > MOST_WHOLE or unpacked > MOST_UNPACKED:
        said = _("“{file}” unpacks to far more than a workbook holds. Save it as CSV and import that.")
        raise UserError(said.format(file=path.name))


_NOT_READ_WHOLE = re.compile(r"sharedStrings\.xml$|^xl/(?:worksheets|media|pivotCache|drawings|charts)/")

# What openpyxl and the libraries beneath it raise for a part that is damaged.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, EOFError, NotImplementedError, OSError,
    ValueError, LookupError, TypeError, AttributeError,
)  # fmt: skip


_THREE_BEHIND = re.compile(r"\.\d{3}$")
"""312.625 is a number in a workbook; as a text it could be read as 312,625."""


class _Reading:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.sheet, self.done = "", 0.0

    def rows(self, width: int) -> Iterator[Row]:
        with _said_of(self._path), self._opened() as sheet:
            total = sheet.max_row or 0
            for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=width), 1):
                if number % 1000 == 0 and total:
                    self.done = min(1.0, number / total)
                cells = tuple(map(_text, values))
                if any(cells):
                    yield Row(number, cells)
        self.done = 1.0

    def fitting(self, width: int) -> Iterator[Row]:
        for place, row in enumerate(self.rows(width)):
            if place == 0:
                continue
            cells = (*row.cells, *[""] * (width - len(row.cells)))[:width]
            long = any(len(cell) > LONGEST_CELL for cell in cells)
            why = _("a cell is longer than {most:,} characters").format(most=LONGEST_CELL)
            yield Row(row.number, cells, why if long else "")

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(self._path, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # What a workbook says of its own size can be wrong.
            self.sheet = str(sheet.title)
            yield sheet
        finally:
            book.close()


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """Raises UserError for what goes wrong inside, with a workbook that is damaged or none."""
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        yield
    except (InvalidFileException, *_DAMAGED) as error:
        said = _("“{file}” is no Excel workbook that can be read. Save it as .xlsx or CSV.")
        raise UserError(said.format(file=path.name)) from error


def _text(value: object) -> str:
    """A cell as a CSV file would write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value.date() if value.time() == time(0) else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else _THREE_BEHIND.sub(r"\g<0>0", str(value))
    return str(value)
