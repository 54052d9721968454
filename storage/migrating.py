"""Bringing a database's schema to the version that the running code wants."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from storage.database import async_url, database_file


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url` to `revision`; makes an embedded one's folder and file."""
    file = database_file(url)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(configuration(url), revision)


def migrate_down(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision` ("base" for nothing at all)."""
    command.downgrade(configuration(url), revision)


def is_current(url: str) -> bool:
    """Whether the database's schema is the one that this code was written for."""
    engine = create_engine(_sync(url))
    with engine.connect() as connection:
        stands = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return stands == ScriptDirectory.from_config(configuration(url)).get_current_head()


def configuration(url: str) -> Config:
    """Alembic's configuration for this database; there is no file of it."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.set_main_option("sqlalchemy.url", _sync(url).replace("%", "%%"))
    return config


def _sync(url: str) -> str:
    """The same address for a driver that blocks: migrations run alone."""
    parsed = async_url(url)
    driver = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver).render_as_string(hide_password=False)
