"""What editors are told when a post needs a person: unmade, nowhere to be found, or not to be moved."""

from __future__ import annotations

from typing import Any

from bot.messages.blocks import escaped, section
from stories.language import _


def in_doubt(channel_id: str, reason: str) -> dict[str, Any]:
    """A post whose fate Slack does not tell: it is never posted again by itself."""
    said = _(
        "I can’t tell whether a post of mine stands in <#{channel}>: Slack’s answer was lost, and its "
        "history can’t be read ({reason}). Please look there. If it is missing, share the story again; "
        "I won’t post it twice by myself."
    ).format(channel=channel_id, reason=escaped(reason))
    return {"text": said, "blocks": [section(said)]}


def could_not_change(channel_id: str, reason: str) -> dict[str, Any]:
    """A message that was to be changed or taken down, and Slack refused."""
    said = _(
        "I was to change or take down a message of mine in <#{channel}>, and Slack refused ({reason}). "
        "What stands there may no longer be told: please have somebody with the right to do so delete it."
    ).format(channel=channel_id, reason=escaped(reason))
    return {"text": said, "blocks": [section(said)]}


def could_not_make(channel_id: str, trouble: str) -> dict[str, Any]:
    """A post that could not be put together: `trouble` is what the log of the server tells more of."""
    said = _(
        "I couldn’t put a post for <#{channel}> together, so it was not sent and won’t be tried again. "
        "The fault is mine ({trouble}): please show this to whoever runs Firsthand, whose log says more."
    ).format(channel=channel_id, trouble=escaped(trouble))
    return {"text": said, "blocks": [section(said)]}
