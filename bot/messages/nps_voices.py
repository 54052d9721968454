"""Customers' comments under an answer about NPS, as far as their source lets them be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.messages import blocks
from bot.messages import nps_words as words
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.nps.facts import Facts
from storage.nps_deeper import Verbatim
from stories.language import _, spoken
from stories.languages import language_name
from stories.nps.counts import band_of
from stories.text import shortened

LONGEST = 400
"""Characters of a comment that are shown; the rest is cut at a word."""


def voices(facts: Facts, some: Sequence[Verbatim]) -> Iterator[Block]:
    """Each comment as a quote, and beneath it the score, the day and where it comes from."""
    for verbatim in some:
        yield from voice(verbatim, facts.sources.get(verbatim.source_id, ""))


def voice(verbatim: Verbatim, source: str) -> Iterator[Block]:
    """One comment."""
    yield blocks.quote(shortened(verbatim.comment, LONGEST))
    who = words.band_of_one(band_of(verbatim.score))
    written_in = verbatim.written_in
    language = language_name(written_in) if written_in != spoken().language else ""
    score = _("{score} of 10, {band}").format(score=verbatim.score, band=who)
    parts = [score, day(verbatim.day), source, language]
    yield blocks.context(escaped(" · ".join(part for part in parts if part)))


def none_to_show(facts: Facts) -> str:
    """Why no comment stands here."""
    if facts.comments_shared:
        return _("Nobody wrote a comment there, or not where comments may be shown.")
    return _(
        "Comments stay out of sight until an admin says that their source may be read: "
        "firsthand nps sources share NAME --verbatims."
    )
