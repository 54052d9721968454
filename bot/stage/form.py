"""An event as somebody filled its form in. Raises UserError beside the field that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.stage import ids as stage_ids
from stories.calendars import known_zone
from stories.errors import UserError
from stories.language import _
from stories.links import https_link
from stories.marks import mark
from stories.stage.events import MOST_CHANNELS, MOST_SEATS, Event, Kind
from stories.stage.times import When, chosen
from stories.text import clean, one_line, says_something

USUAL = time(15)
"""When an event begins unless its host says otherwise."""


def blank(host_id: str, zone: str, now: datetime, *, customer_id: int | None = None) -> Event:
    """An event as an empty form holds it: an hour at three tomorrow, by the host's clock."""
    there: ZoneInfo = known_zone(zone)
    day = now.astimezone(there).date() + timedelta(days=1)
    when = When(wall=datetime.combine(day, USUAL), zone=there.key, minutes=60)
    return Event(id=0, host_id=host_id, kind=Kind.TALK, title="", customer_id=customer_id, when=when)


def read(values: Mapping[str, Any], before: Event) -> Event:
    """The event that the form makes of what it was before; what a form does not ask for stays as it was."""
    title = one_line(values.get("title") or "")
    if not says_something(title):
        raise UserError(_("Please say what it is called."), field="title")
    kind, speaker = Kind(values.get("kind") or before.kind), one_line(values.get("speaker") or "")
    customer_id = before.customer_id
    if stage_ids.STAGE_CUSTOMER in values:
        customer_id = int(values[stage_ids.STAGE_CUSTOMER] or 0) or None
    _refuse_nobody(kind, customer_id, speaker)
    return replace(
        before,
        kind=kind,
        title=title,
        about=clean(values.get("about") or ""),
        customer_id=customer_id,
        speaker="" if customer_id else speaker,
        when=_when(values),
        place=_place(values.get("place") or ""),
        seats=_seats(values.get("seats")),
        language=values.get("language") or "",
        channels=_channels(values.get("channels") or ()),
    )


def mark_of(event: Event) -> str:
    """What tells whether all that the form shows of an event is still so."""
    told = (event.title, event.speaker, event.about, event.when, event.place, event.seats)
    return mark(*told, event.language, event.channels)


def has_agreed(values: Mapping[str, Any]) -> bool:
    """Whether the box is ticked that says that they agreed."""
    return "yes" in (values.get("agreed") or ())


def _refuse_nobody(kind: Kind, customer: int | None, speaker: str) -> None:
    if kind in (Kind.VISIT, Kind.TALK) and not customer:
        raise UserError(_("Please choose which customer comes."), field=stage_ids.STAGE_CUSTOMER)
    if kind is Kind.SPEAKER and not speaker:
        raise UserError(_("Please say who speaks."), field="speaker")
    if kind is Kind.SPEAKER and customer:
        raise UserError(
            _("A speaker is no customer; choose a customer’s talk instead."), field=stage_ids.STAGE_CUSTOMER
        )


def _when(values: Mapping[str, Any]) -> When:
    if not values.get("on_day"):
        raise UserError(_("Please choose a day."), field="on_day")
    if not values.get("at"):
        raise UserError(_("Please choose a time of day."), field="at")
    zone = values.get(stage_ids.STAGE_ZONE)
    if not zone:
        raise UserError(_("Please choose a time zone."), field=stage_ids.STAGE_ZONE)
    at = time.fromisoformat(values["at"])
    return chosen(date.fromisoformat(values["on_day"]), at, zone, int(values["minutes"]))


def _place(typed: str) -> str:
    place = one_line(typed)
    return https_link(place, field="place") if place.lower().startswith(("http:", "https:")) else place


def _seats(typed: str | None) -> int | None:
    if not typed:
        return None
    if not typed.isdecimal() or not 1 <= int(typed[:9]) <= MOST_SEATS:
        said = _("Please give a whole number from 1 to {most}, or leave it empty.")
        raise UserError(said.format(most=MOST_SEATS), field="seats")
    return int(typed)


def _channels(named: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    if not named:
        raise UserError(_("Please choose at least one channel."), field="channels")
    if len(named) > MOST_CHANNELS:
        raise UserError(_("Choose at most {most} channels.").format(most=MOST_CHANNELS), field="channels")
    return tuple(dict.fromkeys(named))
