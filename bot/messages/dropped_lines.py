"""The window in which an author picks from a customer's lines, and trims them between sentences."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, Self

from markupsafe import Markup

from bot import ids
from bot.dropping.talk import Line, Talk, Voice
from bot.messages import blocks
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.interview_frame import plain_frame
from stories.forms import MOST_QUOTES, Step
from stories.language import _
from stories.speaking import quoted
from stories.values import dataclass

AT_ONCE = 5
"""Lines that are shown at first, and that each click on *More* adds."""

MOST_BOXES = 10
"""Checkboxes that Slack takes in one group."""

_HOUR, _MINUTE = 3600, 60

Ticks = Mapping[int, Collection[int]]
"""By the number of a line, the numbers of its sentences that are ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    """What a window is about: the draft, the voice that is the customer's, and how many lines are shown."""

    draft_id: int
    voice: int
    shown: int = AT_ONCE

    def __str__(self) -> str:
        # The step lets everything that reads a write-up's window read this one, too.
        held = {"draft": self.draft_id, "step": Step.WHO.value, "voice": self.voice, "shown": self.shown}
        return json.dumps(held)

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Self:
        """What Slack hands back with the window."""
        held = json.loads(view["private_metadata"])
        return cls(draft_id=held["draft"], voice=held["voice"], shown=held["shown"])


def lines_view(picking: Picking, talk: Talk, ticks: Ticks) -> Block:
    """The customer's proposed lines with a box to tick for each sentence."""
    voice = talk.voices[picking.voice]
    shown = voice.lines[: picking.shown]
    body: list[Block] = [blocks.context(_whose(talk, voice))]
    body.append(blocks.section(_part("lines", most=MOST_QUOTES) if shown else _part("no_lines")))
    for number, line in enumerate(shown):
        body += [blocks.quote(line.text), _boxes(number, line, picking, ticks.get(number, ()))]
    if len(voice.lines) > len(shown):
        more = blocks.button(_("More of their lines"), ids.FILE_MORE_LINES)
        body.append(blocks.actions(more, block_id="row"))
    view = plain_frame(body, callback_id=ids.FILE_LINES_VIEW, submit=_("Go on"))
    return view | {"private_metadata": str(picking)}


def ticks_in(view: Mapping[str, Any]) -> dict[int, frozenset[int]]:
    """What is ticked in the window; lines without a tick are left out."""
    held = {block: chosen for block, chosen in blocks.values_of(view).items() if block.startswith("line:")}
    ticked = {int(block.split(":")[2]): frozenset(map(int, chosen or ())) for block, chosen in held.items()}
    return {number: kept for number, kept in ticked.items() if kept}


def block_of(picking: Picking, number: int) -> str:
    """The id of the block with a line's boxes; another voice's have others, so that no tick moves over."""
    return f"line:{picking.voice}:{number}"


def _whose(talk: Talk, voice: Voice) -> str:
    """Whose words these are, with the way to the file they stand in."""
    file: str | Markup = talk.file
    if talk.link:
        file = Markup(f"<{escaped(talk.link)}|{escaped(talk.file).replace('|', '¦')}>")  # noqa: S704 escaped
    return _part("whose" if voice.name else "whose_unnamed", name=voice.name, file=file)


def _boxes(number: int, line: Line, picking: Picking, ticked: Collection[int]) -> Block:
    parts = line.parts
    if 1 < len(parts) <= MOST_BOXES:
        options = [blocks.option(quoted(part), str(at)) for at, part in enumerate(parts)]
    else:
        options = [blocks.option(_("Take this line"), "0")]
    element: Block = {"type": "checkboxes", "action_id": "kept", "options": options}
    chosen = [option for option in options if int(option["value"]) in ticked]
    element |= {"initial_options": chosen} if chosen else {}
    return blocks.input_block(block_of(picking, number), _moment(line), element, optional=True)


def _moment(line: Line) -> str:
    """Where to find it: the time in the recording, else the line of the file."""
    if line.seconds is None:
        return _("Line {line:,} of the file").format(line=line.line)
    minutes, seconds = divmod(line.seconds, _MINUTE)
    hours, minutes = divmod(minutes, _HOUR // _MINUTE)
    at = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return _("At {time} in the recording").format(time=at)


def _part(part: str, /, **values: object) -> str:
    return prose_part("dropped_files.j2", part, **values)
