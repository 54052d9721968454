"""What a person sees: messages, windows, and the words and buttons in them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playground.dressing import action_ids
from playground.model import Json


def spoken(node: Any) -> Iterator[str]:
    """Every word that stands in blocks: texts, labels, titles, alt texts, cells."""
    if isinstance(node, list):
        for entry in node:
            yield from spoken(entry)
    elif isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, dict | list):
                yield from spoken(value)
            elif key in ("text", "alt_text", "title", "label") and isinstance(value, str):
                yield html.unescape(value)


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as it stands in a channel; `raw` is Slack's JSON."""

    raw: Json

    @property
    def ts(self) -> str:
        """Its timestamp, which is its id within the channel."""
        return str(self.raw["ts"])

    @property
    def channel_id(self) -> str:
        """Where it stands."""
        return str(self.raw["channel"])

    @property
    def text(self) -> str:
        """Its top-level text as Slack keeps it (escaped)."""
        return str(self.raw.get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.raw.get("blocks", []))

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.raw.get("ephemeral_to"))

    @property
    def metadata(self) -> Json | None:
        """Its metadata, if any."""
        return self.raw.get("metadata")

    @property
    def where(self) -> dict[str, str]:
        """What the control API needs to find it again."""
        return {"channel": self.channel_id, "ts": self.ts}

    def words(self) -> str:
        """All that people read in it, unescaped: the blocks' words, or the text where there are none."""
        shown = [*spoken(self.blocks), *spoken(self.raw.get("attachments", []))]
        return "\n".join([html.unescape(self.text), *shown])

    def actions(self) -> list[str]:
        """The action ids of its buttons and selects, in order."""
        return action_ids(self.blocks)
