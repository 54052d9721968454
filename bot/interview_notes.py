"""What is written in a draft's thread: kept message by message, then laid into the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.interview_stories import being_edited
from bot.interview_views import view_at
from bot.interviewing import own_draft, sent_before
from bot.messages.blocks import Block
from bot.messages.interview_frame import STEPS, Place
from bot.visitors import Visitor
from storage import draft_notes, drafts, rota_threads
from storage.drafts import Draft
from stories.forms import Form, Step
from stories.mrkdwn import as_typed
from stories.values import dataclass


class What(StrEnum):
    """What happened to a message."""

    WRITTEN = "written"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A person's message in a direct-message thread; `text` as they typed it, empty when deleted."""

    channel_id: str
    thread_ts: str
    ts: str
    user_id: str
    text: str
    what: What
    has_files: bool = False


def reply_of(event: Mapping[str, Any]) -> Reply | None:
    """The reply that a message event tells of; None for all other messages."""
    subtype = event.get("subtype")
    if subtype == "message_changed":
        message, what = event["message"], What.CHANGED
    elif subtype == "message_deleted":
        message, what = event.get("previous_message") or {}, What.DELETED
    elif subtype in (None, "file_share", "thread_broadcast"):
        message, what = event, What.WRITTEN
    else:
        return None
    thread, ts = message.get("thread_ts"), message.get("ts")
    own = event.get("channel_type") == "im" and not message.get("bot_id") and message.get("user")
    if not own or not thread or thread == ts:
        return None
    return Reply(
        channel_id=event["channel"],
        thread_ts=thread,
        ts=ts,
        user_id=message["user"],
        text="" if what is What.DELETED else as_typed(message.get("text") or ""),
        what=what,
        has_files=bool(message.get("files")),
    )


async def take_in(session: AsyncSession, workspace_id: str, reply: Reply) -> str:
    """Have the draft of this thread follow; the note to answer with, empty for none.

    The same message told twice changes nothing. Replies in other threads, or by others, are left alone.
    """
    draft = await drafts.of_thread(session, workspace_id, reply.channel_id, reply.thread_ts)
    draft = draft or await _under_a_guide(session, workspace_id, reply)
    if draft is None or draft.author_id != reply.user_id:
        return ""
    if reply.what is What.DELETED:
        await draft_notes.remove(session, workspace_id, draft.id, reply.ts)
        return ""
    if reply.what is What.CHANGED:
        await draft_notes.rewrite(session, workspace_id, draft.id, reply.ts, reply.text)
        return ""
    if not reply.text:
        return "only_text" if reply.has_files else ""
    first = not await draft_notes.whole(session, workspace_id, draft.id)
    new = await draft_notes.keep(session, workspace_id, draft.id, reply.ts, reply.text)
    return "kept" if first and new else ""


async def _under_a_guide(session: AsyncSession, workspace_id: str, reply: Reply) -> Draft | None:
    """The draft of the talk whose guide somebody replied to: from now on this is its thread."""
    place = (reply.channel_id, reply.thread_ts)
    draft_id = await rota_threads.draft_of(session, workspace_id, reply.user_id, *place)
    if draft_id is None:
        return None
    channel_id, thread_ts = place
    await drafts.move_to_thread(session, workspace_id, draft_id, channel_id=channel_id, thread_ts=thread_ts)
    return await drafts.get(session, workspace_id, draft_id)


async def continue_in_form(
    session: AsyncSession,
    who: Visitor,
    draft_id: int,
    replies: Iterable[Reply],
    *,
    thread: tuple[str, str],
) -> Block:
    """The form with what the thread says in it; `replies` are what stands there now, as far as Slack told.

    Fields that somebody has seen in the form and sent on are theirs: only empty ones are filled then.
    """
    draft = await own_draft(session, who, draft_id)
    if draft is None:
        return await sent_before(session, who, Place(draft_id=draft_id, step=Step.WHO))
    channel, root = thread
    if draft.thread_ts != root:
        await drafts.move_to_thread(session, who.workspace_id, draft_id, channel_id=channel, thread_ts=root)
    for reply in replies:
        if reply.text:
            await draft_notes.rewrite(session, who.workspace_id, draft_id, reply.ts, reply.text)
    notes = await draft_notes.whole(session, who.workspace_id, draft_id)
    step = Step(draft.step) if draft.step else Step.WHO
    form = _filled(draft.form, notes, who, seen=STEPS.index(step) > STEPS.index(Step.WHAT))
    await drafts.save(session, who.workspace_id, draft_id, form, step=step.value, now=who.now)
    story = await being_edited(session, who.workspace_id, draft)
    place = Place(draft_id=draft_id, step=step, story_id=story.id if story else None)
    return await view_at(session, who, place, form)


async def lay_in(session: AsyncSession, who: Visitor, draft_id: int) -> None:
    """Lay what the thread of this person's draft says into it, as long as nobody has seen it in the form."""
    draft = await own_draft(session, who, draft_id)
    if draft is None or draft.thread_ts is None or draft.step != Step.WHO:
        return
    notes = await draft_notes.whole(session, who.workspace_id, draft_id)
    form = _filled(draft.form, notes, who, seen=False)
    if form != draft.form:
        await drafts.save(session, who.workspace_id, draft_id, form, step=draft.step, now=who.now)


def _filled(form: Form, notes: str, who: Visitor, *, seen: bool) -> Form:
    if not notes:
        return form
    # Reading dates in fourteen languages takes memory that a bot without a thread can do without.
    from stories.note_taking import laid_in

    blank = form if seen else replace(form, trying_to="", happened="", meaning="", quotes=(), title="")
    return laid_in(blank, notes, today=who.today)
