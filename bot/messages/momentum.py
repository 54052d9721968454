"""What reaches somebody who talked with customers: how far a story went, and first times."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import prose_part
from bot.messages.reading import fold
from stories.language import _
from stories.story import Telling

MOST_ENDINGS = 3


class First(StrEnum):
    """What is celebrated when somebody does it for the first time."""

    TALK = "talk"
    TOLD = "told"
    CHANGE = "change"


def reached(telling: Telling, *, channels: int, people: int) -> dict[str, Any]:
    """How many channels heard a story, how many people thought about it, and who changed what."""
    lines = [_part("reached", title=fold(telling.title, 90))]
    lines += [_part("channels", number=channels)] if channels else []
    lines += [_part("people", number=people)] if people else []
    said = "\n".join(lines)
    others = [one for one in telling.endings if one.by != telling.author_id][-MOST_ENDINGS:]
    changes = []
    for one in others:
        who = Markup(f"<@{one.by}>")  # noqa: S704 an id
        changes += [blocks.section(_part("changed", who=who)), blocks.quote(one.words)]
    look = blocks.button(_("Look at the story"), ids.STORY_PREVIEW, str(telling.story_id))
    return read_out(
        said,
        [
            blocks.section(said),
            *changes,
            blocks.actions(look),
            blocks.context(_part("why_reached")),
        ],
    )


def first_times(which: Sequence[First]) -> dict[str, Any]:
    """What somebody did for the first time, once for good."""
    said = "\n\n".join(_part(f"first_{first.value}") for first in which)
    return read_out(said, [blocks.section(said), blocks.context(_part("why_first"))])


def _part(part: str, /, **values: object) -> str:
    return prose_part("momentum.j2", part, **values)
