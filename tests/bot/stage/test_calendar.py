"""The calendar file: the host's clock with its zone, and changes that calendars follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from icalendar import Calendar

from bot.stage.calendar import calendar_file
from stories.stage.events import Event, Kind, Place, State
from stories.stage.times import When
from tests.conftest import NOW

EVENT = Event(
    id=7,
    host_id="UHOST",
    kind=Kind.TALK,
    title="An hour with Nia",
    customer_id=1,
    when=When(wall=datetime(2027, 3, 28, 15), zone="Europe/Berlin", minutes=45),  # noqa: DTZ001 a wall clock's
    place="Room 4",
)


def read(event: Event, place: Place = Place.GOING) -> tuple[Calendar, bytes]:
    file = calendar_file(event, place, workspace_id="T1", now=NOW)
    return Calendar.from_ical(file), file


def test_it_is_by_the_hosts_clock_with_its_zone_and_names_no_customer() -> None:
    calendar, file = read(EVENT)
    (entry,) = calendar.walk("VEVENT")
    assert (entry["uid"], entry["sequence"], entry["status"]) == ("event-7@T1.firsthand", 0, "CONFIRMED")
    assert b"DTSTART;TZID=Europe/Berlin:20270328T150000" in file
    assert entry.decoded("dtstart").astimezone(UTC) == datetime(2027, 3, 28, 13, tzinfo=UTC), "summer time"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert b"Nia" not in file


def test_a_change_rises_and_one_that_is_off_takes_it_out() -> None:
    moved, _file = read(replace(EVENT, sequence=3))
    assert moved.walk("VEVENT")[0]["sequence"] == 3
    for event, place in ((replace(EVENT, state=State.CALLED_OFF), Place.GOING), (EVENT, Place.LEFT)):
        off, _file = read(event, place)
        assert (off["method"], off.walk("VEVENT")[0]["status"]) == ("CANCEL", "CANCELLED")
        assert off.walk("VEVENT")[0]["uid"] == "event-7@T1.firsthand"
