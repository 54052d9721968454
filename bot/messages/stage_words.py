"""What events are called, and when they are: by each reader's own clock wherever Slack can tell it."""

from __future__ import annotations

from dataclasses import field

from markupsafe import Markup

from bot.messages.blocks import escaped
from stories import speaking
from stories.language import _, ngettext
from stories.places import zone_city
from stories.stage.events import Crowd, Event, Kind, State
from stories.stage.times import When
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An event as it may be shown right now.

    `who` comes, "" for nobody in particular; `shown` is False while its customer does not agree to be named:
    then nothing of it but its kind and its time is said. `recording` is where it can be watched, "" where
    that may not be shown. `titles` are stories that came of it, as (id, title): windows show them, and no
    message does, which would have to follow each of them.
    """

    event: Event
    who: str = ""
    shown: bool = True
    crowd: Crowd = field(default_factory=Crowd)
    recording: str = ""
    titles: tuple[tuple[int, str], ...] = ()

    @property
    def is_coming(self) -> bool:
        """Whether it is still to be, or on, and may be spoken of."""
        return self.shown and self.event.state is State.PLANNED


def kind_name(kind: Kind) -> str:
    """What such an event is called, alone: "A customer’s visit"."""
    return {
        Kind.VISIT: _("A customer’s visit"),
        Kind.TALK: _("A customer’s talk"),
        Kind.SPEAKER: _("A speaker"),
        Kind.LISTENING: _("A listening hour"),
    }[kind]


def hosts_clock(when: When) -> str:
    """When, by the clock of the host's zone: "Tuesday 30 March 2027, 15:00 (Berlin)"."""
    day, on = speaking.weekday(when.wall.date()), speaking.day(when.wall.date())
    at = speaking.clock(when.wall.time())
    return _("{weekday} {day}, {time} ({city})").format(
        weekday=day, day=on, time=at, city=zone_city(when.zone)
    )


def by_own_clock(when: When) -> Markup:
    """When, by the clock of whoever reads it; by the host's where Slack cannot tell."""
    seconds = int(when.starts_at.timestamp())
    fallback = escaped(hosts_clock(when)).replace("|", " ")
    return Markup(f"<!date^{seconds}^{{date_long}}, {{time}}|{fallback}>")  # noqa: S704 ours


def lasting(minutes: int) -> str:
    """How long: "45 minutes"."""
    return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)


def person(user_id: str) -> Markup:
    """Slack's own mark for a colleague."""
    return Markup(f"<@{user_id}>")  # noqa: S704 an id
