"""What a channel asked to hear, and when it hears it next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from stories.digest import DigestSettings
from stories.schedule import DEFAULT_LIMIT, DigestTimes, is_stale, next_due
from stories.values import dataclass

MOST_IN_DIGEST = 3
"""The stories that a channel can ask for in one digest."""

_INSTANT = timedelta(microseconds=1)


class Kind(StrEnum):
    """What a channel can hear."""

    STORIES = "stories"
    TOP_THREE = "top_three"
    REMEMBER = "remember"


class ChannelState(StrEnum):
    """Whether a channel hears anything.

    ON it does; PAUSED somebody here asked for quiet; WAITING an editor has to agree first, because
    guests read along; STOPPED it cannot be told stories there (see `StopReason`).
    """

    ON = "on"
    PAUSED = "paused"
    WAITING = "waiting"
    STOPPED = "stopped"


class StopReason(StrEnum):
    """Why a channel hears nothing although somebody asked for it."""

    SHARED = "shared"
    ARCHIVED = "archived"
    LEFT = "left"
    DELETED = "deleted"
    GUESTS = "guests"
    LARGE = "large"


class Snooze(StrEnum):
    """For how long anybody can have a channel's digest hold back."""

    NEXT = "next"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """A channel's settings and where it stands.

    `managers` may change them, `set_up_by` is told when something stops them. `next_at` is when the next
    digest is due, None while there is none. `guests_allowed_by` is the editor who agreed to guests
    reading along. `stopped_because` is set while STOPPED or WAITING. `language` is the one it is spoken to
    in ("de"), empty for the workspace's. `template` is the key of how stories are told there, empty for
    whole.
    """

    channel_id: str
    set_up_by: str
    times: DigestTimes
    digest: DigestSettings
    state: ChannelState = ChannelState.ON
    managers: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = (Kind.STORIES,)
    language: str = ""
    template: str = ""
    guests_allowed_by: str | None = None
    snoozed_until: datetime | None = None
    stopped_because: StopReason | None = None
    next_at: datetime | None = None

    def started(self, now: datetime) -> ChannelSettings:
        """The same, on and due again; a snooze that still lasts is kept."""
        on = replace(self, state=ChannelState.ON, stopped_because=None)
        return replace(on, next_at=next_time(on, now))

    def quiet(self, state: ChannelState, because: StopReason | None = None) -> ChannelSettings:
        """The same, hearing nothing."""
        return replace(self, state=state, stopped_because=because, next_at=None)

    def snoozed(self, until: datetime | None, now: datetime) -> ChannelSettings:
        """The same, holding back until then (None ends a snooze); one that hears nothing is left alone."""
        if self.state is not ChannelState.ON:
            return self
        changed = replace(self, snoozed_until=until)
        return replace(changed, next_at=next_time(changed, now))


def next_time(channel: ChannelSettings, now: datetime) -> datetime | None:
    """When this channel's next digest is due, strictly after `now` and after its snooze; None while quiet."""
    if channel.state is not ChannelState.ON:
        return None
    return next_due(channel.times, after_snooze(channel, now))


def after_snooze(channel: ChannelSettings, now: datetime) -> datetime:
    """The moment after which a digest may come: `now`, or the end of a snooze that still lasts."""
    return max(now, channel.snoozed_until or now)


def snooze_end(channel: ChannelSettings, snooze: Snooze, now: datetime) -> datetime:
    """Until when a snooze holds back: past the next digest, or for seven days."""
    if snooze is Snooze.NEXT:
        return next_due(channel.times, now)
    return now + timedelta(days=7)


def due_digest(channel: ChannelSettings, now: datetime) -> datetime | None:
    """Which digest is to be told now: the moment it was due; None when there is none or it is stale.

    However long nobody looked, only the latest one counts: after a week away there is one digest, and
    none when the latest is no longer news (`stories.schedule.is_stale`).
    """
    if channel.next_at is None or channel.next_at > now:
        return None
    newest = next_due(channel.times, max(channel.next_at, now - DEFAULT_LIMIT) - _INSTANT)
    return newest if newest <= now and not is_stale(channel.times, newest, now) else None
