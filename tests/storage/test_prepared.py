"""Statements past SQLAlchemy: the same rows, the same errors, and connections that the server has closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage import drafts
from storage.database import Database, open_database
from storage.encryption import Keyring
from storage.migrating import migrate
from storage.prepared import Prepared
from storage.rows import add, add_many, run, run_several, table_of
from storage.several import for_each, one_of
from storage.tables import ConsentRow, CustomerRow
from storage.tables_stories import DraftNoteRow
from stories.forms import Form
from tests.conftest import NOW, WORKSPACE
from tests.postgres import fresh_postgres

CUSTOMERS = table_of(CustomerRow)
BY_NAME = Prepared(
    select(CUSTOMERS).where(CUSTOMERS.c.workspace_id == bindparam("workspace")).order_by(CUSTOMERS.c.name)
)


async def customer(database: Database, name: str) -> int:
    async with database.begin() as session:
        return await add(
            session,
            CustomerRow,
            workspace_id=WORKSPACE,
            name=name,
            folded_name=name.lower(),
            alias="",
            contact=f"{name}@mail.example",
            created_by="U1",
            created_at=NOW.astimezone(),
        )


async def test_a_row_reads_as_it_does_through_sqlalchemy(either: Database) -> None:
    await customer(either, "Zoë %s ? :x")
    async with either.begin() as session:
        past = (await run(session, BY_NAME, {"workspace": WORKSPACE})).all()
        through = (await session.execute(BY_NAME.statement, {"workspace": WORKSPACE})).all()
    assert [tuple(row) for row in past] == [tuple(row) for row in through]
    row = past[0]
    assert (row.name, row.contact) == ("Zoë %s ? :x", "Zoë %s ? :x@mail.example")
    assert (row.created_at, row.company, row.former_names) == (NOW, "", [])


async def test_several_are_answered_in_their_order_and_one_that_fails_is_told(either: Database) -> None:
    await customer(either, "Zoë")
    own = {"workspace": WORKSPACE}
    known = for_each(
        lambda dialect: select(CUSTOMERS.c.name).where(one_of(dialect, CUSTOMERS.c.name, "names"))
    )
    for opened in (either.begin, either.read):
        async with opened() as session:
            some, nobody = {"names": ["Zoë", "Nell"]}, dict[str, Any](names=[])
            first, second, none = await run_several(session, [(BY_NAME, own), (known, some), (known, nobody)])
            assert [row.contact for row in first] == ["Zoë@mail.example"]
            assert ([row.name for row in second], none.all()) == (["Zoë"], [])
    wrong = Prepared(select(func.nothing_of_the_kind(CUSTOMERS.c.name).label("one")))
    with pytest.raises(DBAPIError, match="nothing_of_the_kind"):
        async with either.read() as session:
            await run_several(session, [(BY_NAME, own), (wrong, {})])
    async with either.read() as session:
        assert (await run(session, BY_NAME, own)).first()


async def test_what_is_left_out_stands_at_its_default(either: Database) -> None:
    customer_id = await customer(either, "Nell")
    when = {"recorded_at": NOW, "valid_from": NOW, "valid_until": NOW + timedelta(days=1)}
    given = {"purpose": "not_shared", "recorded_by": "U1", "interview_id": None, **when}
    async with either.begin() as session:
        rows = [{"workspace_id": WORKSPACE, "customer_id": customer_id, **given} for _ in range(3)]
        await add_many(session, ConsentRow, rows)
        found = (await session.execute(select(ConsentRow))).scalars().all()
    assert [(row.granted, row.words, row.valid_until) for row in found] == [
        (True, "", when["valid_until"])
    ] * 3


async def test_a_row_that_may_not_be_is_sqlalchemys_error_without_its_words(either: Database) -> None:
    async with either.begin() as session:
        draft_id = await drafts.begin(session, WORKSPACE, "U1", Form(), now=NOW)
    note = {"workspace_id": WORKSPACE, "draft_id": draft_id, "slack_ts": "1.1", "text": "secret words"}
    with pytest.raises(IntegrityError) as refused:
        async with either.begin() as session:
            await add_many(session, DraftNoteRow, [note, note])
    assert "secret" not in str(refused.value)
    async with either.begin() as session:
        await add_many(session, DraftNoteRow, [note])


async def test_a_connection_that_the_server_closed_is_not_used_again(keyring: Keyring) -> None:
    with fresh_postgres() as url:
        migrate(url)
        database = open_database(url, keyring)
        async with database.step() as session:
            assert await drafts.get(session, WORKSPACE, 1) is None
        async with database.read() as one, database.read() as other:
            mine = (await other.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            assert mine != (await one.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        async with database.read() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        for _ in range(3):
            async with database.read() as one, database.read() as other:
                assert await drafts.get(one, WORKSPACE, 1) is None
                assert await drafts.get(other, WORKSPACE, 1) is None
        await database.close()
