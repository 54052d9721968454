"""A conversation that somebody wants: the write-up for it is begun, and whoever is to have it hears of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.colleagues import Colleague
from bot.desk import Desk
from bot.messages import wanted as words
from storage import draft_notes, drafts, wanted_talks
from storage.attention import Unasked
from storage.wanted_talks import NewTalk
from stories.attention import TALK_WANTED
from stories.forms import LONGEST, Form, Step
from stories.text import shortened
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be asked, of which kind of customer (any: empty), by whom and until when."""

    question: str
    segment: str
    asked_by: str
    owner: Colleague
    due_on: date | None
    project_id: int | None


async def want(session: AsyncSession, workspace_id: str, wanted: Wanted, desk: Desk) -> int:
    """Begin the write-up that waits for the talk, and have a colleague hear that it is theirs; its id.

    The outbox wants waking after the commit.
    """
    now, owner = desk.now(), wanted.owner.user_id
    title = shortened(wanted.question, LONGEST["title"])
    form = Form(segment=shortened(wanted.segment, LONGEST["segment"]), title=title)
    draft_id = await drafts.begin(session, workspace_id, owner, form, now=now, step=Step.WHO.value)
    await draft_notes.keep(session, workspace_id, draft_id, "wanted", words.note(wanted.question))
    new = NewTalk(
        question=wanted.question,
        segment=wanted.segment,
        asked_by=wanted.asked_by,
        owner_id=owner,
        due_on=wanted.due_on,
        draft_id=draft_id,
        project_id=wanted.project_id,
    )
    wanted_talk_id = await wanted_talks.plan(session, workspace_id, new, now=now)
    if owner != wanted.asked_by:
        slot = f"{TALK_WANTED}:{wanted_talk_id}"
        what = Unasked(place=owner, kind=TALK_WANTED, slot_key=slot, about={"talk": wanted_talk_id})
        await attention.offer(session, workspace_id, what, now=now, zone=wanted.owner.time_zone)
    return wanted_talk_id
