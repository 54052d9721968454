"""Looking for somebody's name or id in what others wrote, part by part, and taking it out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from html import escape
from itertools import product
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    cast,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.holdings import GONE, HOLDINGS, Holding
from storage.prepared import Prepared
from storage.rows import run
from storage.tables_posts import DeliveryRow
from stories.values import dataclass

PAGE = 20_000
"""Rows that are looked through in one statement."""

_NUMBERED = "id"
MOST_CASED = 3
"""Words of a name that are looked for in all mixtures of small and capital letters."""

_ESCAPE = "/"
_ASIDE = frozenset({"erasures", "erasure_posts", "retention", "exports"})
"""What an erasure keeps about itself."""

Change = Callable[[str], str]
"""What becomes of a text in which something is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a look begins: a table, and the number of the last row seen."""

    table: str
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rows (by their keys) in which something stands, and where to look next; None at the end."""

    table: str
    keys: tuple[tuple[Any, ...], ...]
    then: Place | None


def first() -> Place:
    """Where a look over everything begins."""
    return Place(table=next(_looked_through()).table)


async def look(
    session: AsyncSession, workspace_id: str, place: Place, needles: Sequence[str], *, ids: bool
) -> Found:
    """The next part: rows in whose texts one of these stands, whatever the case of letters.

    `ids` looks into the columns that hold people's ids too.
    """
    one = HOLDINGS.of(place.table)
    if not _columns(one, ids=ids) or not needles:
        return Found(table=one.table, keys=(), then=_next(one.table))
    ways = _spelt(needles)
    page, later = _looking(one.table, ids, len(ways))
    which = {"workspace": workspace_id, "after": place.after, "last": place.after + PAGE}
    told = {f"way{at}": way for at, way in enumerate(ways)}
    keys = tuple(tuple(row) for row in await run(session, page, which | told))
    begins = None if later is None else (await run(session, later, which)).scalar_one_or_none()
    then = _next(one.table) if begins is None else Place(table=one.table, after=begins - 1)
    return Found(table=one.table, keys=keys, then=then)


async def take_out(
    session: AsyncSession, workspace_id: str, found: Found, change: Change, *, person: str | None = None
) -> int:
    """Change the texts of these rows, as they stand now; how many rows that changed.

    `person` is the colleague whose id is taken out: it becomes GONE, and where rows have to differ a
    word of chance follows, so that nobody can tell which rows were the same person's.
    """
    one = HOLDINGS.of(found.table)
    rows, key = one.rows, tuple(one.rows.primary_key.columns)
    changed = 0
    for start in range(0, len(found.keys), 500):
        some = found.keys[start : start + 500]
        query = select(rows).where(rows.c[one.owner] == workspace_id, tuple_(*key).in_(some))
        for row in (await session.execute(query.with_for_update())).mappings().all():
            values = _changed(one, row, change, person)
            if values:
                which = [column == row[column.name] for column in key]
                await session.execute(update(rows).where(*which).values(**values))
                changed += 1
    return changed


async def posts_among(session: AsyncSession, workspace_id: str, delivery_ids: Collection[int]) -> list[int]:
    """Of rows of the outbox, the posts that stand in Slack, or are on their way there."""
    query = select(func.coalesce(DeliveryRow.target_delivery_id, DeliveryRow.id)).where(
        DeliveryRow.workspace_id == workspace_id,
        DeliveryRow.id.in_(delivery_ids),
        DeliveryRow.state.in_(("sent", "sending", "in_doubt")),
    )
    return list(dict.fromkeys((await session.execute(query)).scalars()))


def naming(needles: Sequence[str], instead: str, *, words: Sequence[str] = ()) -> Change:
    """Puts `instead` in the place of each of these, whatever their case; of `words` where they stand alone.

    A word that is part of a longer one stays, but for an apostrophe and an s after it. Messages hold them as
    Slack takes them: "Marks &amp; Spencer".
    """
    sought = [(way, re.escape(way)) for one in needles for way in _in_text_and_message(one)]
    sought += [(way, _alone(way)) for one in words for way in _in_text_and_message(one)]
    longest = sorted(sought, key=lambda pair: len(pair[0]), reverse=True)
    pattern = re.compile("|".join(way for _one, way in longest), re.IGNORECASE)
    return lambda text: pattern.sub(lambda _: instead, text)


