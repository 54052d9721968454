"""Whether a database takes what is written, and whether the keys still open what is secret in it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, false, select, text, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.encryption import Keyring, opens
from storage.rekeying import secret_columns
from storage.tables import WorkspaceRow

SAMPLE = 20
"""Secrets of each column that are tried, the latest ones: with a key that is gone none opens."""

_SILENT = text(
    "SELECT extract(epoch FROM now() - max(last_heartbeat))::double precision FROM procrastinate_workers"
)


async def try_writing(session: AsyncSession) -> None:
    """Write nothing, in a way that only a database which can be written to allows.

    Raises sqlalchemy.exc.SQLAlchemyError with the database's reason.
    """
    await session.execute(update(WorkspaceRow).where(false()).values(name=WorkspaceRow.name))


async def workers_silent(session: AsyncSession) -> float | None:
    """Seconds since the last heartbeat of any process that works, by the server's clock; None without any.

    PostgreSQL alone: on SQLite nobody but the process that works knows.
    """
    silent: float | None = (await session.execute(_SILENT)).scalar_one()
    return silent


async def unreadable(session: AsyncSession, keyring: Keyring) -> tuple[str, ...]:
    """The columns ("customers.contact") in which a secret opens with none of the keys."""
    return tuple(
        [
            f"{table.name}.{column.name}"
            for table, column in secret_columns()
            if not all(
                opens(keyring, bytes(secret))
                for secret in (
                    await session.execute(
                        select(type_coerce(column, LargeBinary()))
                        .where(column.is_not(None))
                        .order_by(*(key.desc() for key in table.primary_key.columns))
                        .limit(SAMPLE)
                    )
                ).scalars()
            )
        ]
    )
