"""What is said about a channel's digest: status, help, what was saved, and a word to whoever invited us."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from bot.home_values import Commands
from bot.messages.blocks import prose_part
from bot.messages.channel_words import next_said, snoozed_said, what_said, when_said
from bot.messages.digest import people
from stories.channels import ChannelSettings, ChannelState
from stories.language import _


def status(channel: ChannelSettings, *, now: datetime, command: str) -> str:
    """What a channel gets and when the next comes, in plain words."""
    said = _part(
        "gets",
        **_about(channel),
        state=channel.state.value,
        snoozed=snoozed_said(channel, now),
        person=people([channel.set_up_by]),
        managers=people(channel.managers) or _("Anybody here"),
        command=command,
    )
    if channel.state is ChannelState.ON:
        return said
    because = channel.stopped_because.value if channel.stopped_because else ""
    return f"{said}\n{_part('because', because=because)}"


def unset(channel_id: str, *, command: str) -> str:
    """The same for a channel that nobody set up: the next step."""
    return _part("unset", channel=_room(channel_id), command=command)


def saved(channel: ChannelSettings, *, empty: bool, commands: Commands) -> str:
    """What somebody hears who changed a channel's settings."""
    if channel.state is ChannelState.PAUSED:
        return _part("paused", channel=_room(channel.channel_id), command=commands.channel)
    return _part(
        "saved", **_about(channel), empty=empty, interview=commands.interview, command=commands.channel
    )


def turned_off(channel_id: str, *, command: str) -> str:
    """What somebody hears who had a channel's settings forgotten."""
    return _part("off", channel=_room(channel_id), command=command)


def help_text(commands: Commands) -> str:
    """What can be typed."""
    return _part("help", command=commands.channel, interview=commands.interview, stories=commands.stories)


def invited(channel_id: str, *, command: str, back: bool, shared: bool) -> str:
    """The word to whoever brought the bot into a channel: what to do next."""
    part = "invited_shared" if shared else "invited_back" if back else "invited"
    return _part(part, channel=_room(channel_id), command=command)


def _about(channel: ChannelSettings) -> dict[str, object]:
    return {
        "channel": _room(channel.channel_id),
        "what": Markup(what_said(channel.digest)),  # noqa: S704 what people wrote in it is escaped
        "when": when_said(channel.times),
        "next": next_said(channel),
    }


def _room(channel_id: str) -> Markup:
    return Markup(f"<#{channel_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("channel.j2", part, **values)
