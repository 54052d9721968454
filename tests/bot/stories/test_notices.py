"""Private notes follow the story they speak of: taken back, hidden, put back, called something else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices, publishing
from bot.messages import follow_up, reacting, reports
from bot.messages.follow_up import Due
from bot.restating import thanked
from storage import follow_ups, interviews, posted, reactions, stories
from storage.database import Database
from storage.tables_posts import DeliveryRow, DeliverySubjectRow
from stories.story import Reaction, StoryState
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

TAKEN_BACK = "This was about a customer’s story that was taken back."
OUT_OF_SIGHT = "This was about a customer’s story that is out of sight while an editor looks at it."
AUTHOR, READER, EDITOR = "UAUTHOR", "UREADER", "UEDITOR"
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class Told:
    """A published story with what readers made of it, in one transaction that a test goes on with."""

    session: AsyncSession
    story: int

    async def notes(self) -> dict[str, dict[str, Any]]:
        """What every note says in the end, by its slot."""
        rows = await self.session.execute(select(DeliveryRow).where(DeliveryRow.kind == "notice"))
        said = {row.slot_key: await posted.says(self.session, WORKSPACE, row.id) for row in rows.scalars()}
        return {slot: payload for slot, payload in said.items() if payload}

    async def plan(self, to: str, slot: str, payload: dict[str, Any]) -> None:
        await notices.plan(self.session, WORKSPACE, to, slot, payload, about={self.story}, now=NOW)

    async def report(self) -> int:
        number = await reactions.report(
            self.session, WORKSPACE, self.story, reporter_id=READER, reason="Too much of her", now=NOW
        )
        await publishing.withdraw(
            self.session, WORKSPACE, self.story, by=READER, now=NOW, state=StoryState.HIDDEN
        )
        for user, part in ((AUTHOR, "author"), (EDITOR, "editor")):
            note = reports.author_note(title=BAKER.title, reason="Too much of her", story_id=self.story)
            await self.plan(user, f"report:{number}:{part}", note)
        return number


@pytest.fixture
async def told(database: Database) -> AsyncIterator[Told]:
    """A story under which somebody acts, said thank you, and has been reminded."""
    async with database.begin() as session:
        story = await interviews.store(session, WORKSPACE, BAKER, source_key="s", author_id=AUTHOR, now=NOW)
        await publishing.publish(session, WORKSPACE, story, by=AUTHOR, now=NOW)
        known = await stories.get(session, WORKSPACE, story)
        assert known is not None
        told = Told(session, story)
        task = await follow_ups.take_on(
            session, WORKSPACE, known.interview.id, kind=follow_ups.ACT, owner_id=READER,
            what="Call her", due_on=date(2026, 11, 20), now=NOW,
        )  # fmt: skip
        acting = reacting.acting_note(
            reader=READER, title=BAKER.title, what="Call her", due_on=date(2026, 11, 20), story_id=story
        )
        await told.plan(AUTHOR, f"act:{story}:{READER}", acting)
        due = follow_up.reminder(Due(follow_up_id=task, what="Call her", about=BAKER.title, promised=False))
        await told.plan(READER, f"remind:{task}:2026-11-20", due)
        await reactions.react(
            session, WORKSPACE, story, READER, Reaction.THANKS, channel_id=None, now=NOW + timedelta(hours=1)
        )
        thanks, _about = await thanked(session, WORKSPACE, AUTHOR, [NOW.date()], BERLIN, NOW)
        await told.plan(AUTHOR, f"thanks:{NOW.date()}:Europe/Berlin", thanks)
        yield told


def slots(notes: dict[str, dict[str, Any]], words: str) -> set[str]:
    return {slot.partition(":")[0] for slot, payload in notes.items() if words in str(payload)}


async def test_a_story_taken_back_leaves_every_note_and_comes_back_with_it(told: Told) -> None:
    assert slots(await told.notes(), BAKER.title) == {"act", "remind", "thanks"}
    before = await told.notes()
    await publishing.withdraw(told.session, WORKSPACE, told.story, by=AUTHOR, now=NOW)
    notes = await told.notes()
    assert slots(notes, BAKER.title) == set()
    assert slots(notes, TAKEN_BACK) == {"act"}
    assert slots(notes, "Call her") == {"remind"}, "what somebody said they would do is theirs"
    assert slots(notes, "A story that isn’t shown any more: ") == {"thanks"}
    await publishing.publish(told.session, WORKSPACE, told.story, by=AUTHOR, now=NOW)
    assert await told.notes() == before


async def test_notes_follow_a_new_title(told: Told) -> None:
    known = await stories.get(told.session, WORKSPACE, told.story)
    assert known is not None
    form = replace(BAKER, title="Flour on the screen")
    await interviews.change(told.session, WORKSPACE, known.interview.id, form, by=AUTHOR, now=NOW)
    await publishing.follow_edit(told.session, WORKSPACE, told.story, by=AUTHOR, now=NOW)
    notes = await told.notes()
    assert slots(notes, BAKER.title) == set()
    assert slots(notes, "Flour on the screen") == {"act", "remind", "thanks"}


async def test_what_was_done_is_told_and_taken_back_like_the_rest(told: Told) -> None:
    (task,) = await follow_ups.open_of(told.session, WORKSPACE, READER)
    note = follow_up.came_of_it(who=READER, title=BAKER.title, what=task.what, story_id=told.story)
    await told.plan(AUTHOR, f"done:{task.id}", note)
    assert slots(await told.notes(), BAKER.title) == {"act", "remind", "thanks", "done"}
    await publishing.withdraw(told.session, WORKSPACE, told.story, by=AUTHOR, now=NOW)
    assert slots(await told.notes(), TAKEN_BACK) == {"act", "done"}


async def test_a_report_is_still_asked_about_while_the_story_is_hidden(told: Told) -> None:
    number = await told.report()
    notes = await told.notes()
    assert slots(notes, OUT_OF_SIGHT) == {"act"}
    assert slots(notes, BAKER.title) == {"report"}
    assert "report_put_back" in str(notes[f"report:{number}:editor"])


async def test_what_an_editor_decided_stands_for_every_editor_and_goes_with_the_story(told: Told) -> None:
    number = await told.report()
    await reactions.settle(told.session, WORKSPACE, told.story, by=EDITOR, outcome="put_back", now=NOW)
    await publishing.publish(told.session, WORKSPACE, told.story, by=EDITOR, now=NOW, settled=True)
    said = reports.settled_note("put_back_reporter", title=BAKER.title, by=EDITOR)
    await told.plan(READER, f"settled:{number}:reporter", said)
    notes = await told.notes()
    assert "report_put_back" not in str(notes[f"report:{number}:editor"])
    assert slots(notes, BAKER.title) == {"act", "remind", "thanks", "report", "settled"}
    await publishing.withdraw(told.session, WORKSPACE, told.story, by=AUTHOR, now=NOW)
    notes = await told.notes()
    assert slots(notes, BAKER.title) == set()
    assert slots(notes, TAKEN_BACK) == {"act", "report", "settled"}


async def test_a_note_planned_for_a_story_that_was_just_taken_back_says_nothing_of_it(told: Told) -> None:
    await stories.take_back(told.session, WORKSPACE, told.story, state=StoryState.WITHDRAWN)
    note = reacting.acting_note(
        reader=READER, title=BAKER.title, what="Call her", due_on=None, story_id=told.story
    )
    await told.plan(AUTHOR, f"act:{told.story}:UOTHER", note)
    assert TAKEN_BACK in str((await told.notes())[f"act:{told.story}:UOTHER"])


async def test_consent_and_erasure_find_notes_by_their_customer(told: Told) -> None:
    rows = await told.session.execute(select(DeliverySubjectRow.delivery_id).distinct())
    notes = await told.session.execute(select(DeliveryRow.id).where(DeliveryRow.kind == "notice"))
    assert set(rows.scalars()) == set(notes.scalars())
