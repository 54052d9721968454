"""What editors are told when a post needs a person: unmade, nowhere to be found, or not to be moved."""

from __future__ import annotations

from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped, section
from bot.messages.delivery_trouble_words import place_said, reason_said
from stories.language import _

LONGEST_LINK = 300


def in_doubt(channel_id: str, reason: str, *, delivery_id: int) -> dict[str, Any]:
    """A post whose fate Slack does not tell: it is never posted again by itself, a person decides."""
    said = _(
        "I can’t tell whether a post of mine stands in {place}. {reason}\n"
        "I won’t post it twice by myself: what shall I do?"
    ).format(place=place_said(channel_id), reason=escaped(reason_said(reason)))
    again = blocks.confirm(
        _("Post it again?"),
        _("If it stands after all, people see it twice."),
        _("Post it again"),
        _("Not yet"),
    )
    never = blocks.confirm(
        _("Leave it out?"),
        _("I forget about this post. If it stands after all, I can’t change it or take it down later."),
        _("Leave it out"),
        _("Not yet"),
    )
    number = str(delivery_id)
    row = blocks.actions(
        blocks.button(_("It stands"), ids.DELIVERY_STANDS, number),
        blocks.button(_("It’s missing: post it again"), ids.DELIVERY_AGAIN, number, confirm=again),
        blocks.button(_("Leave it out"), ids.DELIVERY_GIVE_UP, number, confirm=never),
    )
    return read_out(said, [section(said), row, _why()])


def could_not_change(channel_id: str, reason: str) -> dict[str, Any]:
    """A message that was to be changed or taken down, and Slack refused."""
    said = _(
        "I was to change or take down a message of mine in {place}, and could not. {reason}\n"
        "What stands there may no longer be told: please have somebody with the right to do so delete it."
    ).format(place=place_said(channel_id), reason=escaped(reason_said(reason)))
    return read_out(said, [section(said), _why()])


def could_not_make(channel_id: str, trouble: str) -> dict[str, Any]:
    """A post that could not be put together: `trouble` is what the log of the server tells more of."""
    said = _(
        "I couldn’t put a post for {place} together, so it was not sent and won’t be tried again. "
        "The fault is mine ({trouble}): please show this to whoever runs Firsthand, whose log says more."
    ).format(place=place_said(channel_id), trouble=escaped(trouble))
    return read_out(said, [section(said), _why()])


def which_message(delivery_id: int, channel_id: str) -> Block:
    """The window that asks for the link of a post that stands, so that it can follow its stories again."""
    ask = blocks.text_input(
        "link",
        _("The message’s link"),
        most=LONGEST_LINK,
        hint=_("In Slack: ⋮ on the message, Copy link. I need it to change or take the post down later."),
        placeholder="https://….slack.com/archives/…/p…",
    )
    asked = _("Which message in {place} is it?").format(place=place_said(channel_id))
    return blocks.modal(
        _("It stands"),
        [section(asked), ask],
        callback_id=ids.DELIVERY_STANDS_VIEW,
        submit=_("That’s the one"),
        close=_("Cancel"),
        private_metadata=str(delivery_id),
    )


def decided(said: str) -> dict[str, Any]:
    """What takes the question's place once somebody has decided."""
    return {"text": said, "blocks": [section(said)]}


def stands_said(channel_id: str, by: str) -> str:
    """The post was found."""
    return _("Settled: the post in {place} stands, says {person}. It follows its stories again.").format(
        place=place_said(channel_id), person=_who(by)
    )


def again_said(channel_id: str, by: str) -> str:
    """The post goes out again."""
    return _("The post for {place} goes out again, as {person} decided.").format(
        place=place_said(channel_id), person=_who(by)
    )


def given_up_said(channel_id: str, by: str) -> str:
    """The post is left out."""
    return _("The post for {place} is left out, as {person} decided.").format(
        place=place_said(channel_id), person=_who(by)
    )


def _who(by: str) -> str:
    """Somebody in Slack, or whoever sat at the server's terminal."""
    return f"<@{escaped(by)}>" if by.startswith(("U", "W")) else _("somebody at the server")


def _why() -> Block:
    return blocks.context(
        _("You get this because you look after stories here, as an editor or as whoever installed me.")
    )
