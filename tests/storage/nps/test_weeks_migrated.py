"""Weekly counts are cut where a month begins on the way up, and put together on the way down."""

from __future__ import annotations

import asyncio
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import nps_answers, nps_sources, workspaces
from storage.database import open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate, migrate_down
from stories.nps.stretches import monday, stretch
from tests.conftest import NOW, WORKSPACE
from tests.postgres import hasty_postgres
from tests.storage.nps.conftest import answer

Weeks = list[tuple[int, date, int, int, int]]


async def take_some_in(url: str) -> None:
    """Answers of three months, in two segments."""
    database = open_database(url, Keyring([new_key()]))
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="", installed_by=None, now=NOW)
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="answers", now=NOW)
        batch = [answer(f"a{n}", n * 7 % 11, n, plan="Firm" if n % 2 else "Solo") for n in range(90)]
        await nps_answers.take_in(session, WORKSPACE, source, batch)
    await database.close()


async def weeks_of(url: str) -> Weeks:
    database = open_database(url, Keyring([new_key()]))
    query = "SELECT cell, CAST(week AS text), promoters, passives, detractors FROM nps_weeks ORDER BY 1, 2"
    async with database.read() as session:
        rows = [tuple(row) for row in await session.execute(text(query))]
    await database.close()
    return [(cell, date.fromisoformat(week), *counts) for cell, week, *counts in rows]


def put_together(weeks: Weeks) -> Weeks:
    """The pieces of each week as one."""
    found: dict[tuple[int, date], list[int]] = {}
    for cell, week, *counts in weeks:
        known = found.setdefault((cell, monday(week)), [0, 0, 0])
        known[:] = [one + more for one, more in zip(known, counts, strict=True)]
    return sorted((cell, week, *counts) for (cell, week), counts in found.items())  # type: ignore[misc]  # three of them


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_weeks_are_cut_on_the_way_up_and_whole_on_the_way_down(
    kind: str, tmp_path: Path, run_folder: Path, migrated_template: Path
) -> None:
    if kind == "sqlite":
        up_and_down(f"sqlite:///{shutil.copy(migrated_template, tmp_path)}")
        return
    with hasty_postgres(run_folder, migrated=True) as url:
        up_and_down(url)


def up_and_down(url: str) -> None:
    asyncio.run(take_some_in(url))
    cut = asyncio.run(weeks_of(url))
    assert any(week.day == 1 and week.weekday() for _cell, week, *_counts in cut)
    assert all(stretch(week) == week for _cell, week, *_counts in cut)
    migrate_down(url, "0006")
    assert asyncio.run(weeks_of(url)) == put_together(cut)
    migrate(url)
    assert asyncio.run(weeks_of(url)) == cut
