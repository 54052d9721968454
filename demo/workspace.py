"""The sample company as a playground's workspace: its people, channels, guided steps and Slack app."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from demo.company import SampleCompany
from demo.company.records import Channel, Person
from playground import setup
from playground.setup import Room, Setup, Step

MANIFEST = Path(__file__).resolve().parent.parent / "manifest.json"


def workspace_of(
    company: SampleCompany, start: datetime, *, address: str = "", more: tuple[Step, ...] = ()
) -> Setup:
    """The workspace in which the demo plays, its clock at `start`.

    `address` is where browsers reach the bot, `more` are steps that lead there.
    """
    return Setup(
        team_name=company.about.name,
        people=tuple(_person(person) for person in _visitor_first(company)),
        channels=tuple(_room(number, channel, company) for number, channel in enumerate(company.channels)),
        manifest=manifest(address),
        notice=company.about.notice,
        steps=(*(Step(step.title, step.text) for step in company.morning.steps), *more),
        start=start,
    )


def manifest(address: str = "") -> dict[str, Any]:
    """The Slack app's own manifest: the playground grants what a real workspace would.

    With the `address` at which browsers reach the bot, Slack leads people back there who sign in.
    """
    read: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    if address:
        read["oauth_config"] |= {"redirect_urls": [f"{address}/centre/signed-in"]}
    return read


def person_id(handle: str) -> str:
    """The Slack id of one of the company's people."""
    return f"U0{handle.upper():0<8}"


def channel_id(company: SampleCompany, kind: str) -> str:
    """The Slack id of the first channel of this kind. Raises StopIteration for a kind there is none of."""
    return next(_room_id(n) for n, channel in enumerate(company.channels) if channel.kind == kind)


def room_id(company: SampleCompany, name: str) -> str:
    """The Slack id of the channel of this name. Raises StopIteration where there is none."""
    return next(_room_id(n) for n, channel in enumerate(company.channels) if channel.name == name)


def _room_id(number: int) -> str:
    return f"C0TALLY{number:03}"


def _visitor_first(company: SampleCompany) -> list[Person]:
    """The page seats a visitor in the first chair."""
    return sorted(company.people, key=lambda person: person.handle != company.morning.visitor)


def _person(person: Person) -> setup.Person:
    return setup.Person(
        person.handle,
        person.name,
        id=person_id(person.handle),
        title=person.job,
        tz=person.time_zone,
        is_admin=person.admin,
        colour=person.colour,
        emoji=person.emoji,
    )


def _room(number: int, channel: Channel, company: SampleCompany) -> Room:
    return Room(
        channel.name,
        id=_room_id(number),
        private=channel.private,
        members=channel.members,
        bot=channel.kind == "pilot" or channel.name == company.project.channel,
        topic=channel.topic,
        creator=channel.manager or channel.members[0],
    )
