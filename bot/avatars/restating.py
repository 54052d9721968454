"""What an avatar's posts say now: made anew from what may be said, whenever that changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest
from bot.avatars import milestone_words, swerves
from bot.avatars.lines import as_of_now
from bot.avatars.sayings import Saying, of_refs, subjects_of
from bot.messages import avatar, why
from bot.revising import say_now
from bot.tongues import said_to, speaking_to
from bot.trackers import comments
from storage import avatar_lines, avatar_quotes, deliveries, posted, project_pins, projects, tracker_comments
from storage.posted import Posted
from stories.avatars.evidence import Ref
from stories.avatars.project import Project

AVATAR = "avatar"
"""The kind of a delivery with which an avatar speaks because somebody asked."""


def why_slot(project_id: int) -> str:
    """The slot of a project's own message."""
    return f"why:{project_id}"


def done_slot(project_id: int) -> str:
    """The slot of the message that tells of a project's end."""
    return f"done:{project_id}"


def answer_slot(channel_id: str, asked_at: str) -> str:
    """The slot of the answer to what was asked there at that moment (Slack's ts)."""
    return f"answer:{channel_id}:{asked_at}"


async def said_of(
    session: AsyncSession, workspace_id: str, project: Project, at: datetime, place: str
) -> Mapping[Ref, Saying]:
    """What `place` may read now of all that a project's reasons rest on, by whose words they are."""
    refs = {ref for reason in project.reasons for ref in reason.evidence}
    return await of_refs(session, workspace_id, refs, at, place)


async def restated(
    session: AsyncSession, workspace_id: str, post: Posted, at: datetime
) -> dict[str, Any] | None:
    """The post as it reads now; None when nothing of it may be said any more, so that it goes."""
    async with speaking_to(session, workspace_id, post.channel_id):
        return await _in_words(session, workspace_id, post, at)


async def _in_words(
    session: AsyncSession, workspace_id: str, post: Posted, at: datetime
) -> dict[str, Any] | None:
    kind, _colon, rest = post.slot_key.partition(":")
    match kind:
        case "swerve":
            return await swerves.restated(session, workspace_id, int(rest), post.kind, at)
        case "milestone":
            return await milestone_words.restated(session, workspace_id, int(rest), post.id, at)
        case "answer":
            return await _answer(session, workspace_id, post, at)
        case tracker_comments.ITEM:
            return await comments.restated(session, workspace_id, post.id, at)
        case "why" | "done":
            return await _of_project(session, workspace_id, int(rest), at, is_over=kind == "done")
    return await as_of_now(session, workspace_id, post, at)


async def _of_project(
    session: AsyncSession, workspace_id: str, project_id: int, at: datetime, *, is_over: bool
) -> dict[str, Any] | None:
    """A project's own message, or the one that tells of its end."""
    project = await projects.get(session, workspace_id, project_id)
    if project is None:
        return None
    said = await said_of(session, workspace_id, project, at, project.channel_id)
    if is_over:
        return why.outcome(project, said)
    return why.message(project, said, await project_pins.get(session, workspace_id, project_id))


async def refresh_why(session: AsyncSession, workspace_id: str, project_id: int, *, now: datetime) -> None:
    """Have the project's own message follow a change of it, and be found by whom it quotes now."""
    delivery_id = await projects.pinned(session, workspace_id, project_id)
    post = await posted.standing(session, workspace_id, delivery_id) if delivery_id else None
    project = await projects.get(session, workspace_id, project_id)
    if post is None or project is None:
        return
    said = await said_of(session, workspace_id, project, now, project.channel_id)
    known = await avatar_quotes.subjects(session, workspace_id, post.id)
    new = tuple(subject for subject in subjects_of(said.values()) if subject not in known)
    await deliveries.set_subjects(session, workspace_id, post.id, new)
    pin = await project_pins.get(session, workspace_id, project_id)
    payload = await said_to(
        session, workspace_id, project.channel_id, lambda: why.message(project, said, pin)
    )
    await say_now(session, workspace_id, post.id, payload, now=now)


async def follow_customer(
    session: AsyncSession,
    workspace_id: str,
    customer_id: int,
    *,
    now: datetime,
    channel_id: str | None = None,
    since: datetime | None = None,
) -> None:
    """Have every post in which an avatar says this customer's words follow their consent, at once.

    To be called in the transaction that changed something of theirs. Digests in which such a line rides
    along are made anew too. Those of one channel alone, or decided `since` then, when given.
    """
    for post in await avatar_quotes.posts_quoting(
        session, workspace_id, customer_id, channel_id=channel_id, since=since
    ):
        if post.kind in avatar_quotes.KINDS:
            payload = await restated(session, workspace_id, post, now)
        else:
            payload = await digest.recompose(session, workspace_id, post.id, now)
        await say_now(session, workspace_id, post.id, payload, now=now)


async def _answer(
    session: AsyncSession, workspace_id: str, post: Posted, at: datetime
) -> dict[str, Any] | None:
    lines = await avatar_lines.of_delivery(session, workspace_id, post.id)
    refs = {one.ref for one in lines if one.ref}
    said = await of_refs(session, workspace_id, refs, at, post.channel_id)
    found = [said[one.ref] for one in lines if one.ref is not None and one.ref in said]
    project = await projects.get(session, workspace_id, lines[0].project_id) if lines else None
    return avatar.answer(project, lines[0].about, found) if project and found else None
