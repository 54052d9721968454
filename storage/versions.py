"""Which version of the schema a database has, found out without the tool that changes it."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import async_url, database_file

_DIGITS = 4

CONNECT_SECONDS = 2
"""How long a server has to take a connection."""


_FOUND = text("SELECT version_num FROM alembic_version")


def is_current(url: str) -> bool:
    """Whether the database's schema is the one that this code was written for."""
    return current(url) == newest()


def current(url: str) -> str | None:
    """The number of the revision that the database has; None where nothing was ever made in it."""
    # A server that swallows what is sent to it is as good as away.
    patience = {} if database_file(url) else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(sync_url(url), connect_args=patience)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(_FOUND).scalar_one_or_none()
    finally:
        engine.dispose()


async def found(session: AsyncSession) -> str | None:
    """The same of a database that is open; None where nothing is in it any more.

    Raises sqlalchemy.exc.SQLAlchemyError where nothing was ever made in it.
    """
    return (await session.execute(_FOUND)).scalar_one_or_none()


def newest() -> str:
    """The number of the last revision, by the names of their files ("0005_avatars.py")."""
    names = (page.name for page in files("migrations").joinpath("versions").iterdir())
    return max(name[:_DIGITS] for name in names if name[:_DIGITS].isdigit())


def sync_url(url: str) -> str:
    """The same address for a driver that blocks: whoever looks or migrates does so alone."""
    parsed = async_url(url)
    driver = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver).render_as_string(hide_password=False)
