"""Under what a write-up is found once it is published, as the last button files it."""

from __future__ import annotations

from sqlalchemy import text

from bot.interview_finish import finish
from bot.interview_views import view_at
from bot.messages.interview_frame import Place
from bot.visitors import Visitor
from storage import drafts
from storage.database import Database
from stories.forms import Form, Step
from tests.conftest import NOW, WORKSPACE

FORM = Form(
    name="Marta Ortega",
    alias="the clerk",
    segment="bakeries",
    talked_on="2026-01-05",
    how="call",
    trying_to="Pay everybody by noon.",
    happened="The file was refused three times.",
    quotes=("By hand, at midnight.",),
    themes=("marta ortega", "wages"),
    sharing="without_name",
)


async def test_a_theme_that_gives_a_name_away_is_no_topic_for_others(database: Database) -> None:
    who = Visitor(
        workspace_id=WORKSPACE, user_id="U1", now=NOW, today=NOW.date(), channel_command="/firsthand"
    )
    async with database.step() as session:
        draft = await drafts.begin(session, WORKSPACE, "U1", FORM, now=NOW)
        view = await view_at(session, who, Place(draft_id=draft, step=Step.PREVIEW), FORM)
        done, _was = await finish(session, who, view, publish=True)
        topics = (await session.execute(text("SELECT topic FROM story_topics ORDER BY topic"))).scalars()
        assert "is published" in str(done)
        assert list(topics) == ["segment:bakeries", "theme:wages"]
