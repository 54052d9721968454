"""The modal in which a channel chooses which movements of NPS it hears of, and what is said afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as words
from bot.messages.blocks import Block, escaped
from bot.nps.watching import SENSITIVITIES
from storage.nps_follows import Cell, Follow
from storage.nps_movements import cell_key
from stories.language import _, ngettext

EVERY, EVERYBODY = "every segment", "everybody"
"""Values of the two choices that are no single segment; a segment's own has an "=" in it."""

MOST_OPTIONS, LONGEST_OPTION = 100, 150
_QUIET = "quiet"


def view(channel_id: str, known: Follow | None, asked: Iterable[Cell], cells: Iterable[Cell]) -> Block:
    """The modal. `known` is what the channel follows, `asked` what somebody has just looked at."""
    choices = choices_of([*(known.cells if known else ()), *asked, *cells])
    chosen = [cell_key(cell) or EVERYBODY for cell in (*(known.cells if known else ()), *asked)]
    chosen += [EVERY] if known and known.every_segment else []
    options = [
        blocks.option(_("Every segment"), EVERY),
        *(_option(key, cell) for key, cell in choices.items()),
    ]
    initial = [option for option in options if option["value"] in (chosen or [EVERYBODY, EVERY])]
    return blocks.modal(
        _("When NPS moves"),
        [
            blocks.section(_("Choose what <#{channel}> hears of.").format(channel=channel_id)),
            blocks.input_block(
                "segments",
                _("Segments"),
                {"type": "multi_static_select", "action_id": "segments", "options": options}
                | ({"initial_options": initial} if initial else {}),
                optional=True,
                hint=_("Leave this empty to hear of none."),
            ),
            blocks.input_block("sensitivity", _("How readily"), _readiness(known)),
            blocks.context(_promise()),
            blocks.input_block("quiet", _("Quiet quarters"), _quiet(known), optional=True),
        ],
        callback_id=ids.NPS_FOLLOW_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
        private_metadata=json.dumps(
            {"channel": channel_id, "asked": [list(map(list, cell)) for cell in asked]}, ensure_ascii=False
        ),
    )


def choices_of(cells: Iterable[Cell]) -> dict[str, Cell]:
    """The cells that can be chosen, everybody first, by the value of their option."""
    found: dict[str, Cell] = {EVERYBODY: ()}
    for cell in cells:
        key = cell_key(cell) or EVERYBODY
        if len(key) <= LONGEST_OPTION and len(found) < MOST_OPTIONS - 1:
            found.setdefault(key, cell)
    return found


def followed(values: Mapping[str, Any], choices: Mapping[str, Cell]) -> tuple[tuple[Cell, ...], bool]:
    """The cells that were chosen, and whether every segment was."""
    chosen = values.get("segments") or []
    return tuple(choices[key] for key in chosen if key in choices), EVERY in chosen


def wants_quiet_line(values: Mapping[str, Any]) -> bool:
    """Whether a line about a quiet quarter was asked for."""
    return _QUIET in (values.get("quiet") or [])


def saved(follow: Follow, command: str) -> str:
    """What whoever saved it hears."""
    names = [words.group(cell) for cell in follow.cells] + (
        [_("every segment")] if follow.every_segment else []
    )
    said = _(
        "From now on this channel hears when NPS really moves, of: {names}. I look once a week; most weeks "
        "there is nothing to tell. Change it with `{command}`."
    )
    return said.format(names=escaped(", ".join(names)), command=command)


def stopped(command: str) -> str:
    """The same when nothing was chosen."""
    return _("This channel hears of no movements of NPS. Change it with `{command}`.").format(command=command)


def _option(key: str, cell: Cell) -> Block:
    return blocks.option(" · ".join(f"{name}: {value}" for name, value in cell) or _("Everybody"), key)


def _readiness(known: Follow | None) -> Block:
    options = {name: blocks.option(_said(name), name) for name in SENSITIVITIES}
    now = options.get(known.sensitivity if known else "normal", options["normal"])
    return {
        "type": "radio_buttons",
        "action_id": "sensitivity",
        "options": list(options.values()),
        "initial_option": now,
    }


def _said(name: str) -> str:
    """A sensitivity with its rate of false alarms: "Strict: about 1 false alarm a year"."""
    often = round(SENSITIVITIES[name].false_posts)
    names = {"strict": _("Strict"), "normal": _("Normal"), "lenient": _("Lenient")}
    told = ngettext("about {number} false alarm a year", "about {number} false alarms a year", often)
    return f"{names[name]}: {told.format(number=often)}"


def _promise() -> str:
    return _(
        "That is with twenty segments in which nothing moves; with fewer it is fewer. Stricter also "
        "means that true moves are found later or not at all: with 20 answers a week a drop of 25 points "
        "is found within 8 weeks 35, 51 or 63 times out of 100."
    )


def _quiet(known: Follow | None) -> Block:
    option = blocks.option(_("One line after a quarter in which nothing moved"), _QUIET)
    chosen = {"initial_options": [option]} if known and known.quiet_line else {}
    return {"type": "checkboxes", "action_id": "quiet", "options": [option]} | chosen
