"""What is said about a channel's digest: status, help, what was saved, and a word to whoever invited us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import ids
from bot.home_values import Commands
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.channel_words import next_said, snoozed_said, what_said, when_said
from bot.messages.digest import people
from stories.channels import ChannelSettings, ChannelState
from stories.language import _

MOST_EDITORS = 20


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


def editors_modal(editors: Sequence[str]) -> Block:
    """Who the editors are, for an admin to change."""
    picker: Block = {
        "type": "multi_users_select",
        "action_id": ids.EDITORS_VIEW,
        "max_selected_items": MOST_EDITORS,
        "placeholder": blocks.plain(_("Choose colleagues"), 150),
    }
    picker |= {"initial_users": list(editors)} if editors else {}
    return blocks.modal(
        _("Editors"),
        [
            blocks.section(_part("editors")),
            blocks.input_block(ids.EDITORS_VIEW, _("Who are they?"), picker, optional=True),
        ],
        callback_id=ids.EDITORS_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
    )


def editors_saved(editors: Sequence[str]) -> str:
    """Who the editors are from now on."""
    return _part("editors_saved", people=people(editors, last=_("and")))


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
