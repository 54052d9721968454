"""What a channel's rules bring, as a post and as lines of a digest; and the windows of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as scores
from bot.messages.aloud import aloud
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.reading import in_its_direction
from bot.messages.story import said, who_line
from bot.routing.showing import Shown
from bot.search_seeing import Comment
from stories.language import _, ngettext
from stories.nps.counts import band_of
from stories.speaking import quoted
from stories.story import Telling
from stories.text import shortened
from stories.values import dataclass

LONGEST = 420
"""Characters of a quote that are shown."""

MOST_SHOWN, MOST_RIDING = 10, 2
"""What a post of its own shows of all rules together, and a digest that takes it along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one rule (in its words) brought, and how many more fitted."""

    rule: str
    more: int
    shown: tuple[Shown, ...]


def post(parts: Sequence[Part], command: str) -> dict[str, Any]:
    """All that a channel's rules brought at one moment, why it came, and how to turn it down."""
    why = _("This came because somebody of this channel asked for it. {command} changes or stops it.")
    body = [block for part in _up_to(MOST_SHOWN, parts) for block in _part(part)]
    body = [*body, blocks.context(why.format(command=f"`{escaped(command)}`"))]
    lead = escaped(_("From customers: {first}").format(first=_in_one_line(parts[0].shown[0])))
    return {"text": aloud(lead, body), "blocks": body}


def line(parts: Sequence[Part]) -> tuple[Block, ...]:
    """The same in a digest that takes it along."""
    return tuple(block for part in _up_to(MOST_RIDING, parts) for block in _part(part))


def shown_blocks(one: Shown) -> Iterator[Block]:
    """A comment with its score, or a story in short, with where it comes from."""
    if one.comment is not None:
        yield said(one.comment.words, LONGEST)
        yield blocks.context(source(one.comment))
    elif one.telling is not None:
        yield from _story(one.telling)


def source(comment: Comment) -> str:
    """Beneath a comment: "3 of 10, detractor · 12 November 2026 · Delighted"; escaped."""
    who = scores.band_of_one(band_of(comment.score))
    scored = _("{score} of 10, {band}").format(score=comment.score, band=who)
    return escaped(" · ".join((scored, day(comment.day), shortened(comment.source, 60))))


def _up_to(most: int, parts: Sequence[Part]) -> Iterator[Part]:
    """The parts with so much of them, in their order, as is to be shown; what is left out counts as more."""
    for part in parts:
        taken = part.shown[:most]
        most -= len(taken)
        if taken:
            yield replace(part, shown=taken, more=part.more + len(part.shown) - len(taken))


def _part(part: Part) -> Iterator[Block]:
    lead = _("*Customers’ words for this channel:* {rule}")
    more = ngettext("({more} more fitted)", "({more} more fitted)", part.more).format(more=part.more)
    rule = escaped(shortened(part.rule, 1000))
    yield blocks.section(lead.format(rule=f"{rule} {more}" if part.more else rule))
    for one in part.shown:
        yield from shown_blocks(one)


def _story(telling: Telling) -> Iterator[Block]:
    read = blocks.button(_("Read the story"), ids.STORY_READ, str(telling.story_id))
    title = escaped(in_its_direction(telling.title))
    yield blocks.section(f"*{title}*", accessory=read)
    if telling.quotes:
        yield said(telling.quotes[0], LONGEST)
    yield blocks.context(who_line(telling))


def _in_one_line(one: Shown) -> str:
    if one.telling is not None:
        return one.telling.title
    return quoted(shortened(one.comment.words, 200)) if one.comment else ""
