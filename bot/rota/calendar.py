"""A talk as a calendar file (RFC 5545). It says nothing of the customer: others read calendars too."""

from __future__ import annotations

from datetime import datetime

from stories.language import _
from stories.rota.hours import TALK


def calendar_file(*, uid: str, starts_at: datetime, now: datetime) -> bytes:
    """The talk from `starts_at` (aware) for half an hour; `uid` names it, so that it is there once."""
    # A calendar library's import is for those who ask for a file.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + TALK)
    event.add("summary", _("A talk with a customer"))
    event.add("description", _("Your guide is in Slack, in your messages with Firsthand."))
    event.add("status", "TENTATIVE")
    calendar = Calendar()
    calendar.add("prodid", "-//Firsthand//Rota//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found
