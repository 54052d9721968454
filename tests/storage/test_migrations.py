"""Every revision goes up and down, and what stands is what the models say; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from storage.migrating import configuration, migrate, migrate_down
from storage.versions import is_current, newest
from tests.postgres import hasty_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, run_folder: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.sqlite3"
        return
    with hasty_postgres(run_folder, migrated=False) as url:
        yield url


def tables(url: str) -> set[str]:
    engine = create_engine(configuration(url).get_main_option("sqlalchemy.url") or "")
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_up_gives_what_the_models_say_and_down_leaves_nothing(empty_url: str) -> None:
    migrate(empty_url)
    assert is_current(empty_url)
    assert newest() == ScriptDirectory.from_config(configuration(empty_url)).get_current_head()
    command.check(configuration(empty_url))
    assert {"stories", "deliveries", "consents", "story_words"} <= tables(empty_url)
    migrate_down(empty_url, "base")
    assert not is_current(empty_url)
    assert tables(empty_url) <= {"alembic_version", "sqlite_sequence"}
    migrate(empty_url)
    migrate(empty_url)
    assert is_current(empty_url)
