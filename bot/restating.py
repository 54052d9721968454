"""What a private note about stories says now, made anew from its slot: what was decided, and for whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.ext.asyncio import AsyncSession

from bot import reminder_notes
from bot.accounts import renewal_notes
from bot.endings import notes as endings
from bot.endings import said_and_done
from bot.gathered import gathered
from bot.messages import customer_links, follow_up, reacting, reports
from bot.messages import moderation as words
from bot.messages.notices import set_aside
from bot.momentum import letters, reached
from bot.priorities import announcing
from bot.rota import notes as rota
from bot.series import chapters
from bot.showing import levels, show, show_some
from bot.stage import remembering
from bot.tongues import speaking_to
from storage import corrections, follow_ups, moderation, reactions, stories
from storage.posted import Posted
from storage.reactions import Report
from stories.attention import REMEMBER, SAID_AND_DONE
from stories.language import _
from stories.story import Story, StoryState, preview

_STANDING = frozenset({StoryState.PUBLISHED, StoryState.HIDDEN})
"""Where a report is looked into, the title is still named to those who decide."""


async def restated(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> dict[str, Any] | None:
    """The note as it reads now; None for one that stays as it is."""
    async with speaking_to(session, workspace_id, note.channel_id):
        if note.slot_key.partition(":")[0] in rota.SLOTS:
            return (await rota.note(session, workspace_id, note.slot_key, now)).payload
        if note.kind == SAID_AND_DONE:
            said = await said_and_done.restated(session, workspace_id, note, now)
            return said or set_aside(hidden=False)
        if note.kind == REMEMBER:
            return await remembering.restated(session, workspace_id, note.channel_id, note.slot_key, now)
        if note.slot_key.partition(":")[0] == chapters.CHAPTER:
            return await chapters.restated(session, workspace_id, note, now)
        return await _of_stories(session, workspace_id, note, now)


async def _of_stories(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> dict[str, Any] | None:
    kind, _colon, rest = note.slot_key.partition(":")
    match kind:
        case "act":
            return await _acting(session, workspace_id, rest, now)
        case "done":
            return await _came_of_it(session, workspace_id, int(rest), now)
        case "remind":
            return await reminder_notes.reminder(session, workspace_id, note, now)
        case "thanks":
            return await _thanks(session, workspace_id, note, now)
        case "report" | "settled" | "waiting" | "corrected" | "priority":
            return await _to_decide(session, workspace_id, note, now)
    return await _of_endings(session, workspace_id, note, now)


async def _of_endings(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> dict[str, Any] | None:
    """The same for notes about what came of a story."""
    kind, _colon, rest = note.slot_key.partition(":")
    match kind:
        case "tell":
            said = await endings.to_tell(session, workspace_id, int(rest), now)
        case "hand":
            number = int(rest.partition(":")[0])
            said = await endings.asked_to_take_over(session, workspace_id, number, note.channel_id, now)
        case "ended":
            said = await endings.heard(session, workspace_id, note, now)
        case "renewal":
            told = await renewal_notes.told_now(session, workspace_id, note.channel_id, note.slot_key, now)
            said = told.payload if told else None
        case "reached":
            said = await reached.told_now(session, workspace_id, note.slot_key, now)
        case "letter":
            sent = await letters.told_now(session, workspace_id, note.channel_id, note.slot_key, now)
            said = sent.payload if sent else None
        case _:
            return None
    return said or set_aside(hidden=False)


async def thanked(
    session: AsyncSession,
    workspace_id: str,
    author_id: str,
    days: Collection[date],
    zone: tzinfo,
    now: datetime,
) -> tuple[dict[str, Any], frozenset[int]]:
    """What an author's stories were given from the first to the last of these days of theirs, and which."""
    since = datetime.combine(min(days), time(), tzinfo=zone)
    until = datetime.combine(max(days) + timedelta(days=1), time(), tzinfo=zone)
    given = await reactions.received(session, workspace_id, author_id, since=since, until=until)
    about = frozenset(one.story_id for one in given)
    told = {one.story_id for one in await show_some(session, workspace_id, sorted(about), now)}
    today = {now.astimezone(zone).date()} == set(days)
    return reacting.thanks_note(given, gone=about - told, today=today), about


