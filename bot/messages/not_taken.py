"""What editors are told when Slack refuses a post although its channel is there."""

from __future__ import annotations

from typing import Any

from bot.messages.blocks import escaped, section
from stories.language import _


def not_taken(channel_id: str, reason: str) -> dict[str, Any]:
    """A post that Slack refused for another reason than that the channel is gone."""
    said = _(
        "Slack didn’t take a post of mine for <#{channel}> ({reason}), so it was not sent and won’t be tried "
        "again. Please show this to whoever looks after Slack here; then share the story anew."
    ).format(channel=channel_id, reason=escaped(reason))
    return {"text": said, "blocks": [section(said)]}
