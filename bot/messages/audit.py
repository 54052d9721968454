"""The audit log, read in Slack: a page of it, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.audit_words import CUSTOMER, ITSELF, plainly, said
from bot.messages.blocks import prose_part
from storage.audit import Entry
from stories.language import _
from stories.text import one_line, shortened

PAGE = 15
LONGEST_NAMED = 150


def log_page(entries: Sequence[Entry], *, skip: int, more: bool) -> dict[str, Any]:
    """A page of the log; `skip` lines are newer than these."""
    intro = prose_part("audit.j2", "intro", empty=not entries)
    pages = [
        *([blocks.button(_("Newer"), ids.AUDIT_NEWER, str(max(0, skip - PAGE)))] if skip else []),
        *([blocks.button(_("Older"), ids.AUDIT_OLDER, str(skip + PAGE))] if more else []),
    ]
    lines = [blocks.context(_line(entry)) for entry in entries]
    as_file = [] if not entries else [blocks.button(_("Send me all of it as a file"), ids.AUDIT_FILE, "all")]
    row = [blocks.actions(*pages, *as_file)] if pages or as_file else []
    return read_out(intro, [blocks.section(intro), *lines, *row])


def _line(entry: Entry) -> str:
    who = _nobody_here(entry.actor_id) or called("person", entry.actor_id)
    return prose_part(
        "audit.j2",
        "line",
        when=_when(entry.at),
        who=Markup(who),  # noqa: S704 escaped where it was named
        said=Markup(said(entry, called)),  # noqa: S704 escaped where it was named
    )


def _nobody_here(actor_id: str) -> str:
    """Who acted, where it was nobody who works here; else empty."""
    return {ITSELF: _("Firsthand"), CUSTOMER: _("The customer")}.get(actor_id, "")


def called(kind: str, object_id: str) -> str:
    """What something is called in Slack: people and channels as mentions that ring nobody in this list."""
    if kind == "person" and object_id[:1] in "UW" and object_id.isalnum():
        return f"<@{object_id}>"
    if kind == "channel" and object_id[:1] in "CG" and object_id.isalnum():
        return f"<#{object_id}>"
    return blocks.escaped(shortened(one_line(plainly(kind, object_id)), LONGEST_NAMED))


def _when(at: datetime) -> Markup:
    seconds, plain = int(at.timestamp()), f"{at:%Y-%m-%d %H:%M} UTC"
    return Markup(f"<!date^{seconds}^{{date_short_pretty}} {{time}}|{plain}>")  # noqa: S704 a moment
