"""The receipt of an erasure: what went, in numbers, and what Slack did not let us change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import prose_part
from bot.messages.delivery_trouble_words import place_said, reason_said
from bot.messages.erasing import counted
from storage.erasing import Erasure
from stories.language import _

MOST_LISTED, IN_A_BLOCK = 20, 5
"""Messages that are listed, and how many of them fit into one block of Slack's."""


def receipt(erasure: Erasure) -> dict[str, Any]:
    """That an erasure is done, in numbers, and what Slack did not let us change."""
    counts = erasure.counts
    said = prose_part(
        "erasing.j2",
        "receipt",
        number=erasure.id,
        rows=counted(counts.get("rows", {})),
        words=counts.get("words", 0),
        posts=counts.get("posts", {}).get("done", 0),
    )
    refused = counts.get("refused", [])
    body = [blocks.section(said)]
    if refused:
        body.append(blocks.section(prose_part("erasing.j2", "refused", number=len(refused))))
        listed = [_where(one) for one in refused[:MOST_LISTED]]
        if more := len(refused) - len(listed):
            listed.append(_("• and {number} more: `firsthand erasures` lists them").format(number=more))
        body += [
            blocks.section("\n".join(listed[at : at + IN_A_BLOCK]))
            for at in range(0, len(listed), IN_A_BLOCK)
        ]
        body.append(blocks.context(prose_part("erasing.j2", "again", number=erasure.id)))
    return read_out(said, [*body, blocks.context(prose_part("erasing.j2", "kept"))])


def _where(one: Mapping[str, str]) -> str:
    return _("• {place}, {when}: {reason}").format(
        place=place_said(one["channel"]),
        when=_when(one["ts"]),
        reason=blocks.escaped(reason_said(one["reason"])),
    )


def _when(stamp: str) -> str:
    """A message's moment as Slack shows it, with its stamp for whoever looks for it by that."""
    seconds = stamp.partition(".")[0]
    if not seconds.isdecimal():
        return _("a message without a stamp")
    shown = f"<!date^{seconds}^{{date_short_pretty}} {{time}}|{seconds}>"
    return _("message of {when} ({stamp})").format(when=shown, stamp=blocks.escaped(stamp))
