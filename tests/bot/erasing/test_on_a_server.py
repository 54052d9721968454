"""On PostgreSQL nothing of a customer stands in any table, the engine's own among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.erasing import asking
from bot.settings import Settings
from storage import nps_answers, nps_sources, workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring
from storage.holdings import About
from storage.nps_answers import Answer
from tests.bot.erasing.conftest import HERS, plant, slack_takes, told, traces
from tests.bot.erasing.test_customers import finished
from tests.bot.erasing.test_maybe_naming import GOSSIP
from tests.conftest import NOW, WORKSPACE, SetClock
from tests.postgres import hasty_postgres

_TABLES = """SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"""


async def everything(database: Database) -> dict[str, bytes]:
    """Every row of every table as text, vectors of words among them; statistics too, which hold samples."""
    async with database.read() as session:
        names = list((await session.execute(text(_TABLES))).scalars())
        found = {}
        for name in (*names, "pg_stats"):
            rows = await session.execute(text(f"SELECT lower(one::text) FROM {name} AS one"))
            found[name] = "\n".join(str(row) for row in rows.scalars()).encode()
    return found


async def test_no_table_holds_a_trace(
    run_folder: Path, keyring: Keyring, clock: SetClock, settings: Settings
) -> None:
    with hasty_postgres(run_folder, migrated=True) as url:
        database = open_database(url, keyring)
        async with database.begin() as session:
            await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=NOW)
        planted = await plant(database, clock)
        await slack_takes(database)
        async with database.begin() as session:
            await session.execute(text("ANALYZE"))
        before = await everything(database)
        assert {name for name, rows in before.items() if traces(rows)} > {"public.quotes", "pg_stats"}
        async with database.begin() as session:
            gossip = replace(GOSSIP, happened="He buys from Quillonby Gardens; Zephyrine told him.")
            await told(session, gossip, planted.author)
            source = await nps_sources.create(session, WORKSPACE, kind="file", name="Survey", now=NOW)
            hers = Answer(key="1", score=9, at=NOW, comment="Pelargonium", person_key="zq@example.org")
            await nps_answers.take_in(session, WORKSPACE, source, [hers])
            whom = await asking.subject(session, WORKSPACE, About.CUSTOMER, str(planted.customer_id))
            shown = await asking.preview(session, WORKSPACE, whom)
            assert {one.words: one.texts > 0 for one in shown.maybe} == {
                "Quillonby Gardens": True,
                HERS.alias: False,
                "Zephyrine": True,
                "Quillonby": True,
            }
            assert shown.rows["nps_answers"] == 1
            also = [one.words for one in shown.maybe]
            number = await asking.begin(session, WORKSPACE, whom, by="U0PRIVACY", now=NOW, also=also)
        desk = Desk(settings, database, clock, OneWorkspace(settings))
        erasure = await finished(planted, desk, number)
        assert {
            name: traces(rows) for name, rows in (await everything(database)).items() if traces(rows)
        } == {}
        assert erasure.counts["posts"] == {"done": 4}
        await database.close()
