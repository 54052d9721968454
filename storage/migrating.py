"""Bringing a database's schema to the version that the running code wants."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from storage.database import database_file
from storage.places import make_file, make_room
from storage.versions import CONNECT_SECONDS, sync_url
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One revision of the chain: its number and what it brought, in a line."""

    number: str
    brought: str


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url` to `revision`; makes an embedded one's folder and file, for us alone."""
    file = database_file(url)
    if file:
        make_room(file)
        make_file(file)
    command.upgrade(configuration(url), revision)


def migrate_down(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision` ("base" for nothing at all)."""
    command.downgrade(configuration(url), revision)


def chain(url: str) -> tuple[Link, ...]:
    """Every revision that this code knows, the newest first."""
    found = ScriptDirectory.from_config(configuration(url)).walk_revisions()
    return tuple(Link(number=one.revision, brought=one.doc) for one in found)


def others_connected(url: str) -> int:
    """How many others of the same user have a connection to this database; 0 for an embedded one."""
    if database_file(url):
        return 0
    engine = create_engine(sync_url(url), connect_args={"connect_timeout": CONNECT_SECONDS})
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND usename = current_user AND pid <> pg_backend_pid()"
    )
    try:
        with engine.connect() as connection:
            return int(connection.execute(query).scalar_one())
    finally:
        engine.dispose()


def configuration(url: str) -> Config:
    """Alembic's configuration for this database; there is no file of it."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.set_main_option("sqlalchemy.url", sync_url(url).replace("%", "%%"))
    return config