def _in_text_and_message(words: str) -> tuple[str, ...]:
    """The words as they were typed, and as they stand in what is posted where that is another spelling."""
    return tuple(dict.fromkeys((words, escape(words, quote=False))))


def _alone(words: str) -> str:
    """The pattern of words with none of a word's letters beside them, where the script has spaces."""
    before, after = (
        "" if _runs_on(edge) else rule for edge, rule in zip((words[0], words[-1]), _EDGES, strict=True)
    )
    return f"{before}{re.escape(words)}{after}"


def _runs_on(letter: str) -> bool:
    """Whether this is of a script that sets no spaces between words."""
    wide = unicodedata.east_asian_width(letter) in {"W", "F"}
    return wide or unicodedata.name(letter, "").startswith(("THAI", "LAO", "KHMER", "MYANMAR"))


_EDGES = (r"(?<!\w)", r"(?!\w)")


def token() -> str:
    """What stands for somebody who was erased where rows have to differ: no two are alike."""
    return f"{GONE}-{token_hex(6)}"


def _changed(one: Holding, row: Any, change: Change, person: str | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in _columns(one, ids=person is not None):
        before = row[column.name]
        if person is not None and before == person:
            after: Any = token() if _has_to_differ(one.rows, column) else GONE
        else:
            after = _deep(before, change, person)
        if after != before:
            values[column.name] = after
    return values | dict.fromkeys(one.afresh, "") if values else values


def _deep(value: Any, change: Change, person: str | None) -> Any:
    """A text or JSON with every text in it changed; a list loses the person's id."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(str(key)): _deep(one, change, person) for key, one in value.items()}
    if isinstance(value, list):
        return [_deep(one, change, person) for one in value if person is None or one != person]
    return value


def _columns(one: Holding, *, ids: bool) -> list[Column[Any]]:
    names = (*one.tells, *one.names) if ids else one.tells
    return [one.rows.c[name] for name in names]


@cache
def _looking(table: str, ids: bool, ways: int) -> tuple[Prepared, Prepared | None]:
    """A page's keys where one of so many ways stands, and where the next page begins if rows have numbers."""
    one = HOLDINGS.of(table)
    rows, own = one.rows, one.rows.c[one.owner] == bindparam("workspace")
    sought = [
        cast(column, Text).icontains(bindparam(f"way{at}", type_=Text), escape=_ESCAPE)
        for column in _columns(one, ids=ids)
        for at in range(ways)
    ]
    query = select(*rows.primary_key.columns).where(own, or_(*sought))
    if not _is_numbered(rows):
        return Prepared(query), None
    number, last = rows.c[_NUMBERED], bindparam("last", type_=Integer)
    page = query.where(number > bindparam("after"), number <= last)
    return Prepared(page), Prepared(select(func.min(number).label("begins")).where(own, number > last))


def _spelt(needles: Sequence[str]) -> list[str]:
    """Each needle as it stands in a text and as it stands in JSON, what LIKE takes for a pattern escaped."""
    said = [way for one in needles for cased in _cased(one) for way in _in_text_and_message(cased)]
    spelt = dict.fromkeys(way for one in said for way in (one, json.dumps(one)[1:-1]))
    return [re.sub(f"[{_ESCAPE}%_]", rf"{_ESCAPE}\g<0>", way) for way in spelt]


def _cased(needle: str) -> list[str]:
    """The needle in small and in capital letters too, word by word: SQLite takes those of ASCII for one."""
    words = needle.split(" ")
    if needle.isascii() or len(words) > MOST_CASED:
        return [needle] if needle.isascii() else [needle, needle.lower(), needle.upper()]
    ways = ((word,) if word.isascii() else (word, word.lower(), word.upper()) for word in words)
    return [" ".join(way) for way in product(*ways)]


def _has_to_differ(rows: Table, column: Column[Any]) -> bool:
    keys = [rows.primary_key, *(one for one in rows.constraints if isinstance(one, UniqueConstraint))]
    return any(column.name in key.columns for key in keys)


def _is_numbered(rows: Table) -> bool:
    return [column.name for column in rows.primary_key] == [_NUMBERED] and isinstance(
        rows.c[_NUMBERED].type, Integer
    )


def _looked_through() -> Iterator[Holding]:
    return (one for one in HOLDINGS if (one.tells or one.names) and one.table not in _ASIDE)


def _next(table: str) -> Place | None:
    names = [one.table for one in _looked_through()]
    after = names[names.index(table) + 1 :]
    return Place(table=after[0]) if after else None
