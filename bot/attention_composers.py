"""How each unasked post is put into words when it goes: what may be said is asked at that moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts import renewal_notes
from bot.attention_made import Compose, Made, as_note
from bot.attention_programme import PROGRAMME
from bot.avatars import lines, looking_back, swerves, wanted_words
from bot.avatars.sayings import subjects_of as quoted
from bot.endings import said_and_done
from bot.endings.notes import asked_to_take_over
from bot.gathered import gathered
from bot.messages import first_week, halting
from bot.messages.avatar import riding
from bot.messages.notices import set_aside
from bot.nps import worth_telling
from bot.nps.movements import told_now
from bot.preferences import Private, wants
from bot.priorities import announcing, asking, proposing
from bot.restating import restated
from bot.routing.composing import told_now as routed
from bot.showing import subjects_of
from storage import follow_ups, people, stories
from storage.attention import Waiting
from stories.attention import (
    HEARD,
    NOBODY_ASKED,
    PROGRESS,
    REACHED,
    RENEWAL,
    ROUTED,
    SAID_AND_DONE,
    SPEAKING_UP,
    SWERVE,
    TOP_THREE,
    UNASKED,
)
from stories.attention_kinds import HAND_OVER
from stories.channels import StopReason

__all__ = ["COMPOSERS", "Made"]

_GATHERING = frozenset(name for name, kind in UNASKED.items() if kind.gathers)


def _about_stories(turned_off: Private) -> Compose:
    """Private notes about stories: made from their slot, for whoever still wants this kind."""

    async def compose(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
        if not wants(await people.settings(session, workspace_id, one.place), turned_off):
            return None
        payload = await restated(session, workspace_id, as_note(one), now)
        if payload is None or payload in (set_aside(hidden=False), set_aside(hidden=True)):
            return None
        together = await gathered(session, workspace_id, as_note(one), now) if one.kind in _GATHERING else ()
        about = frozenset(story for each in (one, *together) for story in each.about["stories"])
        known = await stories.some(session, workspace_id, sorted(about))
        subjects = dict.fromkeys(subject for story in known for subject in subjects_of(story))
        return Made(payload=payload, subjects=tuple(subjects), stories=about)

    return compose


async def _stopped(_: AsyncSession, __: str, one: Waiting, ___: datetime) -> Made | None:
    """That a channel's digest was stopped."""
    about = one.about
    said = halting.stopped(about["channel"], StopReason(about["because"]), command=about["command"])
    return Made(payload=said)


async def _nps_movement(session: AsyncSession, workspace_id: str, one: Waiting, _: datetime) -> Made | None:
    """That NPS moved, or that a quarter was quiet."""
    told = await told_now(session, workspace_id, one)
    # A movement is the news of its day and belongs beside no story; that nothing moved is a line under one.
    beside = None if "quarter" in one.about else frozenset[int]()
    return None if told is None else Made(payload=told[0], line=told[1], beside=beside)


async def _nps_worth(session: AsyncSession, workspace_id: str, one: Waiting, _: datetime) -> Made | None:
    """That the answer about what a point is worth has changed."""
    said = await worth_telling.told_now(session, workspace_id, one)
    return None if said is None else Made(payload=said)


async def _invitation(_: AsyncSession, __: str, one: Waiting, ___: datetime) -> Made | None:
    """A colleague's invitation to talk with customers."""
    return Made(payload=first_week.invitation(one.about["by"], one.about["command"]))


async def _avatar_line(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """A founding reason that a project's avatar remembers, with a customer's quote."""
    line = await lines.spoken(session, workspace_id, lines.line_of(one), now)
    if line is None:
        return None
    customer = line.saying.customer_id
    return Made(
        payload=lines.payload_of(line),
        line=riding(line.project, line.reason, line.saying),
        beside=frozenset() if customer is None else frozenset({customer}),
        subjects=quoted([line.saying]),
    )


async def _swerve(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """That the talk of a channel has left a reason of its project."""
    said = await swerves.spoken(session, workspace_id, int(one.about["line"]), now)
    if said is None or said.line.answer is not None:
        return None
    return Made(
        payload=swerves.payload_of(said, one.kind), subjects=quoted([said.saying] if said.saying else ())
    )


async def _looking_back(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """What happened to the NPS of those a project is for since a milestone of it."""
    about = one.about
    told = await looking_back.told_now(session, workspace_id, about["milestone"], about["weeks"], now)
    return None if told is None else Made(payload=told.payload, thread_ts=told.thread_ts)


async def _talk_wanted(session: AsyncSession, workspace_id: str, one: Waiting, _: datetime) -> Made | None:
    """That a colleague would like somebody to talk with a customer, or that the day for it has come."""
    payload = await wanted_words.told_now(session, workspace_id, one)
    return None if payload is None else Made(payload=payload)


async def _renewal(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """That an account renews soon, and what its customers said."""
    told = await renewal_notes.told_now(session, workspace_id, one.place, one.slot_key, now)
    return None if told is None else Made(payload=told.payload, subjects=told.subjects, stories=told.stories)


async def _top_three(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """That a theme was chosen as one of the quarter's top three."""
    told = await announcing.told_now(session, workspace_id, one, now)
    if told is None:
        return None
    return Made(payload=told.payload, subjects=told.subjects, stories=told.stories)


async def _progress(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """What changed about one of the top three, or whether it is done."""
    payload = await asking.told_now(session, workspace_id, one, now)
    return None if payload is None else Made(payload=payload)


async def _nobody_asked(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """That customers say something, and nobody has asked them why."""
    told = await proposing.told_now(session, workspace_id, one, now)
    return None if told is None else Made(payload=told.payload, subjects=told.subjects)


async def _hand_over(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """That a colleague asks them to take something over, as long as that is open."""
    task = await follow_ups.get(session, workspace_id, int(one.slot_key.split(":")[1]))
    if task is None or task.offered_to != one.place or task.done_at is not None:
        return None
    payload = await asked_to_take_over(session, workspace_id, task.id, one.place, now)
    story = await stories.get(session, workspace_id, task.story_id)
    if payload is None or story is None:
        return None
    return Made(payload=payload, subjects=subjects_of(story), stories=frozenset({story.id}))


async def _routed(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """What a channel's own rules bring."""
    about = one.about
    told = await routed(session, workspace_id, int(about["post"]), now, command=str(about["command"]))
    return None if told is None else Made(payload=told.payload, line=told.line, subjects=told.subjects)


COMPOSERS: dict[str, Compose] = {
    TOP_THREE: _top_three,
    PROGRESS: _progress,
    NOBODY_ASKED: _nobody_asked,
    HAND_OVER: _hand_over,
    "thanks": _about_stories(Private.THANKS),
    "acting": _about_stories(Private.THANKS),
    "came_of_it": _about_stories(Private.THANKS),
    "reminder": _about_stories(Private.REMINDERS),
    HEARD: _about_stories(Private.ENDINGS),
    SAID_AND_DONE: said_and_done.told_now,
    RENEWAL: _renewal,
    "stopped": _stopped,
    "invitation": _invitation,
    "nps_movement": _nps_movement,
    "nps_worth": _nps_worth,
    "avatar_line": _avatar_line,
    looking_back.LOOKING_BACK: _looking_back,
    wanted_words.TALK_WANTED: _talk_wanted,
    wanted_words.TALK_DUE: _talk_wanted,
    ROUTED: _routed,
    REACHED: _about_stories(Private.THANKS),
    SWERVE: _swerve,
    SPEAKING_UP: _swerve,
    **PROGRAMME,
}
"""Every unasked kind that is put into words so; a digest is composed by `bot.digest`."""
