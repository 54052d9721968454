"""The avatar speaks up: to the project's owner first, in the channel once that proved right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.avatars.sayings import Saying, heard, of_refs, subjects_of
from bot.avatars.swerves import BETWEEN, TOLD, Spoken, payload_of, restated, slot
from bot.messages import speaking_up as words
from bot.tongues import speaking_to
from storage import avatar_lines, deliveries, listening, posted, project_changes
from storage.attention import Unasked
from storage.deliveries import Post
from stories.attention import SPEAKING_UP, SWERVE
from stories.avatars.project import Change, FoundingReason, Project
from stories.drift.remembered import as_numbers, from_numbers
from stories.drift.speaking import Answer, answered
from stories.values import dataclass

KIND = "speak_up"
"""The kind of the avatar's line."""


async def speak_up(
    session: AsyncSession,
    workspace_id: str,
    project: Project,
    reason: FoundingReason,
    sounds_like: tuple[str, ...],
    *,
    in_channel: bool,
    now: datetime,
) -> None:
    """Have the owner (or the channel) hear which reason the talk has left, with a customer's quote for it."""
    saying = await _quote_for(session, workspace_id, project, reason, now)
    line_id = await avatar_lines.record(
        session,
        workspace_id,
        project.id,
        KIND,
        reason_id=reason.id,
        ref=saying.ref if saying else None,
        delivery_id=None,
        about=BETWEEN.join(sounds_like),
        now=now,
    )
    place, kind = (project.channel_id, SPEAKING_UP) if in_channel else (project.owner_id, SWERVE)
    what = Unasked(place=place, kind=kind, slot_key=slot(line_id), about={"line": line_id})
    await attention.offer(session, workspace_id, what, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody answered; `day` is the channel's own, `why` is asked for when it was on purpose."""

    answer: Answer
    by: str
    day: date
    at: datetime
    why: str = ""


async def take_answer(session: AsyncSession, workspace_id: str, said: Spoken, reply: Reply) -> bool:
    """Keep an answer beside the why and learn from it; False when somebody answered before."""
    line, project, answer, now = said.line, said.project, reply.answer, reply.at
    if not await avatar_lines.answer(session, workspace_id, line.id, answer.value, by=reply.by, now=now):
        return False
    kept = await listening.hold(session, workspace_id, project.id)
    if kept is not None:
        known = from_numbers(kept.state)
        known = replace(known, listening=answered(known.listening, answer, reply.day))
        if answer is Answer.ON_PURPOSE:
            # The talk is the new course: what its kick-off sounds like is learnt anew as well.
            kept = replace(kept, kick_off=None, kick_off_windows=0)
        await listening.keep(
            session, workspace_id, project.id, replace(kept, state=as_numbers(known)), now=now
        )
    change = Change(
        what=f"swerve_{answer.value}", words=said.reason.words, why=reply.why, by=reply.by, at=now
    )
    await project_changes.note_changes(session, workspace_id, project.id, [change])
    await follow(session, workspace_id, line.id, project, now=now)
    return True


async def follow(
    session: AsyncSession, workspace_id: str, line_id: int, project: Project, *, now: datetime
) -> None:
    """Have the posts that ask say what was answered."""
    for place, kind in ((project.owner_id, SWERVE), (project.channel_id, SPEAKING_UP)):
        post = await posted.in_slot(session, workspace_id, place, kind, slot(line_id))
        if post is not None:
            async with speaking_to(session, workspace_id, place):
                payload = await restated(session, workspace_id, line_id, kind, now) or words.moved_on()
            await deliveries.revise(session, workspace_id, post.id, payload, now=now, at_once=True)


async def tell_channel(
    session: AsyncSession, workspace_id: str, said: Spoken, *, by: str, now: datetime
) -> bool:
    """Have the channel hear it because the owner wants it to; False when it did before."""
    async with speaking_to(session, workspace_id, said.project.channel_id):
        payload = payload_of(said, TOLD)
    post = Post(
        channel_id=said.project.channel_id,
        kind=TOLD,
        slot_key=slot(said.line.id),
        payload=payload,
        subjects=subjects_of([said.saying] if said.saying else ()),
        asked_by=by,
    )
    return await deliveries.plan(session, workspace_id, post, now=now) is not None


async def _quote_for(
    session: AsyncSession, workspace_id: str, project: Project, reason: FoundingReason, now: datetime
) -> Saying | None:
    """The quote behind this reason that may be said and was not said here for longest.

    One in a language that the channel did not choose is left out.
    """
    places = (project.channel_id, project.owner_id)
    allowed = (await of_refs(session, workspace_id, reason.evidence, now, *places)).values()
    sayable = {one.ref: one for one in await heard(session, workspace_id, allowed, project.channel_id)}
    before = await avatar_lines.last_said(session, workspace_id, project.id)
    never = [saying for ref, saying in sayable.items() if ref not in before]
    if never:
        return never[0]
    return min(sayable.values(), key=lambda saying: before[saying.ref], default=None)
