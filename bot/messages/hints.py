"""Hints inside a view of the write-up: what, why and what to try, and how to be rid of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.hints import ids as hint_ids
from bot.lessons import ids as lesson_ids
from bot.messages import blocks
from bot.messages.blocks import Block
from bot.messages.hint_words import title, why
from bot.messages.interview_frame import Place
from stories.hints.hints import LESSONS, Hint
from stories.language import _
from stories.text import shortened

LONGEST_WORDS = 160
_ROW = "row"


def with_hints(view: Block, hints: Sequence[Hint], place: Place) -> Block:
    """The view with hints above its last row of buttons."""
    body = list(view["blocks"])
    said = [_for_you_alone(), *(block for hint in hints for block in _hint(hint, place))]
    at = next((n for n, block in enumerate(body) if block.get("block_id") == _ROW), len(body))
    return {**view, "blocks": [*body[:at], blocks.divider(), *said, *body[at:]]}


def _for_you_alone() -> Block:
    return blocks.context(
        _(
            ":bulb: *For you alone.* It is about the words, not about you; nobody else sees it, nothing is "
            "counted, and you can go on without changing anything."
        )
    )


def _hint(hint: Hint, place: Place) -> list[Block]:
    words = [blocks.quote(shortened(" ".join(hint.words.split()), LONGEST_WORDS))] if hint.words else []
    return [
        blocks.section(f"*{title(hint.points)}*"),
        *words,
        blocks.section(why(hint.points)),
        blocks.actions(*_buttons(hint, place), block_id=f"hint:{hint.sign}"),
    ]


def _buttons(hint: Hint, place: Place) -> list[Block]:
    elsewhere = place.step is not hint.step
    change = [blocks.button(_("Change it"), hint_ids.HINT_CHANGE, hint.step.value)] if elsewhere else []
    return [
        *change,
        blocks.button(_("Fine as it is"), hint_ids.HINT_FINE, hint.sign),
        blocks.button(_("A lesson"), lesson_ids.LESSON_BEGIN, LESSONS[hint.points]),
        blocks.button(_("No more of these"), hint_ids.HINT_OFF, hint.family.value),
    ]
