"""Links that people give: where something is worked on elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from stories.errors import UserError
from stories.language import _

LONGEST_LINK = 300

_OBEYED = re.compile(r"[\s<>|\"'`\\\x00-\x1f]")
"""What a link may not hold: Slack would end it there, or read something else into it."""


def https_link(typed: str, *, field: str) -> str:
    """The link that somebody typed; "" for none. Raises UserError beside `field` for what is no such link."""
    link = typed.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    named = "." in host.strip(".") and not parts.username and (port is None or port > 0)
    if parts.scheme != "https" or not named or _OBEYED.search(link) or len(link) > LONGEST_LINK:
        raise UserError(
            _("A link begins with https:// and has at most {most} characters; or leave it empty.").format(
                most=LONGEST_LINK
            ),
            field=field,
        )
    return link


def shown_as(link: str) -> str:
    """What a link is called in a sentence: its host and the end of its path."""
    parts = urlsplit(link)
    end = parts.path.rstrip("/").rpartition("/")[2]
    return f"{parts.hostname} … {end}" if end else str(parts.hostname)
