"""CSV files as they come: any encoding and separator, second header rows, rows that do not fit."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.nps.importing.tables import LONGEST_CELL, Row, Table, named
from stories.errors import UserError
from stories.language import _

_SAMPLE = 1 << 18
_BLOCK = 1 << 20
_SEPARATORS = ",;\t|"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SECOND_HEADER = {"response", "open-ended response", "other (please specify)"}
"""What SurveyMonkey writes in the row below its questions."""


def read_csv(path: Path) -> Table:
    """The table in a CSV file. Raises UserError for an empty file and for one that is no text."""
    encoding = _encoding(path)
    with path.open("rb") as file:
        sample = file.read(_SAMPLE).decode(encoding, errors="replace")
    separator = _separator(sample)
    source = _Source(path, encoding, separator)
    header = next(source.rows(), None)
    if header is None or not any(cell.strip() for cell in header.cells):
        raise UserError(_("“{file}” is empty: there is nothing to take in.").format(file=path.name))
    columns, skip = _columns(header, next(source.rows(skip=1), None))
    told = _("CSV, {encoding}, columns separated by {separator}").format(
        encoding=encoding, separator=_said(separator)
    )
    return Table(
        columns=columns, rows=lambda: source.fitting(len(columns), skip), done=source.done, told=told
    )


class _Source:
    def __init__(self, path: Path, encoding: str, separator: str) -> None:
        self._path, self._encoding, self._separator = path, encoding, separator
        self._size = max(1, path.stat().st_size)
        self._raw: io.BufferedReader | None = None
        self._at = 0

    def done(self) -> float:
        if self._raw is not None and not self._raw.closed:
            self._at = self._raw.tell()
        return min(1.0, self._at / self._size)

    def rows(self, skip: int = 0) -> Iterator[Row]:
        """Every row that is not blank, with the line on which it ends."""
        with self._path.open("rb") as raw:
            self._raw = raw
            # Of UTF-16 no byte can be set aside: where half of one is missing, a sign stands for it.
            errors = "replace" if self._encoding == "utf-16" else "surrogateescape"
            text = io.TextIOWrapper(raw, encoding=self._encoding, errors=errors, newline="")
            reader = csv.reader(text, delimiter=self._separator)
            seen = 0
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    break
                except csv.Error as error:
                    yield Row(reader.line_num, (), _("this row cannot be read: {why}").format(why=error))
                    continue
                if any(cells):
                    seen += 1
                    if seen > skip:
                        yield Row(reader.line_num, tuple(cells))
            self._at = self._size

    def fitting(self, width: int, skip: int) -> Iterator[Row]:
        """The rows below the header; those with another number of cells say so."""
        for row in self.rows(skip):
            if row.broken or len(row.cells) == width:
                yield row if not _too_long(row) else _broken(row)
            elif len(row.cells) < width and row.cells:
                # Some tools leave empty cells at the end of a row out.
                yield Row(row.number, (*row.cells, *[""] * (width - len(row.cells))))
            elif not any(row.cells[width:]):
                yield Row(row.number, row.cells[:width])
            else:
                why = _("this row has {count} cells, and the header has {width}")
                yield Row(row.number, row.cells, why.format(count=len(row.cells), width=width))


def _too_long(row: Row) -> bool:
    return max(map(len, row.cells), default=0) > LONGEST_CELL


def _broken(row: Row) -> Row:
    why = _("a cell is longer than {most:,} characters; is a quotation mark left open?")
    return Row(row.number, row.cells, why.format(most=LONGEST_CELL))


def _columns(header: Row, second: Row | None) -> tuple[tuple[str, ...], int]:
    """The columns' names, and how many rows they take: SurveyMonkey writes them in two."""
    if second is None or not _is_second_header(second):
        return named(list(header.cells)), 1
    names, last = [], ""
    for number, cell in enumerate(header.cells):
        below = second.cells[number].strip() if number < len(second.cells) else ""
        last = cell.strip() or last
        plain = below.lower() in {"", "response", "open-ended response"}
        names.append(last if plain and cell.strip() else f"{last} {below}".strip())
    return named(names), 2


def _is_second_header(row: Row) -> bool:
    filled = [cell.strip().lower() for cell in row.cells if cell.strip()]
    return bool(filled) and not row.cells[0].strip() and any(cell in _SECOND_HEADER for cell in filled)


def _said(separator: str) -> str:
    return {",": _("commas"), ";": _("semicolons"), "\t": _("tabs"), "|": _("bars")}[separator]


def _separator(sample: str) -> str:
    """The separator that cuts the first rows into the same number of cells, most of them."""

    def fits(separator: str) -> tuple[int, int]:
        rows = list(csv.reader(io.StringIO(sample[: _SAMPLE // 4]), delimiter=separator))[:20]
        widths = Counter(len(row) for row in rows[:-1] or rows if row)
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        return (count if width > 1 else 0, width)

    try:
        return max(_SEPARATORS, key=fits)
    except csv.Error:
        return ","


def _encoding(path: Path) -> str:
    """UTF-8 where all of the file is, else what a byte-order mark or the bytes themselves tell.

    Raises UserError for a file that is no text.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
        for mark, encoding in _BOMS:
            if start.startswith(mark):
                return encoding
        if _is_utf8(path):
            if b"\x00" in start:
                raise _no_text(path)
            return "utf-8"
    from charset_normalizer import from_bytes

    best = from_bytes(start).best()
    if best is None:
        raise _no_text(path)
    # Where several give the same text: Windows' Western encoding is what spreadsheets write.
    alike = {best.encoding, *best.could_be_from_charset}
    return "cp1252" if alike & {"cp1252", "latin_1", "ascii"} else best.encoding


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _no_text(path: Path) -> UserError:
    return UserError(
        _("“{file}” is no text that can be read. Save it as CSV in UTF-8.").format(file=path.name)
    )
