"""Letting a story be told, taking it back, and making every post it stands in follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest, notices, terms
from bot.avatars import restating
from bot.deciding import hide_undecided
from bot.filing import file_anew
from bot.messages.story import hidden_post, story_post
from bot.revising import say_now
from bot.rota import following as rota_following
from bot.routing.following import follow_story as follow_routed
from bot.series import following as series_following
from bot.showing import show, subjects_of, told
from bot.stage import following as stage_following
from bot.told_as import telling_in
from storage import audit, deliveries, homes_due, posted, search, stories, tellings
from storage.deliveries import Post
from storage.tellings import Standing
from stories.errors import UserError
from stories.language import _
from stories.story import Story, StoryState, Telling

SHARE = "share"
"""The kind of a delivery with which somebody shared one story."""

COUNTS_FOLLOW_FOR = timedelta(days=7)
"""How long the counts in a post are kept up to date."""


async def publish(
    session: AsyncSession,
    workspace_id: str,
    story_id: int,
    *,
    by: str,
    now: datetime,
    settled: bool = False,
    approved: bool = False,
) -> Telling:
    """Let a story be told from now on; returns it as others read it.

    Raises UserError when the customer's consent does not allow it, when the story is gone, when it is
    hidden after a report that no editor has `settled`, or when it has to wait for an editor (unless
    `approved`) or for its day; the transaction is to be rolled back then, so that nothing has changed.
    """
    story = await _known(session, workspace_id, story_id)
    if story.state is StoryState.HIDDEN and not settled:
        raise UserError(
            _("This story is hidden because somebody saw something wrong with it. An editor can put it back.")
        )
    if not settled:
        await terms.refuse_unready(session, workspace_id, story, now=now, approved=approved)
    changed = await stories.publish(session, workspace_id, story, now=now)
    await hide_undecided(session, workspace_id, [story], now)
    telling = await show(session, workspace_id, story_id, now)
    if telling is None:
        raise UserError(
            _("The customer has not agreed to sharing this, so nobody else sees it. You can edit that.")
        )
    if changed:
        await _note(session, workspace_id, "put_back" if settled else "publish", story_id, by=by, now=now)
    await file_anew(session, workspace_id, story, telling)
    await refresh(session, workspace_id, story_id, now=now, at_once=True)
    await restating.follow_customer(session, workspace_id, story.interview.customer.id, now=now)
    await series_following.follow_customer(session, workspace_id, story.interview.customer.id, now=now)
    return telling


async def follow_edit(
    session: AsyncSession, workspace_id: str, story_id: int, *, by: str, now: datetime
) -> Telling | None:
    """To be called in the transaction that changed a story or its consent, whatever the story's state.

    A published one is found by its new words and its posts follow at once; where consent allows it no
    more it is withdrawn. Returns it as others read it from now on, None when they do not.
    """
    story = await _known(session, workspace_id, story_id)
    await hide_undecided(session, workspace_id, [story], now)
    telling = await show(session, workspace_id, story_id, now)
    if telling is not None:
        await file_anew(session, workspace_id, story, telling)
        await refresh(session, workspace_id, story_id, now=now, at_once=True)
    elif story.state is StoryState.PUBLISHED:
        await withdraw(session, workspace_id, story_id, by=by, now=now)
    else:
        await notices.refresh(session, workspace_id, story_id, now=now)
        await homes_due.mark(session, workspace_id, story_id)
    await follow_customer(session, workspace_id, story.interview.customer.id, but=story_id, now=now)
    return telling


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, but: int, now: datetime
) -> None:
    """Have the customer's other stories follow a change of their name, alias, company or segment.

    To be called in the transaction that wrote it down, for whichever story (`but`) it came with.
    """
    others = [s for s in await stories.told_of(session, workspace_id, customer_id) if s.id != but]
    decided = await hide_undecided(session, workspace_id, others, now)
    tellings_now = {one.story_id: one for one in await told(session, workspace_id, decided, now)}
    for story in decided:
        if story.id in tellings_now:
            await file_anew(session, workspace_id, story, tellings_now[story.id])
        await refresh(session, workspace_id, story.id, now=now, at_once=True)
    await restating.follow_customer(session, workspace_id, customer_id, now=now)
    await rota_following.follow_customer(session, workspace_id, customer_id, now=now)
    await series_following.follow_customer(session, workspace_id, customer_id, now=now)
    await stage_following.follow_customer(session, workspace_id, customer_id, now=now)


async def withdraw(
    session: AsyncSession,
    workspace_id: str,
    story_id: int,
    *,
    by: str,
    now: datetime,
    state: StoryState = StoryState.WITHDRAWN,
) -> bool:
    """Take a story back (or hide it) everywhere at once; tells whether that changed anything.

    A hidden story stays hidden: nobody sees it, and what an editor decided is not got round that way.
    """
    story = await _known(session, workspace_id, story_id)
    if story.state is StoryState.HIDDEN:
        return False
    changed = await stories.take_back(session, workspace_id, story_id, state=state)
    await search.forget(session, workspace_id, story_id)
    if changed:
        await _note(session, workspace_id, _ACTS[state], story_id, by=by, now=now)
    await refresh(session, workspace_id, story_id, now=now, at_once=True)
    await restating.follow_customer(session, workspace_id, story.interview.customer.id, now=now)
    await series_following.follow_customer(session, workspace_id, story.interview.customer.id, now=now)
    return changed


async def refresh(
    session: AsyncSession, workspace_id: str, story_id: int, *, now: datetime, at_once: bool = False
) -> None:
    """Have the posts in which this story stands follow what became of it.

    Counts follow for a week after posting, gathered by the outbox into one update a minute; `at_once` (a
    change of the story or of consent) reaches every post, however old, without waiting, and the private
    notes and App Homes that show something of it.
    """
    since = None if at_once else now - COUNTS_FOLLOW_FOR
    for post in await tellings.of_story(session, workspace_id, story_id, since):
        payload = await _standing_now(session, workspace_id, story_id, post, now)
        await say_now(session, workspace_id, post.delivery_id, payload, now=now, at_once=at_once)
        if payload is None:
            await tellings.forget(session, workspace_id, post.delivery_id)
    if at_once:
        await follow_routed(session, workspace_id, story_id, now=now)
        await notices.refresh(session, workspace_id, story_id, now=now)
        await homes_due.mark(session, workspace_id, story_id)


async def _standing_now(
    session: AsyncSession, workspace_id: str, story_id: int, post: Standing, now: datetime
) -> dict[str, Any] | None:
    """What a post that told this story says from now on; None for one that goes."""
    if post.kind == SHARE:
        return await shared(session, workspace_id, story_id, post.delivery_id, now)
    return await digest.recompose(session, workspace_id, post.delivery_id, now)


async def shared(
    session: AsyncSession, workspace_id: str, story_id: int, delivery_id: int, at: datetime
) -> dict[str, Any] | None:
    """The message of a shared story as it reads now; None when there is nothing left of it to show.

    A story that is hidden while a report is looked into leaves a line, so that it can come back.
    """
    delivery = await posted.standing(session, workspace_id, delivery_id)
    if delivery is None:
        return None
    telling = await show(session, workspace_id, story_id, at)
    async with telling_in(session, workspace_id, delivery.channel_id) as template:
        if telling is not None:
            return story_post(telling, shared_by=delivery.slot_key.split(":")[2], template=template)
        story = await stories.get(session, workspace_id, story_id)
        return hidden_post() if story and story.state is StoryState.HIDDEN else None


async def share(
    session: AsyncSession,
    workspace_id: str,
    story_id: int,
    channel_id: str,
    *,
    by: str,
    now: datetime,
    request: str,
) -> int | None:
    """Plan a post of this story to a channel; the delivery's id, or None when `request` was met before.

    `request` names the decision (the modal's view id): the same submission delivered twice posts once.
    Whether the bot may post there is the caller's to find out. Raises UserError for one that is not shown.
    """
    await stories.hold(session, workspace_id, [story_id])
    story = await _known(session, workspace_id, story_id)
    telling = await show(session, workspace_id, story_id, now)
    if telling is None:
        raise UserError(gone())
    async with telling_in(session, workspace_id, channel_id) as template:
        payload = story_post(telling, shared_by=by, template=template)
    post = Post(
        channel_id=channel_id,
        kind=SHARE,
        slot_key=f"share:{story_id}:{by}:{request}",
        payload=payload,
        subjects=subjects_of(story),
    )
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now)
    if delivery_id is not None:
        await tellings.record(session, workspace_id, delivery_id, channel_id, [(story_id, 0, False)], now)
        await _note(session, workspace_id, "share", story_id, by=by, now=now)
    return delivery_id


_ACTS = {StoryState.WITHDRAWN: "withdraw", StoryState.HIDDEN: "hide", StoryState.KEPT: "keep"}


def gone() -> str:
    """What somebody hears who asks for a story that is not told any more."""
    return _("This story isn’t shown any more, so there is nothing to do with it here.")


async def _known(session: AsyncSession, workspace_id: str, story_id: int) -> Story:
    story = await stories.get(session, workspace_id, story_id)
    if story is None:
        raise UserError(gone())
    return story


async def _note(
    session: AsyncSession, workspace_id: str, act: str, story_id: int, *, by: str, now: datetime
) -> None:
    entry = audit.Entry(at=now, actor_id=by, act=act, object_kind="story", object_id=str(story_id))
    await audit.note(session, workspace_id, entry)
