"""A project as people set it up and change it: decided here, kept with who, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.restating import AVATAR, done_slot, refresh_why, said_of, why_slot
from bot.avatars.sayings import of_refs, subjects_of
from bot.avatars.survey_words import in_use
from bot.messages import why as words
from bot.tongues import speaking_to
from storage import deliveries, project_changes, project_pins, projects, reasons
from storage.deliveries import Post
from storage.projects import NewProject
from stories.avatars.evidence import Ref
from stories.avatars.project import MOST_REASONS, Change, FoundingReason, Project, ProjectState
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A reason as somebody changed it: its words, the quotes it rests on, and why it changed."""

    words: str
    quotes: tuple[Ref, ...]
    why: str


async def begin(
    session: AsyncSession,
    workspace_id: str,
    new: NewProject,
    reason: str,
    quotes: Sequence[Ref],
    *,
    by: str,
    now: datetime,
    pinned: bool = False,
) -> Project:
    """Set a channel's project up with its first reason, and have its avatar introduce itself.

    `pinned`: its message is to stay pinned.
    """
    project_id = await projects.begin(session, workspace_id, new, by=by, now=now)
    if project_id is None:
        raise UserError(_("This channel has a project already; end that one first with *It’s done*."))
    changes = [_change("set_up", new.name, "", by, now)]
    await project_changes.note_changes(session, workspace_id, project_id, changes)
    reason_id = await reasons.add_reason(session, workspace_id, project_id, reason, by=by, now=now)
    await _tie(session, workspace_id, reason_id, (), quotes, by=by, now=now)
    if pinned:
        await project_pins.wish(session, workspace_id, project_id, wanted=True, now=now)
    project = await known(session, workspace_id, project_id)
    delivery_id = await _post(session, workspace_id, project, why_slot(project_id), now)
    await projects.pin(session, workspace_id, project_id, delivery_id)
    return project


