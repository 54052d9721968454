"""Statements on PostgreSQL's own driver: inside a transaction, or together with other people's.

Each turn to a server costs 0.1 ms of our own time and a transaction four of them. What many people do at
once (the steps of a write-up) therefore goes there in one statement for all who wait.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import Session

from storage.gathering import Gathering
from storage.held_session import HeldSession
from storage.prepared import Gathered, Prepared, Question, Rows, failed

if TYPE_CHECKING:
    # Who keeps the stories in a file does without the driver, which takes long to load.
    import psycopg

Given = Mapping[str, Any]
Found = list[tuple[Any, ...]]

STUCK_SECONDS = 2
"""How long one statement holds up those behind it: whoever asked has given up by then."""


class ServerSession(HeldSession):
    """A session whose prepared statements go to psycopg past SQLAlchemy; for one transaction."""

    async def run_prepared(self, prepared: Prepared, values: Mapping[str, Any]) -> Rows:
        """What the statement answers."""
        import psycopg

        driver, dialect = self.at_hand or await self.take_hold()
        compiled = prepared.compiled(dialect, tuple(values))
        parameters = compiled.parameters(values)
        try:
            cursor = await driver.execute(compiled.sql, parameters)
            return compiled.rows(await cursor.fetchall() if compiled.answers else ())
        except psycopg.Error as error:
            raise failed(_wordless(error), compiled.sql, dialect) from None

    async def run_each(self, prepared: Prepared, values: Sequence[Mapping[str, Any]]) -> None:
        """Run the statement once for each of these, in one go."""
        import psycopg

        driver, dialect = self.at_hand or await self.take_hold()
        compiled = prepared.compiled(dialect, tuple(values[0]))
        parameters = [compiled.parameters(each) for each in values]
        try:
            if len(parameters) == 1:
                await driver.execute(compiled.sql, parameters[0])
            else:
                async with driver.cursor() as cursor:
                    await cursor.executemany(compiled.sql, parameters)
        except psycopg.Error as error:
            raise failed(_wordless(error), compiled.sql, dialect) from None

    async def run_several(self, asked: Sequence[Question]) -> list[Rows]:
        """What each of these answers, with one turn to the server for all."""
        import psycopg

        if len(asked) < 2 or not psycopg.Pipeline.is_supported():
            return await super().run_several(asked)
        driver, dialect = self.at_hand or await self.take_hold()
        ready = [(prepared.compiled(dialect, tuple(values)), values) for prepared, values in asked]
        try:
            async with driver.pipeline():
                cursors = [await driver.execute(one.sql, one.parameters(values)) for one, values in ready]
            found = [await cursor.fetchall() for cursor in cursors]
        except psycopg.Error as error:
            raise failed(_wordless(error), "; ".join(one.sql for one, _ in ready), dialect) from None
        return [one.rows(rows) for (one, _), rows in zip(ready, found, strict=True)]

    async def run_written(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What this asks for."""
        import psycopg

        driver, dialect = self.at_hand or await self.take_hold()
        try:
            # Prepared, it would after some times be planned for any values: these are always planned for.
            cursor = await driver.execute(sql, values, prepare=False)
            found: list[tuple[Any, ...]] = await cursor.fetchall()
        except psycopg.Error as error:
            raise failed(_wordless(error), sql, dialect) from None
        return found


class Together:
    """Statements that stand for themselves, asked for all who wait, each durable when it is answered."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._gathered: dict[str, Gathering[Given, Found]] = {}

    async def ask(self, sql: str, given: Given, *, key: Hashable = None) -> Found:
        """The rows of `sql` (see `storage.prepared.Gathered`) that are for this one, without their `n`."""
        gathering = self._gathered.get(sql)
        if gathering is None:

            async def work(items: Sequence[Given]) -> list[Found]:
                return await self._run(sql, items)

            gathering = self._gathered[sql] = Gathering(work)
        return await gathering.ask(given, key=key)

    async def rows(self, gathered: Gathered, values: Given) -> Rows:
        """What a gathered statement answers."""
        key = tuple(values[name] for name in gathered.key) or None
        found = await self.ask(gathered.together, values, key=key)
        return gathered.compiled(self._engine.dialect, tuple(values)).rows(found)

    async def close(self) -> None:
        """Wait until everything that was asked is answered."""
        for gathering in self._gathered.values():
            await gathering.close()

    @asynccontextmanager
    async def lend(self, session: LooseSession) -> AsyncIterator[LooseSession]:
        """This session for the block; what became a transaction in it is committed at its end, or undone.

        Mostly nothing did, and then there is nothing to begin and to end: doing so on SQLAlchemy's way costs
        as much as a statement.
        """
        session.together = self
        try:
            yield session
        except BaseException:
            if session.is_made:
                await _to_its_end(session.close())
            raise
        if session.is_made:
            await _to_its_end(_commit(session))

    async def _run(self, sql: str, items: Sequence[Given]) -> list[Found]:
        import psycopg

        given = json.dumps([{"n": n, **item} for n, item in enumerate(items)], default=_moment)
        answers: list[Found] = [[] for _ in items]
        async with asyncio.timeout(STUCK_SECONDS), self._engine.connect() as connection:
            driver = await _driver_of(connection)
            try:
                for n, *row in await (await driver.execute(sql, {"given": given})).fetchall():
                    answers[n].append(tuple(row))
            except psycopg.Error as error:
                raise failed(_wordless(error), sql, connection.dialect) from None
        return answers


class _NoticingSession(Session):
    """Knows whether anybody asked for its connection, by whichever way."""

    asked = False

    def get_bind(self, *given: Any, **named: Any) -> Any:
        """As SQLAlchemy's, which asks here before each statement."""
        self.asked = True
        return super().get_bind(*given, **named)


class LooseSession(ServerSession):
    """A session whose gathered statements stand for themselves until it runs one that is not gathered.

    From then on everything is one transaction.
    """

    sync_session_class = _NoticingSession
    sync_session: _NoticingSession
    together: Together

    @property
    def stands_alone(self) -> bool:
        """Whether no transaction can have begun yet."""
        return not self.is_made or not self.sync_session.asked

    async def run_prepared(self, prepared: Prepared, values: Mapping[str, Any]) -> Rows:
        """What the statement answers."""
        if isinstance(prepared, Gathered) and self.stands_alone:
            return await self.together.rows(prepared, values)
        return await super().run_prepared(prepared, values)


async def _commit(session: LooseSession) -> None:
    try:
        await session.commit()
    finally:
        await session.close()


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Do this whole: whoever is cancelled meanwhile must not leave a connection in the middle of it."""
    working = asyncio.ensure_future(work)
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait({working})
        raise


async def _driver_of(connection: AsyncConnection) -> psycopg.AsyncConnection[Any]:
    import psycopg

    driver = (await connection.get_raw_connection()).driver_connection
    if not isinstance(driver, psycopg.AsyncConnection):
        raise TypeError(f"PostgreSQL is reached through psycopg, not {type(driver).__name__}")
    return driver


def _wordless(error: psycopg.Error) -> psycopg.Error:
    """The error without what was to be stored: it is logged, and PostgreSQL repeats what it cannot take."""
    if error.sqlstate is None:
        return error
    # Classes 22 and 23 of SQLSTATE are about values.
    about_values = error.sqlstate.startswith(("22", "23"))
    said = error.diag.constraint_name if about_values else error.diag.message_primary
    return type(error)(f"{type(error).__name__} {error.sqlstate}: {said or 'a value'}")


def _moment(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be handed over")
