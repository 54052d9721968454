"""What an author is asked to look at again, above the button that publishes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from stories.flags import About, Flag
from stories.language import _
from stories.text import shortened

LONGEST_WORDS = 80


def flags_blocks(flags: Sequence[Flag]) -> list[Block]:
    """The passages, each with what it is about; none for none. Publishing is the author's yes."""
    lines = [
        prose_part("flags.j2", "line", words=shortened(flag.words, LONGEST_WORDS), about=_about(flag.about))
        for flag in flags
    ]
    return [blocks.section("\n".join((prose_part("flags.j2", "intro"), *lines)))] if lines else []


def _about(about: About) -> str:
    return {
        About.DEAL: _("a deal, or something told in confidence"),
        About.PRICE: _("a price"),
        About.HEALTH: _("somebody’s health"),
        About.COLLEAGUE: _("a colleague by name"),
    }[about]
