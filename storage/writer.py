"""SQLite's one writer: transactions that arrive together are committed together.

Each transaction runs alone, inside a savepoint of a shared one, so that it can fail without touching its
neighbours. The last of those that were waiting commits for all, and each leaves its block only then:
one flush to disk serves many, and nobody is told "saved" before it is on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from storage.inline import InlineSession

MOST_TOGETHER = 64
"""Transactions in one commit at the most, so that the first does not wait for a long queue."""


class _Batch:
    """Transactions that share a commit; `committed` is done when it is on disk, or failed with it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.size = 0
        self.committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # A batch whose members all failed has nobody waiting: its own failure is then nobody's news.
        self.committed.add_done_callback(lambda future: future.cancelled() or future.exception())

    def conclude(self, committing: asyncio.Future[None]) -> None:
        """Tell those who wait how the commit went."""
        if committing.cancelled():
            self.committed.cancel()
        elif error := committing.exception():
            self.committed.set_exception(error)
        else:
            self.committed.set_result(None)


class GroupCommitWriter:
    """Hands out transactions one at a time and commits those that queued up together."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._batch: _Batch | None = None
        self._seeing_to_it: asyncio.Future[None] | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction; leaving the block returns after the commit is durable.

        Raises what the block raised (its own work undone, its neighbours' kept), or what the commit did.
        """
        self._waiting += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            # Whoever was before may have left the commit to us.
            self._seeing_to_it = asyncio.ensure_future(self._commit_what_was_left())
            raise
        finally:
            self._waiting -= 1
        batch = await self._join()
        try:
            with _savepoint(batch.connection) as session:
                yield session
        finally:
            self._leave(batch)
        await asyncio.shield(batch.committed)

    async def close(self) -> None:
        """Wait until whatever is being written is on disk."""
        async with self._turn:
            pass

    async def _join(self) -> _Batch:
        """The batch at hand, or a new one. Gives the turn back when none can be opened."""
        if self._batch is None:
            opening = asyncio.ensure_future(_open(self._engine))
            try:
                self._batch = await asyncio.shield(opening)
            finally:
                # Who gave up waiting for the lock must not leave it half taken by a thread.
                if self._batch is None:
                    opening.add_done_callback(self._give_back)
        self._batch.size += 1
        return self._batch

    async def _commit_what_was_left(self) -> None:
        await self._turn.acquire()
        if self._batch is None:
            self._turn.release()
        else:
            self._leave(self._batch)

    def _leave(self, batch: _Batch) -> None:
        """Commit when nobody else is waiting, or the batch is full; the turn is free after that."""
        if self._waiting and batch.size < MOST_TOGETHER and _stands(batch.connection):
            self._turn.release()
            return
        self._batch = None
        committing = asyncio.ensure_future(_commit(batch.connection))
        committing.add_done_callback(batch.conclude)
        committing.add_done_callback(lambda _: self._turn.release())

    def _give_back(self, opening: asyncio.Future[_Batch]) -> None:
        if opening.cancelled() or opening.exception():
            self._turn.release()
        else:
            closing = asyncio.ensure_future(opening.result().connection.close())
            closing.add_done_callback(lambda _: self._turn.release())


async def _open(engine: AsyncEngine) -> _Batch:
    """Take the write lock, in a thread: another process may hold it for a while."""
    connection = await engine.connect()
    batch = _Batch(connection)
    try:
        await _in_thread(_sync(connection).begin)
    except BaseException:
        await connection.close()
        raise
    return batch


async def _commit(connection: AsyncConnection) -> None:
    """Commit in a thread: the disk takes its time. Raises ConnectionError when there is nothing to commit."""
    try:
        if not _stands(connection):
            raise ConnectionError("SQLite undid the whole transaction, as it does when the disk is full")
        await _in_thread(_sync(connection).commit)
    finally:
        await connection.close()


async def _in_thread(work: Callable[[], object]) -> None:
    """Do this in a thread, and see it end: whoever is cancelled meanwhile must not close what it works on.

    A task for it, as `asyncio.to_thread` makes one, would be cancelled with everything else when a loop ends.
    """
    working = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait({working})
        raise


def _sync(connection: AsyncConnection) -> Connection:
    if connection.sync_connection is None:
        raise ConnectionError("the writer's connection is closed")
    return connection.sync_connection


def _stands(connection: AsyncConnection) -> bool:
    """Whether the shared transaction is still open: after some failures SQLite undoes all of it by itself."""
    inside: bool = _sync(connection).connection.dbapi_connection.in_transaction  # type: ignore[union-attr]  # sqlite3's
    return inside


@contextmanager
def _savepoint(connection: AsyncConnection) -> Iterator[AsyncSession]:
    """A session inside a savepoint of the shared transaction: kept when the block ends, else undone.

    The savepoint is set on the driver's own cursor: through SQLAlchemy it costs as much as three
    statements.
    """
    inner = _sync(connection)
    cursor = inner.connection.cursor()
    cursor.execute("SAVEPOINT one")
    try:
        session = InlineSession(connection, inner)
        try:
            yield session
            # One whose statements were all prepared holds nothing.
            if session.is_made:
                session.sync_session.flush()
        finally:
            if session.is_made and session.sync_session.in_transaction():
                session.sync_session.close()
    except BaseException:
        if _stands(connection):
            cursor.execute("ROLLBACK TO one")
        raise
    finally:
        if _stands(connection):
            cursor.execute("RELEASE one")
        cursor.close()
