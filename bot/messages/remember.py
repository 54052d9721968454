"""Days to remember why: the post, and the window in which editors choose the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.endings import said_and_done
from bot.stage import ids as stage_ids
from stories.language import _
from stories.stage.remembering import LONGEST_WORDS, DayOf, Remembered
from stories.story import Ending, Telling

MOST_SHOWN = 30
"""Days that the window shows."""


def post_of(
    words: str, since: date, years: int, telling: Telling, ending: Ending, *, command: str
) -> tuple[dict[str, Any], tuple[Block, ...]]:
    """The post, and the same for riding along in a digest: the day, what was said, what has changed."""
    lead = _part("today", words=words, years=years, day=day(since))
    line = (blocks.section(lead), *said_and_done(telling, ending))
    why = blocks.context(_part("why", command=command))
    return read_out(lead, [*line, why]), line


def remember_modal(days: Sequence[Remembered], *, command: str) -> Block:
    """The days as they come in a year, and room for another."""
    shown = [_shown(one) for one in days[:MOST_SHOWN]] or [blocks.section(_part("no_days"))]
    return blocks.modal(
        _("Remember why"),
        [
            blocks.section(_part("what")),
            blocks.context(_part("how", command=command)),
            blocks.divider(),
            *shown,
            blocks.divider(),
            blocks.section(_part("add")),
            blocks.text_input(
                "words",
                _("What is the day called?"),
                most=LONGEST_WORDS,
                placeholder=_("The day we opened our first shop"),
            ),
            blocks.input_block("since", _("Since which day?"), {"type": "datepicker", "action_id": "since"}),
            _of(),
            _customer(),
        ],
        callback_id=stage_ids.REMEMBER_VIEW,
        submit=_("Add the day"),
        close=_("Close"),
    )


def of_name(of: DayOf) -> str:
    """Whose day it is, in words."""
    return {
        DayOf.OURS: _("ours"),
        DayOf.CUSTOMER: _("a customer’s"),
        DayOf.MILESTONE: _("a milestone"),
    }[of]


def _shown(one: Remembered) -> Block:
    said = _part("day", words=one.words, day=day(one.since), of=of_name(one.of))
    remove = blocks.button(_("Remove"), stage_ids.REMEMBER_REMOVE, str(one.id))
    return blocks.section(said, accessory=remove)


def _of() -> Block:
    labels = {
        DayOf.OURS: _("Our own anniversary"),
        DayOf.CUSTOMER: _("A customer’s day"),
        DayOf.MILESTONE: _("A milestone"),
    }
    options = [blocks.option(label, of.value) for of, label in labels.items()]
    element: Block = {
        "type": "static_select",
        "action_id": "of",
        "options": options,
        "initial_option": options[0],
    }
    return blocks.input_block("of", _("Whose day is it?"), element)


def _customer() -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": stage_ids.REMEMBER_CUSTOMER,
        "min_query_length": 0,
        "placeholder": blocks.plain(_("Type a name")),
    }
    hint = _("For a customer’s day: only what came of their own words is told, and only with their name.")
    label = _("Which customer?")
    return blocks.input_block(stage_ids.REMEMBER_CUSTOMER, label, element, optional=True, hint=hint)


def _part(part: str, /, **values: object) -> str:
    return prose_part("remember.j2", part, **values)
