"""What came into a story while somebody was editing it, above the preview of their edit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from bot.messages import blocks
from bot.messages.blocks import Block
from bot.messages.dates import day
from bot.messages.interview_who import how_words
from stories.language import _
from stories.meanwhile import QUOTES, Change, Meanwhile
from stories.text import shortened

USE_STANDING: Final = "interview_use_standing"
"""The button that puts the story's words in place of what was typed."""

_LONGEST_SHOWN = 500


def meanwhile_blocks(found: Meanwhile, corrected: Collection[str]) -> list[Block]:
    """What changed, what of it stands in the form already and what is to be chosen; [] for nothing.

    `corrected` are sentences as their customer put them right.
    """
    if not (found.took or found.against):
        return []
    said = _("This story was changed while you were editing it. Nothing that you typed is lost.")
    rows = [_row(one, took=True, corrected=corrected) for one in found.took]
    rows += [_row(one, took=False, corrected=corrected) for one in found.against]
    choice = [_choice(found)] if found.against else []
    return [blocks.section(f":warning: *{said}*"), *(block for row in rows for block in row), *choice]


def _row(one: Change, *, took: bool, corrected: Collection[str]) -> list[Block]:
    by_customer = one.field == QUOTES and one.now in corrected
    if took:
        said = (
            _("The customer put this sentence right, and your edit reads so, too:")
            if by_customer
            else _("The story reads so now, and so does your edit:")
        )
    else:
        said = (
            _("You changed it, too. Yours stays unless you choose otherwise; the customer put it right so:")
            if by_customer
            else _("You changed it, too. Yours stays unless you choose otherwise; the story reads now:")
        )
    return [blocks.section(f"*{_name(one)}*\n{said}"), blocks.quote(_value(one))]


def _choice(found: Meanwhile) -> Block:
    use = blocks.button(
        _("Use these instead of mine"), USE_STANDING, ",".join(one.pick for one in found.against)
    )
    return blocks.actions(use, block_id="meanwhile")


def _value(one: Change) -> str:
    return shortened(_words(one.field, one.now), _LONGEST_SHOWN) or "—"


def _words(field: str, value: Any) -> str:
    if field == "how":
        return how_words(value)
    if field == "themes":
        return ", ".join(value)
    if field in ("talked_on", "promise_by") and value:
        return day(date.fromisoformat(value))
    return "" if value is None else str(value)


def _name(one: Change) -> str:
    return {
        "talked_on": _("When did you talk?"),
        "how": _("How did you talk?"),
        "trying_to": _("What were they trying to get done?"),
        "happened": _("What happened?"),
        QUOTES: _("What did they say, word for word?"),
        "meaning": _("Why does it matter to us?"),
        "score": _("If you asked: how likely are they to recommend us, from 0 to 10?"),
        "themes": _("Themes"),
        "title": _("A title"),
        "promise": _("Did you promise them something?"),
        "promise_by": _("By when?"),
    }[one.field]
