"""The first week of the person who brought the bot in: its list, its modals, its invitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from stories.language import _
from stories.next_step import COLLEAGUES_WANTED, FIRST_WEEK, NOTES_WANTED, Do, FirstWeek

MOST_INVITED = 5


def first_week(week: FirstWeek | None, *, shown: Do) -> Sequence[Block]:
    """The list with its ticks; what is `shown` as the next step already has no second button here."""
    if week is None:
        return []
    hide = blocks.button(_("Put this list away"), ids.HOME_FIRST_WEEK_HIDE)
    return [
        blocks.header(_("Your first week")),
        blocks.context(_part("intro")),
        *(_item(item, week, shown=shown) for item in FIRST_WEEK),
        blocks.actions(hide, block_id="first_week"),
    ]


def step_button(item: Do, week: FirstWeek | None) -> tuple[str, Block]:
    """One of the list as the next step: what it says, and its button."""
    return _said(item, week or FirstWeek()), _button(item) | {"style": "primary"}


def channel_modal() -> Block:
    """Asks which channel is to hear stories first; choosing one leads on at once."""
    picker: Block = {
        "type": "conversations_select",
        "action_id": ids.HOME_CHANNEL_CHOSEN,
        "placeholder": blocks.plain(_("Choose a channel")),
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    hint = _(
        "I can only post where I’m a member: type /invite @Firsthand there first. Private ones work too."
    )
    asked = blocks.input_block("channel", _("Which channel?"), picker, hint=hint) | {"dispatch_action": True}
    return blocks.modal(
        _("A pilot channel"),
        [blocks.section(_part("why_pilot")), asked],
        callback_id=ids.HOME_CHANNEL_VIEW,
        submit=_("Next"),
        close=_("Cancel"),
    )


def invite_modal(inviter: str, command: str) -> Block:
    """Asks whom to invite, shows what they will read, and gives the same as text to copy."""
    picker: Block = {
        "type": "multi_users_select",
        "action_id": "colleagues",
        "max_selected_items": MOST_INVITED,
        "placeholder": blocks.plain(_("Choose colleagues")),
    }
    words = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": to_copy(command)}]}
    return blocks.modal(
        _("Invite colleagues"),
        [
            blocks.input_block("colleagues", _("Who talks with customers?"), picker),
            blocks.context(_("They get this message from me, in your name, when you press Send:")),
            blocks.section(_part("invitation", inviter=_mention(inviter), command=command)),
            blocks.divider(),
            blocks.context(_("Or copy this, and send it yourself where you like:")),
            {"type": "rich_text", "elements": [words]},
        ],
        callback_id=ids.HOME_INVITE_VIEW,
        submit=_("Send"),
        close=_("Cancel"),
    )


def invitation(inviter: str, command: str) -> dict[str, Any]:
    """The private message that an invited colleague gets."""
    said = _part("invitation", inviter=_mention(inviter), command=command)
    begin = blocks.button(_("Write up a conversation"), ids.INTERVIEW_OPEN, "new", style="primary")
    once = blocks.context(_("You get this once, because a colleague chose you."))
    return read_out(said, [blocks.section(said), blocks.actions(begin), once])


def to_copy(command: str) -> str:
    """The invitation as plain text."""
    said = _(
        "Talked with a customer lately? Type {command} in Slack and write up what you heard: five minutes, "
        "and only you see it until you publish it. Our teams read the stories in the morning."
    )
    return said.format(command=command)


def _item(item: Do, week: FirstWeek, *, shown: Do) -> Block:
    done = week.done(item)
    mark = ":white_check_mark:" if done else ":white_circle:"
    # Without a pilot channel there is no digest to look at.
    waits = item is Do.PREVIEW_DIGEST and week.pilot is None
    button = None if done or waits or item is shown else _button(item)
    said = _said(item, week)
    told = said.partition("\n")[0] if item is shown else said
    return blocks.section(f"{mark}  {told}", accessory=button, block_id=f"week:{item.value}")


def _said(item: Do, week: FirstWeek) -> str:
    pilot = Markup(f"<#{week.pilot}>") if week.pilot else ""  # noqa: S704 an id
    counted = {Do.PASTE_NOTES: (week.notes, NOTES_WANTED), Do.INVITE: (week.invited, COLLEAGUES_WANTED)}
    number, wanted = counted.get(item, (0, 0))
    return _part(item.value, done=week.done(item), channel=pilot, number=number, wanted=wanted)


def _button(item: Do) -> Block:
    labels = {
        Do.CHOOSE_CHANNEL: (_("Choose a channel"), ids.HOME_CHANNEL),
        Do.PASTE_NOTES: (_("Write one up"), ids.INTERVIEW_OPEN),
        Do.PREVIEW_DIGEST: (_("Preview"), ids.HOME_PREVIEW),
        Do.INVITE: (_("Invite"), ids.HOME_INVITE),
    }
    return blocks.button(*labels[item])


def _mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, /, **values: object) -> str:
    return prose_part("first_week.j2", part, **values)
