"""The end of a write-up: stored once, told or kept, however often it is sent. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.interview_stories import being_edited, source_of
from bot.interview_views import Visitor, became, undone
from bot.interviewing import check_own, sent_before
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from storage import audit, drafts, interviews
from storage.drafts import Draft
from stories.consent import Purpose
from stories.forms import level_of
from stories.story import StoryState


class Undone(Exception):
    """Something is still missing; `view` is the step where, and says what. The transaction is to fail."""

    def __init__(self, view: Block) -> None:
        super().__init__("a write-up is not complete")
        self.view = view


async def finish(
    session: AsyncSession, who: Visitor, view: Mapping[str, Any], *, publish: bool
) -> tuple[Block, Draft | None]:
    """Store a write-up and answer with what became of it, and the draft it was until now.

    `publish` asks for telling it, which consent may not allow: then it is kept. A draft that was sent
    before is left alone and answered the same, with None. Raises Undone when something is missing.
    """
    place = Place.of(view)
    draft = await drafts.take(session, who.workspace_id, place.draft_id)
    if draft is None:
        return await sent_before(session, who, place), None
    check_own(who, draft)
    missing = await undone(session, who, place, draft.form)
    if missing is not None:
        raise Undone(missing)
    story_id = await _store(session, who, draft, publish=publish)
    return await became(session, who, story_id), draft


async def _store(session: AsyncSession, who: Visitor, draft: Draft, *, publish: bool) -> int:
    stored = await being_edited(session, who.workspace_id, draft)
    told = publish and level_of(draft.form) is not Purpose.NOT_SHARED
    if stored is None:
        story_id = await interviews.store_new(
            session,
            who.workspace_id,
            draft.form,
            source_key=source_of(draft.id),
            author_id=who.user_id,
            now=who.now,
        )
    else:
        story_id = stored.id
        await interviews.change(
            session, who.workspace_id, stored.interview.id, draft.form, by=who.user_id, now=who.now
        )
    await _note(session, who, "store" if stored is None else "edit", story_id)
    if told and (stored is None or stored.state in (StoryState.KEPT, StoryState.WITHDRAWN)):
        await publishing.publish(session, who.workspace_id, story_id, by=who.user_id, now=who.now)
    elif stored is not None:
        await publishing.follow_edit(session, who.workspace_id, story_id, by=who.user_id, now=who.now)
    return story_id


async def _note(session: AsyncSession, who: Visitor, act: str, story_id: int) -> None:
    entry = audit.Entry(
        at=who.now, actor_id=who.user_id, act=act, object_kind="story", object_id=str(story_id)
    )
    await audit.note(session, who.workspace_id, entry)
