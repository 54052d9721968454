"""Nothing is stored about anybody of which nobody has said how it is found and taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, text

from bot.erasing.following import REMADE, TAKEN_DOWN
from bot.messages.held_words import all_named
from storage.database import Database
from storage.holdings import HOLDINGS, About, Holding, registry
from storage.holdings.registry import Registry
from storage.retaining import LET_GO
from storage.schema import metadata
from stories.attention import ASKED, UNASKED
from stories.keeping import KEPT, days_of

BESIDE = (
    "story_words",  # an index of words: storage.erasing_rows, sweeping_words and cleaning see to it
    "search_words",  # follows search_texts by triggers
    "alembic_version",
    "sqlite_",
)
"""How the tables are called that are beside the schema's, and why nothing of anybody stays in them."""


def test_every_table_and_every_column_that_can_hold_a_text_is_registered() -> None:
    assert list(HOLDINGS.unregistered()) == [], "say in storage/holdings/ what it holds, and of whom"


async def test_no_table_stands_in_the_database_that_the_schema_does_not_know(database: Database) -> None:
    async with database.read() as session:
        rows = await session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        names = set(rows.scalars())
    beside = {name for name in names - set(metadata.tables) if not name.startswith(BESIDE)}
    assert beside == set(), "say in BESIDE what it is, and see that erasures reach it"


def test_a_table_or_column_that_nobody_registered_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    known = MetaData()
    Table("diaries", known, Column("id", Integer, primary_key=True), Column("secrets", Text))
    monkeypatch.setattr(registry, "metadata", known)
    assert list(Registry(()).unregistered()) == ["diaries"]
    assert list(Registry((Holding(table="diaries"),)).unregistered()) == [
        "diaries.secrets",
        "diaries.workspace_id (no such column)",
    ]


def test_people_read_in_words_what_each_table_holds() -> None:
    assert {one.table for one in HOLDINGS} | {"story_words"} == all_named().keys()


def test_every_kind_of_post_is_made_anew_or_taken_down() -> None:
    assert REMADE.keys() | TAKEN_DOWN == UNASKED.keys() | ASKED
    assert "digest" in REMADE


def test_what_goes_with_somebodys_rows_is_found_by_an_index() -> None:
    """Or each erasure would read a whole table for each row that goes."""
    slow = [
        f"{table.name}.{key.column_keys[-1]}"
        for table in metadata.sorted_tables
        for key in table.foreign_key_constraints
        if key.referred_table.name != "workspaces" and not _is_found(table, list(key.column_keys))
    ]
    assert set(slow) <= {"nps_keys.source_id", "wanted_talks.project_id"}, "a few rows in all"


def _is_found(table: Table, key: list[str]) -> bool:
    ways = [table.primary_key, *table.indexes, *table.constraints]
    found = [[one.name for one in way.columns] for way in ways if hasattr(way, "columns")]
    return any(names[: len(key)] == key for names in found)


def test_a_customers_rows_lead_to_the_customer_and_a_colleagues_to_them() -> None:
    theirs = {one.table for one in HOLDINGS if one.way(About.CUSTOMER) is not None}
    assert theirs > {"customers", "consents", "interviews", "quotes", "stories", "tellings", "avatar_lines"}
    assert {one.table for one in HOLDINGS if one.way(About.EMPLOYEE)} > {"people", "drafts", "deliveries"}


def test_what_is_kept_for_a_time_is_kept_for_one_that_is_said() -> None:
    assert {kept.name for kept in KEPT} == {*LET_GO, "conversations"}
    assert days_of({"drafts": 7})["drafts"] == 7
