"""The end of a write-up: stored once, told or kept, however often it is sent. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.interview_fields import filled_in
from bot.interview_stories import as_story, being_edited, source_of
from bot.interview_views import became, ending, known_customer, to_look_at_again, undone, view_at
from bot.interviewing import check_own, sent_before
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.visitors import Visitor
from storage import audit, drafts, interviews
from storage.drafts import Draft
from stories.consent import Purpose
from stories.errors import UserError
from stories.forms import Step, level_of
from stories.language import _
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
    draft = replace(draft, form=filled_in(draft.form, Step.PREVIEW, view))
    missing = await undone(session, who, place, draft.form)
    if missing is not None:
        raise Undone(missing)
    if publish and to_look_at_again(place, draft.form, await known_customer(session, who, draft.form), who):
        raise Undone(await view_at(session, who, place, draft.form, notice=_changed_meanwhile()))
    if draft.interview_id is None:
        return await _begin(session, who, draft, publish=publish), draft
    return await became(session, who, await _change(session, who, draft, publish=publish)), draft


def _changed_meanwhile() -> str:
    return _("This isn’t what you looked at before. Please look at it once more, then publish it.")


async def _begin(session: AsyncSession, who: Visitor, draft: Draft, *, publish: bool) -> Block:
    """Store a new write-up; what became of it is told from memory, since nobody else can know it yet."""
    form, level = draft.form, level_of(draft.form)
    told = publish and level is not Purpose.NOT_SHARED
    story_id = await interviews.store_new(
        session,
        who.workspace_id,
        form,
        source_key=source_of(draft.id),
        author_id=who.user_id,
        now=who.now,
        state=StoryState.PUBLISHED if told else StoryState.KEPT,
    )
    known = await known_customer(session, who, form)
    if form.customer_id is not None:
        await publishing.follow_customer(
            session, who.workspace_id, form.customer_id, but=story_id, now=who.now
        )
    story = as_story(form, known, author_id=who.user_id, now=who.now)
    state = StoryState.PUBLISHED if told else StoryState.KEPT
    story = replace(story, id=story_id, state=state, published_at=who.now if told else None)
    if told:
        await publishing.file_new(session, who.workspace_id, story, level)
    await _note(session, who, "publish" if told else "store", story_id)
    return await ending(session, who, story, level)


async def _change(session: AsyncSession, who: Visitor, draft: Draft, *, publish: bool) -> int:
    stored = await being_edited(session, who.workspace_id, draft)
    if stored is None:
        raise UserError(_("This story isn’t here any more: it or its customer was removed."))
    await interviews.change(
        session, who.workspace_id, stored.interview.id, draft.form, by=who.user_id, now=who.now
    )
    await _note(session, who, "edit", stored.id)
    told = publish and level_of(draft.form) is not Purpose.NOT_SHARED
    if told and stored.state in (StoryState.KEPT, StoryState.WITHDRAWN):
        await publishing.publish(session, who.workspace_id, stored.id, by=who.user_id, now=who.now)
    # Also after publishing: the customer's other stories follow what was changed about them.
    await publishing.follow_edit(session, who.workspace_id, stored.id, by=who.user_id, now=who.now)
    return stored.id


async def _note(session: AsyncSession, who: Visitor, act: str, story_id: int) -> None:
    entry = audit.Entry(
        at=who.now, actor_id=who.user_id, act=act, object_kind="story", object_id=str(story_id)
    )
    await audit.note(session, who.workspace_id, entry)
