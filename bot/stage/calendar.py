"""An event as a calendar file (RFC 5545), with its time zone.

It names no customer: others read calendars too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.messages.stage_words import kind_name
from stories.language import _
from stories.stage.events import Event, Place, State


def calendar_file(event: Event, place: Place, *, workspace_id: str, now: datetime) -> bytes:
    """The event by its host's clock, or that it is off.

    It is there once and follows changes: its UID stays, its SEQUENCE rises. Somebody who stepped back takes
    it out with it.
    """
    # A calendar library's import is for those who ask for a file.
    from icalendar import Calendar
    from icalendar import Event as Entry

    off = event.state in (State.CALLED_OFF, State.GONE) or place is Place.LEFT
    # No time zone is shown where it is not known any more: then the instant is.
    starts_at = event.when.wall.replace(tzinfo=event.when.there)
    entry = Entry()
    entry.add("uid", f"event-{event.id}@{workspace_id}.firsthand")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", now)
    entry.add("dtstart", starts_at)
    entry.add("duration", timedelta(minutes=event.when.minutes))
    entry.add("summary", kind_name(event.kind))
    entry.add("description", _("What it is about is in Slack, in your messages with Firsthand."))
    if event.place and not off:
        entry.add("location", event.place)
    entry.add("status", "CANCELLED" if off else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Firsthand//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "PUBLISH")
    calendar.add_component(entry)
    calendar.add_missing_timezones(
        starts_at.date() - timedelta(days=366), starts_at.date() + timedelta(days=366)
    )
    found: bytes = calendar.to_ical()
    return found
