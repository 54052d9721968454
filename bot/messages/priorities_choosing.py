"""The window in which somebody chooses one of the top three."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as nps
from bot.messages.blocks import Block, escaped
from bot.messages.reading import in_its_direction
from stories.language import _
from stories.nps.periods import Period
from stories.priorities.priority import LONGEST_DONE, LONGEST_NOTE, Priority, Segment
from stories.text import shortened

MOST_OPTIONS, LONGEST_VALUE = 100, 150
"""What Slack's menus hold, and the characters of a choice's value."""


def choose_view(
    theme_id: int,
    name: str,
    quarters: Sequence[Period],
    standing: Sequence[Priority],
    segments: Sequence[Segment],
    *,
    full: bool,
) -> Block:
    """Whose it is, what done means, what it is measured by; where three stand, which one goes and why.

    `standing` are those that can go: where all three have ended there are none to choose from.
    """
    body = [
        blocks.context(f"*{escaped(in_its_direction(name))}*"),
        blocks.input_block("quarter", _("For which quarter?"), _quarters(quarters)),
        blocks.input_block("owner", _("Who owns it?"), {"type": "users_select", "action_id": "owner"}),
        blocks.text_input(
            "done_means",
            _("What does done mean, in one sentence?"),
            most=LONGEST_DONE,
            placeholder=_("Nobody has to print an order any more"),
        ),
        blocks.input_block(
            "segment",
            _("Whose NPS shall move?"),
            _menu("segment", [(nps.group(one), _value(one)) for one in _that_fit(segments)]),
            hint=_("Its answers of the last 91 days are kept, to compare with."),
        ),
        *(_dropping(standing) if full and standing else []),
    ]
    return blocks.modal(
        _("Choose it"),
        body,
        callback_id=ids.PRIORITY_CHOOSE_VIEW,
        submit=_("Choose it"),
        close=_("Back"),
        private_metadata=str(theme_id),
    )


def _quarters(quarters: Sequence[Period]) -> Block:
    options = [(nps.span(one), one.first.isoformat()) for one in quarters]
    return _menu("quarter", options) | {"initial_option": blocks.option(*options[0])}


def _that_fit(segments: Sequence[Segment]) -> list[Segment]:
    return [one for one in segments if len(_value(one)) <= LONGEST_VALUE][:MOST_OPTIONS]


def _value(segment: Segment) -> str:
    return json.dumps(segment, ensure_ascii=False)


def _dropping(standing: Sequence[Priority]) -> list[Block]:
    choices = [(one.name, str(one.id)) for one in standing]
    return [
        blocks.section(_("*Three stand already.* To add one, drop one, and say why; everybody reads it.")),
        blocks.input_block("drop", _("Which one goes?"), _menu("drop", choices), optional=True),
        blocks.text_input("drop_why", _("Why?"), most=LONGEST_NOTE, optional=True),
    ]


def _menu(action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    return {
        "type": "static_select",
        "action_id": action_id,
        "options": [blocks.option(shortened(label, 75), value) for label, value in options],
    }
