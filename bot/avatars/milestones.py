"""Marking a message as a milestone: the avatar says in its thread which reasons it serves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audience import audience, refuse_unheard
from bot.avatars.looking_back import can_look_back
from bot.avatars.milestone_words import MILESTONE, composed, slot
from bot.avatars.restating import AVATAR, said_of
from bot.avatars.sayings import Saying, subjects_of
from bot.avatars.times import times_of
from bot.desk import Desk
from bot.guests import refuse_unknown_readers
from bot.own_customers import learn
from bot.tongues import speaking_to
from storage import avatar_lines, deliveries, milestones, posted, projects
from storage.deliveries import Post
from storage.milestones import NewMilestone
from stories.avatars.milestones import Kind
from stories.avatars.project import Project
from stories.errors import UserError
from stories.language import _
from stories.schedule import DigestTimes, next_due
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A message that somebody marks: where it stands, in which thread, what it is, when to look back."""

    workspace_id: str
    channel_id: str
    user_id: str
    message_ts: str
    thread_ts: str
    kind: Kind
    weeks: tuple[int, ...]


async def mark(desk: Desk, client: AsyncWebClient, marked: Marked) -> None:
    """Plan the avatar's comment and its looks back. Nothing of the message is read or kept.

    Raises UserError where there is no avatar, where none may speak, and for what was marked before.
    """
    workspace_id, now = marked.workspace_id, desk.now()
    async with desk.read() as session:
        project = await projects.of_channel(session, workspace_id, marked.channel_id)
    if project is None:
        said = _("This channel has no project yet. {command} sets one up, and its avatar comments then.")
        raise UserError(said.format(command=desk.settings.firsthand_why_command))
    refuse_unheard(await audience(client, marked.channel_id))
    await refuse_unknown_readers(desk, client, workspace_id, marked.channel_id)
    await learn(desk, client, workspace_id, project.channel_id)
    times = await times_of(desk, client, workspace_id, project)
    async with desk.begin() as session:
        can = await can_look_back(session, workspace_id, project.segment)
        looks = _looks(times, marked.weeks if can else (), now)
        new = NewMilestone(
            project_id=project.id,
            message_ts=marked.message_ts,
            thread_ts=marked.thread_ts,
            kind=marked.kind.value,
            marked_by=marked.user_id,
        )
        milestone_id = await milestones.mark(session, workspace_id, new, looks, now=now)
        if milestone_id is None:
            raise UserError(_("Somebody marked this already; the avatar’s comment stands in its thread."))
        await _comment(session, workspace_id, project, milestone_id, now)
    desk.wake_outbox()


async def take_back(session: AsyncSession, workspace_id: str, milestone_id: int, *, now: datetime) -> bool:
    """It is no milestone: the comment goes, and nobody looks back; tells whether it was one."""
    milestone = await milestones.get(session, workspace_id, milestone_id)
    project = await projects.get(session, workspace_id, milestone.project_id) if milestone else None
    if milestone is None or project is None:
        return False
    post = await posted.in_slot(session, workspace_id, project.channel_id, AVATAR, slot(milestone_id))
    if post is not None:
        await deliveries.revise(session, workspace_id, post.id, None, now=now, at_once=True)
    return await milestones.take_back(session, workspace_id, milestone_id)


async def _comment(
    session: AsyncSession, workspace_id: str, project: Project, milestone_id: int, now: datetime
) -> None:
    """Put the comment into the outbox, each reason with the quote that was not said here for longest."""
    milestone = await milestones.get(session, workspace_id, milestone_id)
    if milestone is None:
        raise LookupError(f"milestone {milestone_id} is gone although it was just marked")
    chosen = await _chosen(session, workspace_id, project, now)
    async with speaking_to(session, workspace_id, project.channel_id):
        payload = await composed(session, workspace_id, project, milestone, chosen)
    post = Post(
        channel_id=project.channel_id,
        kind=AVATAR,
        slot_key=slot(milestone_id),
        payload=payload,
        thread_ts=milestone.thread_ts,
        subjects=subjects_of(chosen.values()),
    )
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now)
    for reason_id, saying in chosen.items():
        await avatar_lines.record(
            session,
            workspace_id,
            project.id,
            MILESTONE,
            reason_id=reason_id,
            ref=saying.ref,
            delivery_id=delivery_id,
            now=now,
        )


async def _chosen(
    session: AsyncSession, workspace_id: str, project: Project, now: datetime
) -> Mapping[int, Saying]:
    said = await said_of(session, workspace_id, project, now, project.channel_id)
    before = await avatar_lines.last_said(session, workspace_id, project.id)
    long_ago = now - timedelta(days=36500)
    found: dict[int, Saying] = {}
    for reason in project.reasons:
        taken = {one.ref for one in found.values()}
        own = [said[ref] for ref in reason.evidence if ref in said and ref not in taken]
        if own:
            found[reason.id] = min(own, key=lambda one: before.get(one.ref, long_ago))
    return found


def _looks(times: DigestTimes, weeks: tuple[int, ...], now: datetime) -> dict[int, datetime]:
    return {one: next_due(times, now + timedelta(weeks=one, seconds=-1)) for one in weeks}
