"""Asking where a story should be shared."""

from __future__ import annotations

import json

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from stories.language import _
from stories.story import Telling


def share_modal(telling: Telling) -> Block:
    """Which channel should read this story; the current one is chosen already where there is one."""
    picker = {
        "type": "conversations_select",
        "action_id": "channel",
        "placeholder": blocks.plain(_("Choose a channel")),
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return blocks.modal(
        _("Share this story"),
        [
            blocks.section(prose_part("sharing.j2", "story", title=telling.title)),
            blocks.input_block(
                "channel",
                _("Which channel should read it?"),
                picker,
                hint=_("It is posted there once, with your name as the one who shared it."),
            ),
        ],
        callback_id=ids.STORY_SHARE_VIEW,
        submit=_("Share"),
        close=_("Cancel"),
        private_metadata=json.dumps({"story": telling.story_id}),
    )


def on_its_way(channel_id: str) -> str:
    """The story will stand there in a moment (Slack's own mark for the channel)."""
    return _("It will be in {channel} in a moment.").format(channel=f"<#{channel_id}>")
