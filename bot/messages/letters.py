"""The monthly letter of a part of the business, and the window in which somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.reading import fold
from bot.momentum import ids as momentum_ids
from stories import speaking
from stories.language import _, ngettext
from stories.values import dataclass

MOST_SEGMENTS = 8
MOST_PARTS = 90
LONGEST_VALUE = 75
"""Characters of a choice's value: Slack takes no more."""
WHOLE = "*"
"""The choice of the whole company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A month in numbers: conversations, and which kinds of customers were heard and were not."""

    talks: int
    heard: tuple[str, ...]
    unheard: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a colleague changed because of a story, in the words in which they said so."""

    title: str
    who: str
    words: str
    story_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter tells. `part` is "" for the whole company, `figures` None where they stay untold."""

    part: str
    month: date
    figures: Figures | None
    changes: tuple[Changed, ...]


def letter(one: Letter, place: str) -> dict[str, Any]:
    """The letter, as it stands in a channel or in somebody's messages."""
    said = _part("heading", part=one.part, month=speaking.month(one.month))
    private = place.startswith(("U", "W"))
    stop = blocks.button(_("No more letters"), momentum_ids.LETTER_STOP, place)
    return read_out(
        said,
        [
            blocks.section(f"*{said}*"),
            blocks.section(_figures(one)),
            *_changes(one.changes),
            blocks.actions(stop),
            blocks.context(_part("why_private" if private else "why_channel")),
        ],
    )


def letter_modal(
    parts: Sequence[str], *, channel_id: str, here: str | None, mine: str | None, stopped_on: date | None
) -> Block:
    """Where somebody asks for a letter: of which part, here or for themself.

    `here` and `mine` are the parts whose letters come already, "" for the whole company, None for none.
    """
    stands = [blocks.context(_part("stands", part=here))] if here is not None else []
    before = [blocks.context(_part("was_stopped", day=day(stopped_on)))] if stopped_on else []
    return blocks.modal(
        _("The monthly letter"),
        [
            blocks.section(_part("choose")),
            *stands,
            *before,
            *_ends(channel_id, here=here is not None, mine=mine is not None),
            _which(parts, here if here is not None else mine or ""),
            _where(channel_id),
        ],
        callback_id=momentum_ids.LETTER_VIEW,
        submit=_("Have it come"),
        close=_("Close"),
        private_metadata=channel_id,
    )


def _ends(channel_id: str, *, here: bool, mine: bool) -> list[Block]:
    row = []
    if here:
        row.append(blocks.button(_("No more letters here"), momentum_ids.LETTER_STOP, channel_id))
    if mine:
        row.append(blocks.button(_("No more letters to me"), f"{momentum_ids.LETTER_STOP}:me", "me"))
    return [blocks.actions(*row)] if row else []


def _which(parts: Sequence[str], chosen: str) -> Block:
    options = {"": blocks.option(_("The whole company"), WHOLE)}
    options |= {part: blocks.option(part, part) for part in parts[:MOST_PARTS] if len(part) <= LONGEST_VALUE}
    which: Block = {
        "type": "static_select",
        "action_id": "part",
        "options": list(options.values()),
        "initial_option": options.get(chosen, options[""]),
    }
    return blocks.input_block("part", _("Of which part of the business?"), which)


def _where(channel_id: str) -> Block:
    places = [blocks.option(_("To me, in private"), "me")]
    places += [blocks.option(_("In this channel"), channel_id)] if channel_id else []
    radio: Block = {
        "type": "radio_buttons",
        "action_id": "where",
        "options": places,
        "initial_option": places[0],
    }
    return blocks.input_block("where", _("Where should it come?"), radio)


def _figures(one: Letter) -> str:
    if one.figures is None:
        return _part("few")
    lines = [_part("talks", number=one.figures.talks, part=one.part)]
    lines += [_part("heard", segments=_listed(one.figures.heard))] if one.figures.heard else []
    lines += [_part("unheard", segments=_listed(one.figures.unheard))] if one.figures.unheard else []
    return "\n".join(lines)


def _listed(segments: Sequence[str]) -> str:
    said, more = ", ".join(segments[:MOST_SEGMENTS]), len(segments) - MOST_SEGMENTS
    if more <= 0:
        return said
    return ngettext("{segments} and one more", "{segments} and {number} more", more).format(
        segments=said, number=more
    )


def _changes(changes: Sequence[Changed]) -> list[Block]:
    if not changes:
        return []
    rows: list[Block] = [blocks.section(_("*What changed because of them*"))]
    for one in changes:
        who = Markup(f"<@{one.who}>")  # noqa: S704 an id
        read = blocks.button(_("Read it"), ids.STORY_READ, str(one.story_id))
        said = _part("change", who=who, title=fold(one.title, 90))
        rows += [blocks.section(said, accessory=read), blocks.quote(one.words)]
    return rows


def _part(part: str, /, **values: object) -> str:
    return prose_part("momentum.j2", part, **values)
