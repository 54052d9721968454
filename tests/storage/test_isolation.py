"""No function of storage shows or changes anything of another workspace than the one it is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database, open_database
from storage.encryption import Keyring
from storage.tables_stories import StoryRow
from tests.postgres import hasty_postgres
from tests.storage.isolation.arguments import Unknown, arguments
from tests.storage.isolation.two_workspaces import OURS, THEIRS
from tests.storage.isolation.walking import ACROSS, Walk, everything, functions, owned

ON_POSTGRESQL = (
    "search.",
    "search_due.",
    "search_finding.",
    "search_texts.",
    "themes.",
    "routes.",
    "routes_finding.",
    "avatar_",
    "reasons.",
    "series_notes.",
    "leaving.",
    "looking.",
    "sending.",
    "submissions.",
    "erasing_posts.",
    "sweeping",
    "held.",
)
"""Modules whose statements differ there; `python -m benchmarks.isolation` walks all of them."""


async def test_every_function_is_walked_over_rows_in_every_table_and_nothing_of_the_other_is_found(
    database_url: str, keyring: Keyring
) -> None:
    database = open_database(database_url, keyring)
    walk, idle, wrong = Walk(database), list[str](), list[str]()
    await walk.begin()
    assert await without_rows(database) == []
    for name, function in owned():
        try:
            walked = await walk.step(name, function)
        except Unknown as missing:
            wrong.append(str(missing))
        except Exception as error:  # noqa: BLE001 whatever one raises, all others are walked as well
            wrong.append(f"storage.{name} cannot be called as GIVEN says: {error!r}")
        else:
            wrong += walked.leaks
            idle += [] if walked.did_something else [name]
    await database.close()
    assert wrong == []
    assert len(idle) < len(list(owned())) / 10, f"most calls have to find or change something: {idle}"


async def without_rows(database: Database) -> list[str]:
    """The tables in which one of the two workspaces has nothing."""
    async with database.read() as session:
        stand = [await everything(session, side) for side in (OURS, THEIRS)]
    return [table for side in stand for table, rows in side.items() if not rows]


async def test_the_statements_that_differ_on_postgresql_leak_nothing_there(
    run_folder: Path, keyring: Keyring
) -> None:
    with hasty_postgres(run_folder, migrated=True) as url:
        database = open_database(url, keyring)
        walk = Walk(database)
        await walk.begin()
        chosen = [(name, one) for name, one in owned() if name.startswith(ON_POSTGRESQL)]
        assert len(chosen) > 8
        for name, function in chosen:
            assert (await walk.step(name, function)).leaks == ()
        await database.close()


def test_every_other_function_has_a_reason_to_take_no_workspace() -> None:
    without = {name for name, _ in functions()} - {name for name, _ in owned()}
    unsaid = without - set(ACROSS)
    assert unsaid == set(), "say in ACROSS why, or take the workspace right after the session"


async def counts_all(session: AsyncSession, workspace_id: str) -> list[int]:
    """Answers with numbers of rows of both."""
    return list((await session.execute(select(StoryRow.id))).scalars())


async def writes_by_number(session: AsyncSession, workspace_id: str, story_id: int) -> None:
    """Changes a story whoever it belongs to."""
    await session.execute(update(StoryRow).where(StoryRow.id == story_id).values(revision=99))


async def tells(session: AsyncSession, workspace_id: str) -> dict[str, tuple[bytes, ...]]:
    """Has words of the other one deep inside."""
    return {"found": (f"a {THEIRS.mark} tree".encode(),)}


async def test_a_function_that_forgets_the_owner_is_found_out(database: Database) -> None:
    walk = Walk(database)
    await walk.begin()
    for leaky in (counts_all, writes_by_number, tells):
        assert (await walk.step(f"made_up.{leaky.__name__}", leaky)).leaks, leaky
        honest = await walk.step("stories.counts", dict(owned())["stories.counts"])
        assert honest.leaks == (), f"what {leaky.__name__} did was taken back"


def test_what_nobody_knows_how_to_call_is_named() -> None:
    async def unheard_of(session: AsyncSession, workspace_id: str, device: complex) -> None:
        """Needs something that no registry has."""

    with pytest.raises(Unknown, match=r"storage\.made_up\.unheard_of\.device .*GIVEN"):
        arguments(unheard_of, "made_up.unheard_of", OURS)