async def _to_decide(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> dict[str, Any] | None:
    kind, _colon, rest = note.slot_key.partition(":")
    if kind == "priority":
        return await announcing.restated(session, workspace_id, note.channel_id, note.slot_key, now)
    if kind == "waiting":
        return await _waiting(session, workspace_id, rest)
    if kind == "corrected":
        return await _corrected(session, workspace_id, int(rest.partition(":")[0]))
    return await _report(session, workspace_id, note, now)


async def _waiting(session: AsyncSession, workspace_id: str, slot: str) -> dict[str, Any]:
    waiting = await moderation.terms(session, workspace_id, int(slot.partition(":")[0]))
    if waiting.waits_for != moderation.EDITOR:
        return words.decided_note()
    return words.waiting_note(author=waiting.asked_by, story_id=waiting.story_id)


async def _corrected(session: AsyncSession, workspace_id: str, correction_id: int) -> dict[str, Any]:
    found = await corrections.get(session, workspace_id, correction_id)
    if found is None or not found[0].open:
        return customer_links.answered_note(found[0] if found else None)
    return customer_links.corrected_note(correction_id, hide=found[0].hide)


async def title_of(session: AsyncSession, workspace_id: str, story: Story, now: datetime) -> str:
    """The title as others may read it, of a story that is told or looked into; a plain name for it else."""
    level = (await levels(session, workspace_id, [story], now))[0]
    told = preview(story, level) if story.state in _STANDING else None
    return told.title if told else _("A customer’s story")


async def _acting(session: AsyncSession, workspace_id: str, slot: str, now: datetime) -> dict[str, Any]:
    story_id, _colon, reader = slot.partition(":")
    telling = await show(session, workspace_id, int(story_id), now)
    taken_on = await follow_ups.of_story(session, workspace_id, int(story_id))
    theirs = [one for one in taken_on if one.kind == follow_ups.ACT and one.owner_id == reader]
    if telling is None or not theirs:
        return await _set_aside(session, workspace_id, int(story_id))
    first = min(theirs, key=lambda one: one.id)
    return reacting.acting_note(
        reader=reader, title=telling.title, what=first.what, due_on=first.due_on, story_id=telling.story_id
    )


async def _came_of_it(
    session: AsyncSession, workspace_id: str, follow_up_id: int, now: datetime
) -> dict[str, Any]:
    task = await follow_ups.get(session, workspace_id, follow_up_id)
    if task is None or await show(session, workspace_id, task.story_id, now) is None:
        return await _set_aside(session, workspace_id, task.story_id if task else 0)
    closing = "" if task.untold else task.closing
    return follow_up.came_of_it(
        who=task.owner_id, title=task.title, what=task.what, story_id=task.story_id, closing=closing
    )


async def _thanks(session: AsyncSession, workspace_id: str, note: Posted, now: datetime) -> dict[str, Any]:
    """The thanks of the note's own day and of those days whose notes it gathers, or is about to."""
    slots = {note.slot_key, *(one.slot_key for one in await gathered(session, workspace_id, note, now))}
    days = [date.fromisoformat(slot.split(":")[1]) for slot in slots]
    zone = _zone("".join(note.slot_key.split(":")[2:]))
    said, about = await thanked(session, workspace_id, note.channel_id, days, zone, now)
    return said if about else set_aside(hidden=False)


async def _report(
    session: AsyncSession, workspace_id: str, note: Posted, now: datetime
) -> dict[str, Any] | None:
    kind, report_id, part = note.slot_key.split(":")
    report = await reactions.get_report(session, workspace_id, int(report_id))
    story = await stories.get(session, workspace_id, report.story_id) if report else None
    if report is None or story is None:
        return set_aside(hidden=False)
    if story.state not in _STANDING and (kind == "settled" or part == "author"):
        return set_aside(hidden=False)
    title = await title_of(session, workspace_id, story, now)
    if kind == "settled":
        return reports.settled_note(
            f"{report.outcome}_{part}", title=title, by=report.settled_by or story.interview.author_id
        )
    if part == "author":
        return reports.author_note(title=title, reason=report.reason, story_id=story.id)
    return editors_note(report, story, title)


def editors_note(report: Report, story: Story, title: str) -> dict[str, Any]:
    """What editors are asked, or what one of them has decided."""
    if report.outcome and report.settled_by:
        put_back = report.outcome == "put_back"
        return reports.settled_for_editors(title=title, by=report.settled_by, put_back=put_back)
    return reports.editor_note(
        title=title,
        reason=report.reason,
        author=story.interview.author_id,
        reporter=report.reporter_id,
        report_id=report.id,
        story_id=story.id,
    )


async def _set_aside(session: AsyncSession, workspace_id: str, story_id: int) -> dict[str, Any]:
    story = await stories.get(session, workspace_id, story_id)
    return set_aside(hidden=story is not None and story.state is StoryState.HIDDEN)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
