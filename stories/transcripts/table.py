"""CSV tables of a talk, a row for each thing said: which column is which is worked out.

A heading that says so decides. Where none does, the longest words are what was said, times are times, and
of the other columns the one with few different short values says who.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from stories.errors import UserError
from stories.language import _
from stories.transcripts.limits import MOST_CUES
from stories.transcripts.moments import read_moment
from stories.transcripts.values import Cue, Draft
from stories.values import dataclass

_WHO = re.compile(
    r"speaker(?: ?(?:name|label|id))?|name|who|participant|person|user(?: ?name)?|from|author|sprecher"
)
_TEXT = re.compile(
    r"text|transcript(?:ion)?|sentence|utterance|words|content|message|caption|subtitle|said|dialogue|body|texte|texto"
)
_AT = re.compile(r"(?:start|begin|from)(?: ?time)?|time(?:stamp)?|time ?code|offset|in|zeit|temps")
_UNTIL = re.compile(r"(?:end|stop|to)(?: ?time)?|out")
_DELIMITERS = ",;\t|"
_LOOKED_AT = 200
_FEW = 0.5


@dataclass(frozen=True, slots=True)
class _Columns:
    text: int
    who: int | None
    at: int | None
    until: int | None
    headed: bool


def read(filename: str, text: str) -> Draft:
    """The rows as cues. Raises UserError when no column can be what was said, or a row is no CSV."""
    rows = _rows(filename, text)
    columns = _columns([row for _line, row in rows[:_LOOKED_AT]])
    if columns is None:
        said = _(
            "“{file}” has no column that could be what was said. Name the columns in the first row: speaker, "
            "time, text."
        )
        raise UserError(said.format(file=filename))
    told = rows[1:] if columns.headed else rows
    head = tuple((line, _cell(row, columns.at)) for line, row in told[:1])
    return Draft(tuple(_cues(told, columns)), head)


def _rows(filename: str, text: str) -> list[tuple[int, list[str]]]:
    """Rows that hold anything, with the lines in which they end; one more than may be, at the most."""
    first = text.lstrip("\n").partition("\n")[0][:2000]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
            if len(rows) > MOST_CUES + 1:
                break
    except csv.Error as error:
        said = _("“{file}” is no CSV table (line {line}: {reason}). Export it again, or save it as .txt.")
        raise UserError(said.format(file=filename, line=reader.line_num, reason=error)) from None
    return rows


def _columns(rows: Sequence[Sequence[str]]) -> _Columns | None:
    if not rows:
        return None
    heads = [re.sub(r"[\s_\-]+|\(.*\)", " ", cell).strip().casefold() for cell in rows[0]]
    text = _first(heads, _TEXT)
    if text is not None:
        who = _first(heads, _WHO, text)
        return _Columns(text, who, _first(heads, _AT, text, who), _first(heads, _UNTIL, text), headed=True)
    return _guessed(rows)


def _first(heads: Sequence[str], pattern: re.Pattern[str], *taken: int | None) -> int | None:
    return next((at for at, head in enumerate(heads) if at not in taken and pattern.fullmatch(head)), None)


def _guessed(rows: Sequence[Sequence[str]]) -> _Columns | None:
    width = max(len(row) for row in rows)
    columns = {at: [_cell(row, at) for row in rows] for at in range(min(width, 30))}
    words = {at: sum(len(cell.split()) for cell in cells) for at, cells in columns.items()}
    text = max(words, key=lambda at: words[at])
    if words[text] < 3 * len(rows):
        return None
    times = [at for at, cells in columns.items() if at != text and _mostly_times(cells)]
    others = [at for at in columns if at not in times and at != text and words[at]]
    few = [at for at in others if len(set(columns[at])) <= max(2, _FEW * len(rows))]
    return _Columns(text, next(iter(few), None), next(iter(times), None), None, headed=False)


def _mostly_times(cells: Sequence[str]) -> bool:
    times = sum(_moment(cell) is not None or _clock(cell) is not None for cell in cells)
    return times > 0.8 * len(cells)


def _cues(rows: Sequence[tuple[int, Sequence[str]]], columns: _Columns) -> Iterator[Cue]:
    began = _clock(_cell(rows[0][1], columns.at)) if rows else None
    for line, row in rows:
        now = _clock(_cell(row, columns.at))
        both = began is not None and now is not None and (began.tzinfo is None) == (now.tzinfo is None)
        at = now - began if both and now and began else _moment(_cell(row, columns.at))
        words = " ".join(_cell(row, columns.text).split())
        yield Cue(_cell(row, columns.who), words, line, at, _moment(_cell(row, columns.until)))


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _moment(cell: str) -> timedelta | None:
    """A clock's time or seconds, with fractions or not."""
    if not cell:
        return None
    if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?s?", cell):
        return timedelta(seconds=float(cell.rstrip("s")))
    return read_moment(cell)


def _clock(cell: str) -> datetime | None:
    """A day and a time, as ISO 8601 writes them."""
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:", cell):
        return None
    try:
        return datetime.fromisoformat(cell[:40])
    except ValueError:
        return None
