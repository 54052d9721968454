"""Private messages about a channel that hears no stories, or waits for an editor's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import prose_part
from bot.messages.digest import people
from stories.channels import StopReason
from stories.language import _


def stopped(channel_id: str, because: StopReason, *, command: str) -> dict[str, Any]:
    """What whoever set a channel up hears when something stops it."""
    return _said(_part(because.value, channel=_room(channel_id), command=command))


def may_guests_read(channel_id: str, because: StopReason, *, asked_by: str) -> dict[str, Any]:
    """The question that editors are asked, with its button."""
    said = _part(because.value, channel=_room(channel_id), person=people([asked_by]))
    sure = blocks.confirm(
        _("Guests read along"),
        _("Every story told there reaches people from outside. Customers agreed to sharing in-house."),
        _("Let it in"),
        _("Not now"),
    )
    allow = blocks.button(_("Yes, let it in"), ids.DIGEST_ALLOW_GUESTS, channel_id, confirm=sure)
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(allow)]}


def waiting(channel_id: str, because: StopReason, *, editors: Sequence[str], command: str) -> dict[str, Any]:
    """What whoever set a channel up hears while an editor is asked."""
    values = {"channel": _room(channel_id), "because": because.value}
    if editors:
        return _said(_part("waiting", editors=people(editors), **values))
    return _said(_part("nobody", command=command, **values))


def allowed(channel_id: str, *, by: str, when: str) -> dict[str, Any]:
    """What is said once an editor agreed."""
    return _said(_part("allowed", channel=_room(channel_id), person=people([by]), when=when))


def _said(text: str) -> dict[str, Any]:
    return {"text": text, "blocks": [blocks.section(text)]}


def _room(channel_id: str) -> Markup:
    return Markup(f"<#{channel_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("halting.j2", part, **values)
