"""Bringing a database's schema to the version that the running code wants."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config

from storage.database import database_file
from storage.versions import sync_url


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url` to `revision`; makes an embedded one's folder and file."""
    file = database_file(url)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(configuration(url), revision)


def migrate_down(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision` ("base" for nothing at all)."""
    command.downgrade(configuration(url), revision)


def configuration(url: str) -> Config:
    """Alembic's configuration for this database; there is no file of it."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.set_main_option("sqlalchemy.url", sync_url(url).replace("%", "%%"))
    return config
