"""Raw answers: taken in once each, changed and removed, with their counts in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_people, nps_settings
from storage.bulk import among
from storage.nps_ledger import Ledger
from storage.nps_rows import insert_answers
from storage.nps_segments import Segments, learn
from storage.rows import run, table_of
from storage.tables_nps import NpsAnswerRow
from stories.values import dataclass

_CONTENT = ("score", "answered_at", "day", "comment", "properties", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to "would you recommend us". `key` tells it from the others of its source.

    `score` is 0–10, `at` aware. `day` is the workspace's own day where the source tells only that; else it is
    reckoned from `at`. `person_key` is how its tool knows the person (an address, a number); "" for nobody.
    """

    key: str
    score: int
    at: datetime
    comment: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    person_key: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a batch: `erased` are answers of people who were erased, and are left out."""

    new: int = 0
    changed: int = 0
    same: int = 0
    erased: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            same=self.same + other.same,
            erased=self.erased + other.erased,
        )


async def take_in(session: AsyncSession, workspace_id: str, source_id: int, batch: Sequence[Answer]) -> Taken:
    """Keep these answers of one source, and their counts; the same answer (by its key) is kept once.

    An answer that is known and differs is written over, and its counts move with it; its day stays unless
    the moment of the answer changed. Raises ValueError for a score that is none of 0–10 or a naive time.
    """
    if not batch:
        return Taken()
    for answer in batch:
        _check(answer)
    pepper = await nps_settings.pepper(session, workspace_id)
    zone = ZoneInfo((await nps_settings.get(session, workspace_id)).time_zone)
    people = {key: nps_people.hashed(pepper, key) for key in {answer.person_key for answer in batch}}
    gone = await nps_people.erased_among(session, workspace_id, [one for one in people.values() if one])
    staying = [answer for answer in batch if people[answer.person_key] not in gone]
    latest = {answer.key: answer for answer in staying}
    standing = await _standing(session, workspace_id, source_id, list(latest))
    told = [answer.properties for answer in latest.values()]
    segments = await learn(session, workspace_id, [*told, *(row.properties for row in standing.values())])
    rows = {key: _row(answer, segments, people[answer.person_key], zone) for key, answer in latest.items()}
    counts = await _keep(session, workspace_id, source_id, _Change(rows, standing, segments))
    return Taken(
        new=counts.new,
        changed=counts.changed,
        same=counts.same + len(staying) - len(latest),
        erased=len(batch) - len(staying),
    )


async def remove(session: AsyncSession, workspace_id: str, source_id: int, keys: Sequence[str]) -> int:
    """Delete these answers of a source, out of the counts too; how many there were."""
    own = (NpsAnswerRow.source_id == source_id) & among(session, NpsAnswerRow.key, keys)
    return await remove_rows(session, workspace_id, own)


async def remove_rows(
    session: AsyncSession, workspace_id: str, which: ColumnElement[bool], *, most: int | None = None
) -> int:
    """Delete the answers of this workspace that fit, `most` of them, out of the counts too; how many."""
    table = table_of(NpsAnswerRow)
    query = select(table.c.source_id, table.c.key, table.c.score, table.c.day, table.c.properties)
    found = (
        await session.execute(query.where(table.c.workspace_id == workspace_id, which).limit(most))
    ).all()
    segments = await learn(session, workspace_id, [row.properties for row in found])
    by_source: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        by_source[row.source_id].append(row)
    for source_id, rows in by_source.items():
        ledger = Ledger()
        for row in rows:
            ledger.enter(segments.cells(row.properties), row.day, row.score, -1)
        own = (table.c.workspace_id == workspace_id) & (table.c.source_id == source_id)
        which = among(session, table.c.key, [row.key for row in rows])
        await session.execute(delete(table).where(own, which))
        await ledger.write(session, workspace_id, source_id)
    return len(found)


@dataclass(frozen=True, slots=True)
class _Change:
    rows: Mapping[str, dict[str, Any]]
    standing: Mapping[str, Any]
    segments: Segments


async def _keep(session: AsyncSession, workspace_id: str, source_id: int, change: _Change) -> Taken:
    ledger, new, changed = Ledger(), dict[str, dict[str, Any]](), []
    for key, row in change.rows.items():
        old = change.standing.get(key)
        if old is None:
            new[key] = row
            ledger.enter(change.segments.cells(row["properties"]), row["day"], row["score"])
            continue
        if old.answered_at == row["answered_at"]:
            row["day"] = old.day
        if any(getattr(old, name) != row[name] for name in _CONTENT):
            changed.append({"of_workspace": workspace_id, "of_source": source_id, "of_key": key} | row)
            ledger.enter(change.segments.cells(old.properties), old.day, old.score, -1)
            ledger.enter(change.segments.cells(row["properties"]), row["day"], row["score"])
    await insert_answers(session, workspace_id, source_id, new)
    if changed:
        await run(session, _UPDATE, changed)
    await ledger.write(session, workspace_id, source_id)
    return Taken(new=len(new), changed=len(changed), same=len(change.rows) - len(new) - len(changed))


async def _standing(
    session: AsyncSession, workspace_id: str, source_id: int, keys: Sequence[str]
) -> dict[str, Any]:
    table = table_of(NpsAnswerRow)
    query = select(table.c.key, *(table.c[name] for name in _CONTENT))
    query = query.where(table.c.workspace_id == workspace_id, table.c.source_id == source_id)
    rows = await session.execute(query.where(among(session, table.c.key, keys)))
    return {row.key: row for row in rows}


def _row(answer: Answer, segments: Segments, person: str | None, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "score": answer.score,
        "answered_at": answer.at,
        "day": answer.day or answer.at.astimezone(zone).date(),
        "comment": answer.comment,
        "properties": segments.settle(answer.properties),
        "person": person,
    }


def _check(answer: Answer) -> None:
    if isinstance(answer.score, bool) or not isinstance(answer.score, int) or not 0 <= answer.score <= 10:
        raise ValueError(f"a score is a whole number from 0 to 10, not {answer.score!r}")
    if answer.at.tzinfo is None:
        raise ValueError(f"the time of an answer needs a zone: {answer.at!r}")


def _update() -> Any:
    table = table_of(NpsAnswerRow)
    own = (table.c.workspace_id == bindparam("of_workspace")) & (table.c.source_id == bindparam("of_source"))
    values: dict[str, Any] = {name: bindparam(name) for name in _CONTENT}
    values |= {"searchable": False, "language": None}
    return table.update().where(own, table.c.key == bindparam("of_key")).values(values)


_UPDATE = _update()
