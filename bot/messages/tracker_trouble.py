"""What people hear when comments beyond Slack cannot be made, changed or taken down."""

from __future__ import annotations

from typing import Any

from bot.messages.aloud import read_out
from bot.messages.blocks import context, escaped, section
from stories.kept_sentences import read
from stories.language import _

BEYOND = "beyond Slack: "
"""How the last error of a delivery begins that a tracker gave: words follow, read by people as they are."""


def to_mend(place: str, trouble: str, *, command: str) -> dict[str, Any]:
    """Nothing goes to a tracker until somebody mends something there; it goes on by itself after that."""
    said = _(
        "I can’t comment in {place} any more, nor change or take down what I wrote there. {trouble}\n"
        "Please mend it: {command} in the project’s channel, *Beyond Slack*. I try again every hour."
    ).format(place=f"*{escaped(place)}*", trouble=escaped(read(trouble)), command=f"`{command}`")
    return _told(said)


def in_public(place: str, *, command: str) -> dict[str, Any]:
    """A repository was opened to the world."""
    said = _(
        "*{place}* is public now: all the world reads it, and nobody asked our customers for that. I’ve "
        "switched the avatar off there and am deleting its comments. Once it is private again, {command} in "
        "the project’s channel switches it on."
    ).format(place=escaped(place), command=f"`{command}`")
    return _told(said)


def not_taken(ref: str, reason: str) -> dict[str, Any]:
    """A comment that a tracker will never take."""
    said = _("My comment on *{ref}* was not taken, and I won’t try again. {reason}")
    return _told(said.format(ref=escaped(ref), reason=escaped(reason)))


def may_stand(ref: str, address: str, reason: str) -> dict[str, Any]:
    """A comment that may stand where it is out of our reach."""
    said = _(
        "A comment of mine on <{address}|{ref}> may still stand where I can’t reach it, and should not. "
        "{reason}\nPlease have somebody who can look there delete it."
    ).format(ref=escaped(ref), address=escaped(address), reason=escaped(reason))
    return _told(said)


def _told(said: str) -> dict[str, Any]:
    why = _("You get this because you switched the avatar on there, or look after stories here.")
    return read_out(said, [section(said), context(why)])
