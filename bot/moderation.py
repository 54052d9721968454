"""Stories that wait for an editor or for their day: asked for, approved, sent back, published."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices, publishing, terms
from bot.desk import Desk
from bot.editors import editors_for
from bot.halting import tell
from bot.looping import in_each, one_by_one
from bot.messages import moderation as words
from bot.messages.dates import day
from bot.tongues import said_to, speaking_to
from storage import audit, moderation, stories
from stories.errors import UserError
from stories.language import _
from stories.story import Story, StoryState


async def hold(
    session: AsyncSession, workspace_id: str, story: Story, *, by: str, now: datetime, approved: bool = False
) -> str:
    """Have a story that may not be told yet wait; what its author hears then, "" for one that may.

    Raises UserError for a story that is not to be told at all.
    """
    waits = await terms.waits_for(session, workspace_id, story, now=now, approved=approved)
    if not waits:
        return ""
    await moderation.wait(session, workspace_id, story.id, waits, by=by, now=now)
    if waits == moderation.EDITOR:
        await _note(session, workspace_id, "ask_editor", story.id, by=by, now=now)
        await _ask(session, workspace_id, story, by=by, now=now)
        return _("An editor reads it before others do. You hear what they say.")
    return await _by_itself(session, workspace_id, story.id)


async def _by_itself(session: AsyncSession, workspace_id: str, story_id: int) -> str:
    until = (await moderation.terms(session, workspace_id, story_id)).not_before
    return _("It is published on {day}, by itself.").format(day=day(until) if until else "")


async def hold_for_team(
    session: AsyncSession, workspace_id: str, story: Story, *, by: str, now: datetime
) -> bool:
    """Have a story wait for an editor before its account's team reads it, where it has to; if it does."""
    terms_now = await moderation.terms(session, workspace_id, story.id)
    rules = await terms.rules(session, workspace_id)
    if terms_now.approved_by or not rules.needs_editor(story.interview.customer.segment):
        return False
    await moderation.wait(session, workspace_id, story.id, moderation.EDITOR, by=by, now=now)
    await _note(session, workspace_id, "ask_editor", story.id, by=by, now=now)
    await _ask(session, workspace_id, story, by=by, now=now)
    return True


async def approve(session: AsyncSession, workspace_id: str, story_id: int, *, by: str, now: datetime) -> str:
    """An editor's yes: told from now on, or from its day on; what the editor hears.

    Raises UserError when it waits no more, when consent allows it no more, or for the author's own yes.
    """
    waiting, story = await _waiting(session, workspace_id, story_id, by=by)
    await _decided(session, workspace_id, story_id)
    await moderation.approve(session, workspace_id, story_id, by=by, now=now)
    await _note(session, workspace_id, "approve", story_id, by=by, now=now)
    author = waiting.asked_by or story.interview.author_id
    holds = not waiting.account_only and bool(
        await hold(session, workspace_id, story, by=author, now=now, approved=True)
    )
    if not holds and not waiting.account_only:
        await publishing.publish(session, workspace_id, story_id, by=author, now=now, approved=True)
    async with speaking_to(session, workspace_id, author):
        when = await _from_then(session, workspace_id, story_id, waiting, holds=holds)
        note = words.approved_note(title=story.interview.title, by=by, when=when)
    slot = f"approved:{story_id}:{now.isoformat()}"
    await notices.plan(session, workspace_id, author, slot, note, about={story_id}, now=now)
    await notices.refresh(session, workspace_id, story_id, now=now)
    said = await _from_then(session, workspace_id, story_id, waiting, holds=holds)
    return said or _("Approved: channels hear it in their next digest.")


async def _from_then(
    session: AsyncSession, workspace_id: str, story_id: int, waiting: moderation.Terms, *, holds: bool
) -> str:
    """When an approved story is read, in the language at hand; "" for one that is told right away."""
    if waiting.account_only:
        return _("The account’s team reads it from now on.")
    return await _by_itself(session, workspace_id, story_id) if holds else ""


