"""An editor's yes from before it stood beside the story is found in the audit log."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from storage import audit, interviews, moderation
from storage.database import Database
from storage.versions import sync_url
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

ACTS = {
    "kept": ("approve",),
    "edited": ("approve", "edit"),
    "approved again": ("approve", "edit", "approve"),
    "never approved": (),
}


async def test_approvals_in_the_log_hold_for_the_words_that_they_were_given_to(
    database: Database, database_url: str
) -> None:
    made = {}
    async with database.begin() as session:
        for key, acts in ACTS.items():
            made[key] = await interviews.store(
                session, WORKSPACE, BAKER, source_key=key, author_id="U1", now=NOW
            )
            await moderation.label(session, WORKSPACE, made[key], account_only=False, not_before=None)
            for later, act in enumerate(acts):
                entry = audit.Entry(
                    at=NOW + timedelta(minutes=later),
                    actor_id="U0EDITOR",
                    act=act,
                    object_kind="story",
                    object_id=str(made[key]),
                )
                await audit.note(session, WORKSPACE, entry)
    engine = create_engine(sync_url(database_url))
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        import_module("migrations.versions.0016_trust_again").put_approvals()
    engine.dispose()
    async with database.read() as session:
        stand = await moderation.some(session, WORKSPACE, list(made.values()))
    assert {key: stand[story_id].approved_by for key, story_id in made.items()} == {
        "kept": "U0EDITOR",
        "edited": "",
        "approved again": "U0EDITOR",
        "never approved": "",
    }