async def change(
    session: AsyncSession,
    workspace_id: str,
    project: Project,
    new: NewProject,
    why: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Change what the project is called, is for and sounds like. Raises UserError for one that is done."""
    await going_on(session, workspace_id, project.id)
    await projects.change(session, workspace_id, project.id, new)
    changes = [_change("project_changed", "", why, by, now)]
    await project_changes.note_changes(session, workspace_id, project.id, changes)
    await refresh_why(session, workspace_id, project.id, now=now)


async def add_reason(
    session: AsyncSession,
    workspace_id: str,
    project: Project,
    reason: str,
    quotes: Sequence[Ref],
    *,
    by: str,
    now: datetime,
) -> None:
    """Add a reason. Raises UserError when the project has as many as it may, or is done."""
    project = await going_on(session, workspace_id, project.id)
    if len(project.reasons) >= MOST_REASONS:
        raise UserError(
            _("A project has at most {most} reasons; give one up first.").format(most=MOST_REASONS),
            field="reason",
        )
    reason_id = await reasons.add_reason(session, workspace_id, project.id, reason, by=by, now=now)
    await _tie(session, workspace_id, reason_id, (), quotes, by=by, now=now)
    changes = [_change("reason_added", reason, "", by, now)]
    await _noted(session, workspace_id, project.id, changes, now)


async def change_reason(
    session: AsyncSession,
    workspace_id: str,
    project: Project,
    reason: FoundingReason,
    new: Reworded,
    *,
    by: str,
    now: datetime,
) -> None:
    """Say a reason that stands in other words, or found it on other quotes; no change is not noted."""
    reason = standing(await going_on(session, workspace_id, project.id), reason.id)
    shown = (await of_refs(session, workspace_id, reason.evidence, now, by)).keys()
    changes = []
    if new.words != reason.words:
        await reasons.reword(session, workspace_id, reason.id, new.words)
        changes.append(_change("reason_changed", f"{reason.words} → {new.words}", new.why, by, now))
    if set(new.quotes) != set(shown):
        await _tie(session, workspace_id, reason.id, tuple(shown), new.quotes, by=by, now=now)
        changes.append(_change("evidence_changed", new.words, new.why, by, now))
    await _noted(session, workspace_id, project.id, changes, now)


async def give_up(
    session: AsyncSession,
    workspace_id: str,
    project: Project,
    reason: FoundingReason,
    why: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Let a reason stand no more, on purpose. Raises UserError without a why, and for the last one."""
    if not why:
        raise UserError(_("Please say why: it is kept beside the reason."), field="why")
    project = await going_on(session, workspace_id, project.id)
    standing(project, reason.id)
    if len(project.reasons) == 1:
        raise UserError(
            _("This is the last reason. Add the new one first, then give this one up."), field="state"
        )
    await reasons.give_up(session, workspace_id, reason.id, now=now)
    await _noted(
        session, workspace_id, project.id, [_change("reason_given_up", reason.words, why, by, now)], now
    )


async def finish(
    session: AsyncSession, workspace_id: str, project: Project, outcome: str, *, by: str, now: datetime
) -> None:
    """End a project with what came of it, and tell everybody. Raises UserError where somebody did before."""
    if not await projects.end(session, workspace_id, project.id, outcome=outcome, by=by, now=now):
        raise UserError(_over(), field="outcome")
    if (await project_pins.get(session, workspace_id, project.id)).wanted:
        await project_pins.wish(session, workspace_id, project.id, wanted=False, now=now)
    await _noted(session, workspace_id, project.id, [_change("done", "", outcome, by, now)], now)
    await _post(
        session, workspace_id, await known(session, workspace_id, project.id), done_slot(project.id), now
    )


async def known(session: AsyncSession, workspace_id: str, project_id: int) -> Project:
    """This project. Raises UserError when there is none (any more)."""
    project = await projects.get(session, workspace_id, project_id)
    if project is None:
        raise UserError(_("This project isn’t here any more."))
    return project


async def going_on(session: AsyncSession, workspace_id: str, project_id: int) -> Project:
    """This project as it stands, kept from others until the transaction ends.

    Raises UserError where it is gone or done: windows and buttons outlast it.
    """
    await projects.hold(session, workspace_id, project_id)
    project = await known(session, workspace_id, project_id)
    if project.state is ProjectState.DONE:
        raise UserError(_over())
    return project


def standing(project: Project, reason_id: int) -> FoundingReason:
    """This reason of the project. Raises UserError for one that was given up."""
    found = next((one for one in project.reasons if one.id == reason_id), None)
    if found is None:
        raise UserError(_("This reason doesn’t stand any more."))
    return found


def _over() -> str:
    return _("This project is done, so nothing of it changes any more.")


async def _post(
    session: AsyncSession, workspace_id: str, project: Project, slot: str, now: datetime
) -> int | None:
    said = await said_of(session, workspace_id, project, now, project.channel_id)
    pin = await project_pins.get(session, workspace_id, project.id)
    async with speaking_to(session, workspace_id, project.channel_id):
        is_over = slot == done_slot(project.id)
        payload = words.outcome(project, said) if is_over else words.message(project, said, pin)
    post = Post(
        channel_id=project.channel_id,
        kind=AVATAR,
        slot_key=slot,
        payload=payload,
        subjects=subjects_of(said.values()),
    )
    return await deliveries.plan(session, workspace_id, post, now=now)


async def _noted(
    session: AsyncSession, workspace_id: str, project_id: int, changes: Sequence[Change], now: datetime
) -> None:
    await project_changes.note_changes(session, workspace_id, project_id, changes)
    await refresh_why(session, workspace_id, project_id, now=now)


async def _tie(
    session: AsyncSession,
    workspace_id: str,
    reason_id: int,
    before: Sequence[Ref],
    quotes: Sequence[Ref],
    *,
    by: str,
    now: datetime,
) -> None:
    quotes = await in_use(session, workspace_id, quotes)
    allowed = await of_refs(session, workspace_id, quotes, now, by)
    for ref in quotes:
        if ref in allowed:
            await reasons.tie(session, workspace_id, reason_id, ref, by=by, now=now)
    for ref in before:
        if ref not in quotes:
            await reasons.untie(session, workspace_id, reason_id, ref)


def _change(what: str, words: str, why: str, by: str, now: datetime) -> Change:
    return Change(what=what, words=words, why=why, by=by, at=now)
