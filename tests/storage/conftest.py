"""Both databases, each with two workspaces."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring
from tests.conftest import NOW, WORKSPACE
from tests.postgres import hasty_postgres

OTHER = "T0OTHER"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, run_folder: Path) -> Iterator[str]:
    """A migrated database of either kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database_url")
        return
    with hasty_postgres(run_folder, migrated=True) as url:
        yield url


@pytest.fixture
async def either(any_url: str, keyring: Keyring) -> AsyncIterator[Database]:
    """An open database of either kind that knows two workspaces."""
    opened = open_database(any_url, keyring)
    async with opened.begin() as session:
        for workspace_id in (WORKSPACE, OTHER):
            await workspaces.ensure(session, workspace_id, name="", installed_by=None, now=NOW)
    yield opened
    await opened.close()
