"""A channel's settings as sentences: when, what, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.messages.blocks import escaped
from stories import speaking
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.language import _, ngettext
from stories.languages import language_name
from stories.places import country_label, zone_city
from stories.schedule import DigestTimes, local_day

_WORKING_DAYS = (0, 1, 2, 3, 4)


def days_said(days: Iterable[int]) -> str:
    """Weekdays as people say them: "Monday to Friday", "every day", "Tuesday and Thursday"."""
    chosen = tuple(sorted(days))
    if len(chosen) == 7:
        return _("every day")
    if chosen == _WORKING_DAYS:
        return _("Monday to Friday")
    return speaking.listed(speaking.day_of_week(day) for day in speaking.week() if day in chosen)


def when_said(times: DigestTimes) -> str:
    """When a channel hears stories: "Monday to Friday at 09:00 Berlin time, except on public holidays …"."""
    said = _("{days} at {clock} {zone}").format(
        days=days_said(times.days), clock=speaking.clock(times.at), zone=_zone_said(times.time_zone)
    )
    if times.country is None:
        return said
    return _("{when}, except on public holidays ({country})").format(
        when=said, country=country_label(times.country)
    )


def moment_said(times: DigestTimes, moment: datetime) -> str:
    """A moment in the channel's own time: "Monday 23 November at 09:00"."""
    local = moment.astimezone(times.zone)
    return _("{day} at {clock}").format(
        day=speaking.day_in_week(local_day(times, moment)),
        clock=speaking.clock(local.timetz().replace(tzinfo=None)),
    )


def what_said(wanted: DigestSettings) -> str:
    """What a channel hears: "up to 2 stories, from bakeries, in German"; escaped."""
    number = ngettext("one story", "up to {number} stories", wanted.how_many).format(number=wanted.how_many)
    parts = [number]
    if wanted.segments:
        parts.append(_("from {segments}").format(segments=_any_of(wanted.segments)))
    if wanted.themes:
        parts.append(_("about {themes}").format(themes=_any_of(wanted.themes)))
    if wanted.languages:
        names = map(language_name, wanted.languages)
        parts.append(_("in {languages}").format(languages=_any_of(names)))
    if wanted.retell:
        parts.append(_("or one worth retelling when nothing is new"))
    return ", ".join(parts)


def next_said(channel: ChannelSettings) -> str:
    """When the next digest comes; empty while none does."""
    return moment_said(channel.times, channel.next_at) if channel.next_at else ""


def snoozed_said(channel: ChannelSettings, now: datetime) -> str:
    """Until when the channel is snoozed; empty when it is not."""
    until = channel.snoozed_until
    return moment_said(channel.times, until) if until and until > now else ""


def _zone_said(zone: str) -> str:
    region, _slash, _city = zone.partition("/")
    return _("{city} time").format(city=zone_city(zone)) if region != zone else zone


def _any_of(names: Iterable[str]) -> str:
    return escaped(speaking.either(sorted(names)))
