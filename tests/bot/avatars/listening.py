"""A project that is listened to, and weeks of talk of our own writing in its channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count, cycle

from bot.avatars import listening_switch, setting_up
from bot.avatars.listening import Ears, Talk
from bot.desk import Desk
from storage import projects
from storage.projects import NewProject
from stories.avatars.evidence import Ref
from stories.avatars.project import Face, Project, Rhythm
from stories.drift import meaning
from stories.drift.background import Channel, background, bank
from stories.drift.judging import Judge
from stories.drift.talk import WINDOW
from tests.conftest import WORKSPACE, SetClock

ON_COURSE = next(channel for channel in bank() if channel.name == "invoice_matching")
SWERVE = next(channel for channel in bank() if channel.name == "museum_audio")


async def begun(desk: Desk, channel_id: str, owner_id: str, quotes: Sequence[Ref] = ()) -> Project:
    """A project with the reasons of a bank's channel, the first resting on these quotes; listened to."""
    new = NewProject(
        channel_id=channel_id,
        name="Invoices before dawn",
        goal="A baker sends the month’s invoices in ten minutes.",
        segment="",
        owner_id=owner_id,
        face=Face(name="Maya", emoji=":bread:"),
        rhythm=Rhythm.NEVER,
    )
    now = desk.now()
    async with desk.begin() as session:
        first, *others = ON_COURSE.reasons
        project = await setting_up.begin(session, WORKSPACE, new, first, quotes, by=owner_id, now=now)
        for words in others:
            await setting_up.add_reason(session, WORKSPACE, project, words, quotes, by=owner_id, now=now)
        project = await setting_up.known(session, WORKSPACE, project.id)
        await listening_switch.switch_on(session, WORKSPACE, project, by=owner_id, now=now)
    async with desk.read() as session:
        found = await projects.get(session, WORKSPACE, project.id)
    assert found is not None
    return found


def without_these() -> Judge:
    """What judges by the bank without the channels whose talk is played."""
    others = tuple(channel for channel in bank() if channel not in (ON_COURSE, SWERVE))
    return Judge(background(others, meaning.encoder()))


class Weeks:
    """Talk in a channel, a few windows a working day, heard by one process."""

    def __init__(self, desk: Desk, clock: SetClock, channel_id: str) -> None:
        self._desk, self._clock, self._channel_id = desk, clock, channel_id
        self.ears = Ears(judge=without_these)
        self._stamps = count(1)
        self._talk: dict[str, Iterator[str]] = {}

    async def day(self, about: Channel, windows: int = 2) -> bool:
        """A day of talk about this; tells whether somebody is to hear of a swerve. The next day comes."""
        talk = self._talk.setdefault(about.name, cycle(about.talk))
        told = [await self.say(next(talk)) for _ in range(windows * WINDOW)]
        self._clock.advance(timedelta(days=1))
        return any(told)

    async def say(self, text: str) -> bool:
        """One message."""
        stamp = f"{next(self._stamps)}.0"
        return await self.ears.hear(self._desk, WORKSPACE, Talk(self._channel_id, stamp, text))
