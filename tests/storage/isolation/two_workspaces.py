"""Two workspaces with rows in every table: alike in all that people or Slack named, told apart by a mark.

Each row is made from the columns of its table, so that a new table is filled without being named here. What
a column may hold, where its type does not say, stands in `CHOSEN`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Table, Text, Time, insert
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncSession

from storage.columns import EncryptedText, UtcDateTime
from storage.database import Database
from storage.schema import metadata
from storage.tables import Base
from tests.conftest import NOW

EACH = 2
"""Rows of each table in each workspace."""

FEWER = {"draft_talks"}
"""Tables with one row in each: a function that adds to them needs a draft that has none yet."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two workspaces: its id, the word in all its texts, and where its rows' numbers begin."""

    workspace_id: str
    mark: str
    base: int
    ids: dict[str, list[int]] = field(default_factory=dict)


OURS = Side("T0ALDER", "alder", 3_000_000)
THEIRS = Side("T0BIRCH", "birch", 7_000_000)
ROOM = 1_000_000
"""Numbers that belong to one workspace."""

PEOPLE = ("user_id", "author_id", "owner_id", "reporter_id", "actor_id", "by", "person")
PLACES = ("channel_id", "thread_channel", "posted_in", "place")
ALIKE = (
    "kind",
    "key",
    "hash",
    "state",
    "role",
    "purpose",
    "fingerprint",
    "folded",
    "topic",
    "what",
    "how",
    "tool",
)
"""Columns (or their last words) whose values are the same in both workspaces."""

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

CHOSEN: dict[str, Any] = {
    "accounts.folded": "samename",
    "accounts.owner_said": lambda side, number: ("", f"{side.mark}@example.com")[number],
    "accounts.renewal_on": date(2026, 12, 1),
    "accounts.worth": "1200.00 EUR",
    "accounts.noted_for": None,
    "customers.name": "Same Name",
    "customers.folded_name": "same name",
    "customers.company": "",
    "customer_absences.customer_id": lambda side, number: side.ids["customers"][number],
    "customer_links.public_id": lambda side, number: f"{side.mark}{number}",
    "channels.state": "on",
    "channels.kinds": ["stories"],
    "channels.days": ["mon", "tue"],
    "channels.time_zone": "Europe/London",
    "channels.country": "GB",
    "channels.how_many": 3,
    "channels.segments": [],
    "channels.themes": [],
    "channels.languages": [],
    "channels.stopped_because": None,
    "channels.next_at": NOW,
    "consents.purpose": "with_name",
    "consents.valid_from": NOW - timedelta(days=30),
    "deliveries.method": "chat.postMessage",
    "deliveries.kind": "digest",
    "deliveries.state": lambda _, number: ("sent", "pending")[number],
    "deliveries.not_before": LONG_AGO,
    "deliveries.target_delivery_id": None,
    "erasures.about": "customer",
    "erasures.object_key": lambda side, _: str(side.ids["customers"][0]),
    "erasures.needles": "[]",
    "erasures.step": "rows",
    "erasures.finished_at": None,
    "erasure_posts.how": "rows",
    "erasure_posts.state": lambda _, number: ("waiting", "planned")[number],
    "exports.about": "customer",
    "exports.object_key": lambda side, _: str(side.ids["customers"][0]),
    "exports.delete_on": NOW,
    "interviews.how": "call",
    "interviews.score": 9,
    "nps_follows.cells": [[["plan", "large"]]],
    "nps_movements.cell": [["plan", "large"]],
    "nps_movements.before": [10, 5, 5],
    "nps_movements.after": [5, 5, 10],
    "nps_movements.later": [0, 0, 0],
    "nps_movements.voices": [],
    "nps_keys.public_id": lambda side, number: f"{side.mark}{number}",
    "nps_properties.refused": "",
    "nps_settings.time_zone": "Europe/London",
    "nps_settings.smallest_group": 5,
    "nps_settings.pepper": lambda side, _: side.mark.encode().hex() * 4,
    "nps_answers.score": 9,
    "nps_sources.trouble": "",
    "nps_sources.due_at": NOW,
    "route_posts.parts": [["comments about ovens", 2]],
    "routes.next_at": NOW,
    "avatar_comments.source_id": lambda _, number: number + 1,
    "avatar_comments.answer_key": lambda _, number: f"key-{number}",
    "avatar_pictures.name": lambda side, number: f"{side.mark}{number}.png",
    "milestone_looks.due_at": NOW,
    "project_changes.what": "goal",
    "project_pins.due_at": NOW,
    "projects.state": "active",
    "projects.manner": "plain",
    "projects.rhythm": "weekly",
    "projects.next_at": NOW,
    "reactions.kind": "thought",
    "roles.role": "editor",
    "follow_ups.kind": "promise",
    "follow_ups.done_at": None,
    "follow_ups.outcome": "",
    "follow_ups.remind_at": NOW - timedelta(minutes=5),
    "nps_sources.name": lambda _, number: ("Same Name", "Another")[number],
    "contacts.time_zone": "Europe/London",
    "contacts.rests_until": None,
    "rota_people.seniority": "hands_on",
    "rota_people.time_zone": "Europe/London",
    "rota_people.paused_at": None,
    "rota_people.left_at": None,
    "rota_rounds.on_day": date(2026, 1, 5),
    "rota_talks.kind": lambda _, number: ("talk", "helping")[number],
    "rota_talks.state": lambda _, number: ("invited", "not_me")[number],
    "rota_talks.step": "let_go",
    "rota_talks.next_at": lambda _, number: (NOW, None)[number],
    "rests.until": datetime(2099, 1, 1, tzinfo=UTC),
    "stories.state": lambda _, number: ("published", "kept")[number],
    "screens.public_id": lambda side, number: f"{side.mark}{number}",
    "wanted_talks.remind_at": NOW - timedelta(minutes=5),
    "wanted_talks.reminded_at": None,
    "web_sessions.public_id": lambda side, number: f"{side.mark}{number}",
    "search_texts.source_id": lambda side, number: side.ids["nps_sources"][number],
    "search_texts.answer_key": lambda _, number: f"key-{number}",
    "search_texts.encoder": lambda _, number: ("wordllama", "")[number],
    "search_texts.facets": "everybody",
    "search_vectors.sorted": False,
    "themes.state": lambda _, number: ("kept", "proposed")[number],
    "theme_texts.how": "found",
    "priorities.place": lambda _, number: number + 1,
    "priorities.quarter": date(2026, 10, 1),
    "priorities.last_day": date(2026, 12, 31),
    "priorities.segment": [["plan", "pro"]],
    "priorities.state": "standing",
    "priority_notes.what": "progress",
    "stories.searchable_revision": 0,
    "nps_answers.searchable": False,
    "stories.published_at": NOW - timedelta(days=1),
    "story_terms.waits_for": "day",
    "trackers.key": lambda side, number: f"{side.mark}{number}",
    "trackers.state": lambda _, number: ("on", "off")[number],
    "unasked.state": "waiting",
    "unasked.next_at": NOW,
    "unasked.delivery_id": None,
}
"""`table.column` and what stands there in every row of both workspaces, or how it is made."""


