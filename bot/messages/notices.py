"""What stands in place of a private note whose story is not told any more."""

from __future__ import annotations

from typing import Any

from bot.messages.blocks import section
from stories.language import _


def set_aside(*, hidden: bool) -> dict[str, Any]:
    """A short line without anything of the story; `hidden` while an editor looks into a report."""
    said = (
        _("This was about a customer’s story that is out of sight while an editor looks at it.")
        if hidden
        else _("This was about a customer’s story that was taken back.")
    )
    return {"text": said, "blocks": [section(said)]}
