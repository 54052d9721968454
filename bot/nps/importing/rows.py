"""From a row to an answer, or to a refusal that names the column, the value and the reason."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.nps.importing.mapping import Mapping
from bot.nps.importing.moments import Moments
from bot.nps.importing.scores import score_in, why_no_score
from bot.nps.importing.tables import Row, Table
from storage.nps_answers import Answer
from stories.language import _
from stories.text import one_line
from stories.values import dataclass

LONGEST_KEY = 200
LONGEST_COMMENT = 10_000
_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row that was not taken in: its place in the file, the column and its value, and why."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Places:
    score: int
    at: int
    key: int | None
    comment: int | None
    person: int | None
    properties: tuple[tuple[int, str], ...]


class Reader:
    """Reads a table's rows by a mapping, in order from its first: rows without a key are told apart by it."""

    def __init__(self, table: Table, mapping: Mapping, *, zone: ZoneInfo, now: datetime) -> None:
        self._table, self._mapping = table, mapping
        self._moments = Moments(zone, mapping.order, now)
        self._places = _places(table.columns, mapping)
        self._seen = Occurrences()
        self._combinations: dict[tuple[str, ...], dict[str, str]] = {}

    def answers(self) -> Iterator[Answer | Refusal]:
        """An answer or a refusal for each row."""
        return map(self._read, self._table.rows())

    def _read(self, row: Row) -> Answer | Refusal:
        if row.broken:
            return Refusal(row=row.number, column="", value=" ".join(row.cells)[:200], reason=row.broken)
        cells, places = row.cells, self._places
        score = score_in(cells[places.score])
        key = self._key(cells)
        if score is None:
            value = cells[places.score]
            return self._refused(row, self._mapping.score, value, why_no_score(value))
        try:
            moment = self._moments.read(cells[places.at])
        except ValueError as error:
            return self._refused(row, self._mapping.at, cells[places.at], str(error))
        if not key or len(key) > LONGEST_KEY:
            return self._refused(row, self._mapping.key, key, _("there is no usable id"))
        comment = "" if places.comment is None else clean(cells[places.comment])
        if len(comment) > LONGEST_COMMENT:
            why = _("longer than {most:,} characters").format(most=LONGEST_COMMENT)
            return self._refused(row, self._mapping.comment, comment, why)
        return Answer(
            key=key,
            score=score,
            at=moment.at,
            day=moment.day,
            comment=comment,
            person_key="" if places.person is None else clean(cells[places.person]),
            properties=self._properties(cells),
        )

    def _properties(self, cells: tuple[str, ...]) -> dict[str, str]:
        """What many rows share is made once."""
        told = tuple([cells[at] for at, _name in self._places.properties])
        known = self._combinations.get(told)
        if known is None:
            names = [name for _at, name in self._places.properties]
            pairs = zip(names, map(segment_text, told), strict=True)
            known = {name: value for name, value in pairs if value}
            if len(self._combinations) < _MOST_REMEMBERED:
                self._combinations[told] = known
        return known

    def _refused(self, row: Row, column: str, value: str, reason: str) -> Refusal:
        return Refusal(row=row.number, column=column, value=value[:200], reason=reason)

    def _key(self, cells: tuple[str, ...]) -> str:
        if self._places.key is not None:
            return clean(cells[self._places.key])
        content = "\x1f".join(cells).encode(errors="surrogatepass")
        digest = hashlib.blake2b(content, digest_size=12).digest()
        return f"row:{digest.hex()}:{self._seen.count(int.from_bytes(digest[:8]))}"


def clean(text: str) -> str:
    """A cell without what databases cannot hold (half characters, zero bytes), and without outer spaces."""
    text = text.strip()
    return text if text.isascii() and text.isprintable() else _cleaned(text)


def segment_text(text: str) -> str:
    """The name or value of a property on one line, in one Unicode form: “São Paulo” is one city."""
    return one_line(text)


def _cleaned(text: str) -> str:
    return text.replace("\x00", "").encode(errors="replace").decode().strip()


class Occurrences:
    """How often each number came, a million of them in 16 MB: a hash table without objects in it."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 << 12))
        self._filled = 0
        self._again: dict[int, int] = {}

    def count(self, number: int) -> int:
        """1 for the first time, then 2, 3 …"""
        if self._put(number or 1):
            return 1
        self._again[number] = self._again.get(number, 1) + 1
        return self._again[number]

    def _put(self, number: int) -> bool:
        slots, mask = self._slots, len(self._slots) - 1
        place = number & mask
        while slots[place]:
            if slots[place] == number:
                return False
            place = (place + 1) & mask
        slots[place] = number
        self._filled += 1
        if self._filled * 2 > len(slots):
            self._grow()
        return True

    def _grow(self) -> None:
        old, self._filled = self._slots, 0
        self._slots = array("Q", bytes(8 * 2 * len(old)))
        for number in old:
            if number:
                self._put(number)


def _places(columns: tuple[str, ...], mapping: Mapping) -> _Places:
    def place(column: str) -> int | None:
        return columns.index(column) if column else None

    return _Places(
        score=columns.index(mapping.score),
        at=columns.index(mapping.at),
        key=place(mapping.key),
        comment=place(mapping.comment),
        person=place(mapping.person),
        properties=tuple((columns.index(column), name) for column, name in mapping.properties),
    )
