"""Stories whose customers agreed to be quoted, in a database of the test's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import publishing
from storage import interviews, stories
from storage.database import Database
from stories.forms import Form
from tests.bot.stories.conftest import BAKER, House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["House", "house"]

QUOTABLE = replace(BAKER, agreed=("quoted_by_avatar",))
NURSE = replace(
    QUOTABLE,
    name="Nia Prothero",
    alias="the nurse from Cardiff",
    company="",
    segment="clinics",
    title="Paper on every ward",
    quotes=("I would pay for fewer passwords, honestly.", "Paper never asks me to log in."),
)


async def told(database: Database, form: Form = QUOTABLE, *, now: datetime = NOW, key: str = "") -> int:
    """A published story; its id."""
    async with database.begin() as session:
        story_id = await interviews.store(
            session, WORKSPACE, form, source_key=key or form.title, author_id="U1", now=now
        )
        await publishing.publish(session, WORKSPACE, story_id, by="U1", now=now)
    return story_id


async def edited(database: Database, story_id: int, form: Form, *, now: datetime) -> None:
    """A story changed by its author, and everything follows."""
    async with database.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        known = replace(form, customer_id=story.interview.customer.id)
        await interviews.change(session, WORKSPACE, story.interview.id, known, by="U1", now=now)
        await publishing.follow_edit(session, WORKSPACE, story_id, by="U1", now=now)