def alike(name: str, number: int = 0) -> str | None:
    """What a person, a channel or a key of that name is called in both workspaces; None for other texts."""
    last = name.rsplit("_", 1)[-1]
    if name in PEOPLE or last == "by":
        return f"U{number}"
    if name in PLACES:
        return f"C{number}"
    if last == "ts":
        return f"{number + 1}.0"
    if name in ALIKE or last in ("id", *ALIKE):
        return f"{name}-{number}"
    return None


def words(side: Side, about: str) -> str:
    """A text of this workspace alone."""
    return f"{side.mark} shared {about}"


async def fill(database: Database) -> None:
    """Give both workspaces rows in every table that belongs to a workspace, and in the full-text index."""
    async with database.begin() as session:
        for side in (OURS, THEIRS):
            side.ids.clear()
            for table in metadata.sorted_tables:
                if "workspace_id" in table.c or table.name == "workspaces":
                    for number in range(1 if table.name in _ONE_EACH | FEWER else EACH):
                        await _put(session, table, side, number)
            key = "rowid" if database.embedded else "story_id"
            put = f"INSERT INTO story_words ({key}, workspace_id, words) VALUES (:id, :workspace, :words)"
            values = {"id": side.ids["stories"][0], "workspace": side.workspace_id}
            await session.execute(sql(put), values | {"words": words(side, "words")})
        if database.embedded:
            # Numbers given from here on belong to neither.
            await session.execute(sql("UPDATE sqlite_sequence SET seq = 20000000"))


_ONE_EACH = {"workspaces"} | {
    table.name for table in metadata.sorted_tables if [c.name for c in table.primary_key] == ["workspace_id"]
}
_LISTS = {
    f"{mapper.local_table.name}.{name}"  # type: ignore[attr-defined]  # all are mapped to tables
    for mapper in Base.registry.mappers
    for name, kind in mapper.class_.__annotations__.items()
    if "list[" in str(kind)
}


async def _put(session: AsyncSession, table: Table, side: Side, number: int) -> None:
    row = {column.name: _value(table, column, side, number) for column in table.c}
    if table.name == "workspaces":
        row["id"] = side.workspace_id
    elif "id" in table.c:
        row["id"] = side.base + len(side.ids) * 100 + number if number == 0 else side.ids[table.name][0] + 1
        side.ids.setdefault(table.name, []).append(row["id"])
    await session.execute(insert(table), row)


def _value(table: Table, column: Column[Any], side: Side, number: int) -> Any:
    name = f"{table.name}.{column.name}"
    if column.name == "workspace_id":
        return side.workspace_id
    if name in CHOSEN:
        chosen = CHOSEN[name]
        return chosen(side, number) if callable(chosen) else chosen
    pointed = [key.column.table.name for key in column.foreign_keys if column.name != "workspace_id"]
    if pointed:
        return side.ids[pointed[0]][number]
    return _by_type(name, column, side, number)


def _by_type(name: str, column: Column[Any], side: Side, number: int) -> Any:
    if isinstance(column.type, JSON):
        return [words(side, name)] if name in _LISTS else {"text": words(side, name)}
    if isinstance(column.type, UtcDateTime):
        return None if column.nullable else NOW - timedelta(hours=number)
    if isinstance(column.type, LargeBinary):
        return words(side, name).encode()
    if isinstance(column.type, EncryptedText):
        return words(side, name)
    if isinstance(column.type, Text):
        return alike(column.name, number) or words(side, f"{name} {number}")
    for kind, value in _PLAIN.items():
        if isinstance(column.type, kind):
            return value(number)
    raise TypeError(f"a row of {name} cannot be made: choose a value in CHOSEN")


_PLAIN: dict[type, Callable[[int], Any]] = {
    Boolean: lambda _: True,
    Integer: lambda number: number + 1,
    Float: lambda _: 0.5,
    Date: lambda number: date(2026, 11, 2 + number),
    Time: lambda _: time(9),
}