async def send_back(
    session: AsyncSession, workspace_id: str, story_id: int, *, reason: str, by: str, now: datetime
) -> None:
    """An editor's no, with the reason, which the author hears. Raises UserError when it waits no more."""
    waiting, story = await _waiting(session, workspace_id, story_id, by=by)
    await _decided(session, workspace_id, story_id, reason=reason)
    await _note(session, workspace_id, "send_back", story_id, by=by, now=now)
    author = waiting.asked_by or story.interview.author_id
    async with speaking_to(session, workspace_id, author):
        note = words.sent_back_note(title=story.interview.title, by=by, reason=reason, story_id=story_id)
    slot = f"sent_back:{story_id}:{now.isoformat()}"
    await notices.plan(session, workspace_id, author, slot, note, about={story_id}, now=now)
    await notices.refresh(session, workspace_id, story_id, now=now)


async def words_changed(
    session: AsyncSession, workspace_id: str, story: Story, *, by: str, now: datetime, approved: bool = False
) -> bool:
    """To be called once a story's words are others than an editor said yes to; whether it waits anew.

    One that is told meanwhile is told no more. `approved`: it was an editor who changed them.
    """
    await moderation.words_changed(session, workspace_id, story.id)
    if approved:
        await moderation.approve(session, workspace_id, story.id, by=by, now=now)
    if story.state is not StoryState.PUBLISHED:
        return False
    if not await hold(session, workspace_id, story, by=story.interview.author_id, now=now, approved=approved):
        return False
    await publishing.withdraw(session, workspace_id, story.id, by=by, now=now, state=StoryState.KEPT)
    return True


async def publish_due(desk: Desk) -> int:
    """Publish what waited for a day that has come, in every workspace; how many stories that were."""
    done: list[int] = []

    async def look(workspace_id: str) -> None:
        done.append(await _publish_due(desk, workspace_id))

    try:
        await in_each(desk.connections.workspaces, look)()
    finally:
        if any(done):
            desk.wake_outbox()
    return sum(done)


async def _publish_due(desk: Desk, workspace_id: str) -> int:
    async with desk.read() as session:
        due = await moderation.due(session, workspace_id, desk.now().date())
    await one_by_one(due, partial(_publish_one, desk, workspace_id))
    return len(due)


async def _publish_one(desk: Desk, workspace_id: str, one: moderation.Terms) -> None:
    now = desk.now()
    try:
        async with desk.begin() as session:
            if await moderation.wait_no_more(session, workspace_id, one.story_id):
                await publishing.publish(
                    session, workspace_id, one.story_id, by=one.asked_by, now=now, approved=True
                )
    except UserError as refused:
        async with desk.begin() as session:
            await moderation.wait_no_more(session, workspace_id, one.story_id)
            say = partial(words.not_published_note, reason=str(refused), story_id=one.story_id)
            note = await said_to(session, workspace_id, one.asked_by, say)
            await tell(session, workspace_id, one.asked_by, f"not_due:{one.story_id}", note, now=now)


async def _ask(session: AsyncSession, workspace_id: str, story: Story, *, by: str, now: datetime) -> None:
    said = words.waiting_note(author=by, story_id=story.id)
    for editor in await editors_for(session, workspace_id, but=by):
        slot = f"waiting:{story.id}:{now.isoformat()}:{editor}"
        await notices.plan(session, workspace_id, editor, slot, said, about={story.id}, now=now)


async def _waiting(
    session: AsyncSession, workspace_id: str, story_id: int, *, by: str
) -> tuple[moderation.Terms, Story]:
    waiting = await moderation.terms(session, workspace_id, story_id)
    story = await stories.get(session, workspace_id, story_id)
    if story is None or waiting.waits_for != moderation.EDITOR:
        raise UserError(_waits_no_more())
    if story.state is StoryState.HIDDEN:
        raise UserError(_("This story was reported and is hidden. Please decide about the report first."))
    author = story.interview.author_id
    if by == author and await editors_for(session, workspace_id, but=author) != (author,):
        raise UserError(_("You wrote this one: please leave the yes to another editor."))
    return waiting, story


async def _decided(session: AsyncSession, workspace_id: str, story_id: int, *, reason: str = "") -> None:
    """End its waiting. Raises UserError where another editor was quicker, and decided otherwise perhaps."""
    if not await moderation.wait_no_more(session, workspace_id, story_id, reason=reason):
        raise UserError(_waits_no_more())


def _waits_no_more() -> str:
    return _("This story does not wait for anybody’s yes any more.")


async def _note(session: AsyncSession, workspace_id: str, act: str, story_id: int, **done: Any) -> None:
    entry = audit.Entry(
        at=done["now"], actor_id=done["by"], act=act, object_kind="story", object_id=str(story_id)
    )
    await audit.note(session, workspace_id, entry)
