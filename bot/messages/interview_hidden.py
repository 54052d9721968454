"""What was found in a story that is told without name: a list to be decided in one place, above the story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, escaped, values_of
from stories.hiding import Decision, Findings, boxes, stands_for
from stories.language import _, ngettext
from stories.text import shortened

FIELD = "hidden"
MOST_CHOICES = 10
"""Checkboxes that Slack takes in one element."""
MOST_DECISIONS = 8 * MOST_CHOICES
"""More names than this are no story; nothing is published then."""
_LONGEST_NAME = 40
_LONGEST_VALUE = 150

Box = tuple[Decision, ...]
"""What one checkbox decides about: a name, and the parts of it that stand alone somewhere."""


def findings_blocks(found: Findings) -> list[Block]:
    """Checkboxes, ticked for what is to be hidden, and a line about what goes in any case."""
    asked = _asked(found)
    shown = [one for one in asked if _fits(one)][:MOST_DECISIONS]
    choices = [_choices(number, group) for number, group in enumerate(_grouped(shown))]
    gone = _gone_anyway(found)
    more = len(asked) - len(shown)
    too_many = ngettext(
        "One name doesn’t fit in here. Please shorten the text first.",
        "{more} names don’t fit in here. Please shorten the text first.",
        more,
    )
    return [
        *choices,
        *([blocks.context(escaped(gone))] if gone else []),
        *([blocks.context(f":warning: {escaped(too_many.format(more=more))}")] if more else []),
    ]


def all_shown(found: Findings) -> bool:
    """Whether everything that was found stands in the list to be decided."""
    asked = _asked(found)
    return len(asked) <= MOST_DECISIONS and all(map(_fits, asked))


def _asked(found: Findings) -> list[Box]:
    """What each checkbox decides about; parts that do not fit beside their whole have one each."""
    return [
        box
        for together in boxes(found.decisions)
        for box in ((together,) if _fits(together) else [(one,) for one in together])
    ]


def _fits(together: Box) -> bool:
    """Whether Slack takes it as the value of a choice: a name of a line's length is a slip of the keys."""
    return len(_value(together)) <= _LONGEST_VALUE


def decided_in(view: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The decisions as they stand in a preview, ticked or not; None for one without a list."""
    held = values_of(view)
    offered = [block for block in view["blocks"] if block.get("block_id", "").startswith(f"{FIELD}_")]
    if not offered:
        return None
    return tuple(decision for block in offered for decision in _decided(block, held.get(block["block_id"])))


def _decided(block: Block, ticked: list[str] | None) -> list[str]:
    element = block["element"]
    if ticked is None:
        ticked = [choice["value"] for choice in element.get("initial_options", [])]
    offered = [(choice["value"], _in_value(choice["value"])) for choice in element["options"]]
    return [
        str(Decision(one.kind, one.text, hide=value in ticked))
        for value, together in offered
        for one in together
    ]


def _grouped(asked: Sequence[Box]) -> list[tuple[Box, ...]]:
    return [tuple(asked[at : at + MOST_CHOICES]) for at in range(0, len(asked), MOST_CHOICES)]


def _choices(number: int, group: Sequence[Box]) -> Block:
    options = [_choice(together) for together in group]
    element: Block = {"type": "checkboxes", "action_id": ids.INTERVIEW_HIDE, "options": options}
    ticked = [option for option, together in zip(options, group, strict=True) if together[0].hide]
    element |= {"initial_options": ticked} if ticked else {}
    label = _("This might give them or others away. Hide it?") if number == 0 else _("And this?")
    hint = _("Untick what may stay: a tool, a public place, a name everybody knows.") if number == 0 else None
    block = blocks.input_block(f"{FIELD}_{number}", label, element, optional=True, hint=hint)
    return block | {"dispatch_action": True}


def _choice(together: Box) -> Block:
    one = together[0]
    label = _("{name}, as “{instead}”").format(
        name=shortened(one.text, _LONGEST_NAME), instead=stands_for(one.kind)
    )
    return blocks.option(label, _value(together))


def _value(together: Box) -> str:
    return "\n".join((str(Decision(together[0].kind, together[0].text)), *(one.text for one in together[1:])))


def _in_value(value: str) -> list[Decision]:
    whole, *parts = value.split("\n")
    first = Decision.of(whole)
    return [first, *(Decision(first.kind, part) for part in parts)]


def _gone_anyway(found: Findings) -> str:
    gone = []
    if found.addresses:
        sentence = ngettext("{number} e-mail address", "{number} e-mail addresses", found.addresses)
        gone.append(sentence.format(number=found.addresses))
    if found.phones:
        sentence = ngettext("{number} telephone number", "{number} telephone numbers", found.phones)
        gone.append(sentence.format(number=found.phones))
    return _("Taken out in any case: {what}.").format(what=_(" and ").join(gone)) if gone else ""
