"""Comments as they may be said at a moment: planned, made anew as consent changes, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.asking import nearest
from bot.avatars.sayings import Saying, of_refs, subjects_of
from bot.messages.tracker_comment import Grounds, comment
from bot.tongues import speaking_to
from storage import avatar_lines, deliveries, posted, projects, tracker_comments, trackers
from storage.deliveries import Post
from storage.tracker_comments import Commented, slot_of
from storage.trackers import Tracking
from stories.avatars.evidence import Kind, Ref
from stories.avatars.project import Project
from stories.trackers import TrackedItem, place_of, questions_of, tracker_in

AVATAR = "avatar"
"""The kind of a delivery with which an avatar speaks because somebody asked: here, by putting a label on."""

MOST = 2
"""Quotes in a comment."""


async def nearest_to(item: TrackedItem, said: Mapping[Ref, Saying]) -> tuple[Saying, ...]:
    """The quotes behind a project's reasons that come near an item; none when none is close."""
    # Surveys' comments are for this workspace alone: nobody asked those who wrote them about the world.
    known = tuple(one for one in said.values() if one.ref.kind is Kind.QUOTE)
    for question in questions_of(item):
        found = await nearest(question, known, most=MOST)
        if found:
            return found
    return ()


async def plan(
    session: AsyncSession,
    tracking: Tracking,
    project: Project,
    item: TrackedItem,
    before: Commented,
    found: Sequence[Saying],
    *,
    now: datetime,
) -> bool:
    """Put a comment into the outbox, in the transaction that asks consent once more; tells whether it was."""
    workspace_id, place = tracking.workspace_id, place_of(tracking.id)
    still = await of_refs(session, workspace_id, [one.ref for one in found], now, place)
    said = [still[one.ref] for one in found if one.ref in still]
    if not said:
        return False
    reasons = {one.ref: _reason_of(project, one.ref) for one in said}
    grounds = _grounds(project, [(reasons[one.ref], one) for one in said])
    async with speaking_to(session, workspace_id, place):
        payload = {"text": comment(project, grounds, label=tracking.label)}
    post = Post(
        channel_id=place,
        kind=AVATAR,
        slot_key=slot_of(item.key, before.rounds + 1),
        payload=payload,
        thread_ts=item.ref,
        subjects=subjects_of(said),
    )
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now)
    if delivery_id is not None:
        await _keep_lines(session, workspace_id, project.id, delivery_id, reasons, now=now)
    return delivery_id is not None


async def _keep_lines(
    session: AsyncSession,
    workspace_id: str,
    project_id: int,
    delivery_id: int,
    reasons: Mapping[Ref, int | None],
    *,
    now: datetime,
) -> None:
    """Write down what the comment says, each with the reason it stands under."""
    for ref, reason_id in reasons.items():
        await avatar_lines.record(
            session,
            workspace_id,
            project_id,
            avatar_lines.COMMENT,
            reason_id=reason_id,
            ref=ref,
            delivery_id=delivery_id,
            now=now,
        )


async def restated(
    session: AsyncSession, workspace_id: str, delivery_id: int, at: datetime
) -> dict[str, Any] | None:
    """A comment as it reads now; None when nothing of it may be said any more, so that it goes."""
    post = await posted.standing(session, workspace_id, delivery_id)
    tracking = await trackers.get(session, workspace_id, tracker_in(post.channel_id) or 0) if post else None
    lines = await avatar_lines.of_delivery(session, workspace_id, delivery_id)
    project = await projects.get(session, workspace_id, lines[0].project_id) if lines else None
    if tracking is None or tracking.state == trackers.OFF or project is None:
        return None
    if await tracker_comments.taken_back(session, workspace_id, delivery_id):
        return None
    refs = {one.ref for one in lines if one.ref is not None}
    said = await of_refs(session, workspace_id, refs, at, place_of(tracking.id))
    pairs = [(one.reason_id, said[one.ref]) for one in lines if one.ref is not None and one.ref in said]
    grounds = _grounds(project, pairs)
    async with speaking_to(session, workspace_id, place_of(tracking.id)):
        return {"text": comment(project, grounds, label=tracking.label)} if grounds else None


async def take_back(session: AsyncSession, workspace_id: str, delivery_id: int, *, now: datetime) -> None:
    """Delete a comment, or never make it."""
    await deliveries.revise(session, workspace_id, delivery_id, None, now=now, at_once=True)


async def take_all_back(session: AsyncSession, tracking: Tracking, *, now: datetime) -> None:
    """Delete every comment that stands there, and make none of those that wait."""
    for delivery_id in await tracker_comments.standing(session, tracking.workspace_id, tracking.id):
        await take_back(session, tracking.workspace_id, delivery_id, now=now)


def _reason_of(project: Project, ref: Ref) -> int | None:
    for reason in project.reasons:
        if ref in reason.evidence:
            return reason.id
    return None


def _grounds(project: Project, pairs: Sequence[tuple[int | None, Saying]]) -> tuple[Grounds, ...]:
    """The quotes under the reasons that still stand, in the order in which they come near."""
    known = {reason.id: reason for reason in project.reasons}
    under: dict[int, list[Saying]] = {}
    for reason_id, saying in pairs:
        if reason_id in known:
            under.setdefault(reason_id, []).append(saying)
    return tuple(Grounds(reason=known[number], sayings=tuple(said)) for number, said in under.items())
