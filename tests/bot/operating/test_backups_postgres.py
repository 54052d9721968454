"""docs/backup.md on PostgreSQL: what the page says to type is typed, and what was kept is there again."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import select

from storage import customers, workspaces
from storage.database import open_database
from storage.deliveries import Post, plan
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from storage.tables import CustomerRow
from storage.tables_posts import DeliveryRow
from storage.versions import is_current
from tests.conftest import NOW, WORKSPACE
from tests.postgres import hasty_postgres, tools
from tests.test_house import ROOT

PAGE = (ROOT / "docs" / "backup.md").read_text("utf-8").split("\n## PostgreSQL\n")[1]
(TYPED,) = re.findall(r"```sh\n(pg_dump .*?)```", PAGE, re.DOTALL)
(WAITING,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
KEYRING = Keyring([new_key()])


@pytest.fixture
def server_url(run_folder: Path) -> Iterator[str]:
    """A database as one has it in operation."""
    with hasty_postgres(run_folder, migrated=True) as url:
        yield url


async def fill(url: str) -> None:
    """A customer with something secret, and a post that waits."""
    database = open_database(url, KEYRING)
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="", installed_by=None, now=NOW)
        await customers.create(
            session, WORKSPACE, name="Nia", alias="", company="", segment="", created_by="U1", now=NOW,
            contact="nia@example.com",
        )  # fmt: skip
        post = Post(channel_id="C1", kind="share", slot_key="s", payload={"text": ""}, asked_by="U1")
        await plan(session, WORKSPACE, post, now=NOW)
    await database.close()


async def in_a_shell(lines: str, folder: Path, url: str) -> None:
    """Type this where the server is at hand, as `psql` finds it."""
    server = conninfo_to_dict(url)
    own = {"PGHOST": str(server["host"]), "PGUSER": str(server["user"]), "DATABASE_URL": url}
    path = f"{tools()}{os.pathsep}{os.environ['PATH']}"
    shell = await asyncio.create_subprocess_exec(
        "sh", "-euc", lines, cwd=folder, env={**os.environ, **own, "PATH": path},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await shell.communicate()
    assert shell.returncode == 0, said.decode()


async def test_what_the_page_says_brings_back_everything_and_makes_no_post_twice(
    server_url: str, tmp_path: Path
) -> None:
    await fill(server_url)
    name = f"restored_{uuid4().hex[:12]}"
    *typed, last = TYPED.replace("firsthand_restored", name).strip().splitlines()
    assert last.endswith(f"/{name} firsthand migrate")
    await in_a_shell("\n".join(typed), tmp_path, server_url)
    restored = server_url.replace(str(conninfo_to_dict(server_url)["dbname"]), name)
    try:
        await asyncio.to_thread(migrate, restored)
        with psycopg.connect(restored) as connection:
            connection.execute(WAITING.encode())
        assert is_current(restored)
        database = open_database(restored, KEYRING)
        async with database.read() as session:
            assert (await session.scalars(select(CustomerRow.contact))).all() == ["nia@example.com"]
            (post,) = (await session.scalars(select(DeliveryRow))).all()
        await database.close()
        assert (post.state, post.owner) == ("sending", "restore"), "it is looked for before it is made"
    finally:
        await in_a_shell(f"dropdb --force {name}", tmp_path, server_url)
