"""What stands under an answer about NPS: other periods, other segments, the working, sharing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as words
from bot.messages.blocks import Block
from bot.nps.facts import Facts, fiscal_of
from stories.language import _
from stories.nps.grammar import Kind, Question, said_exactly
from stories.nps.grammar.tongues import in_own_words
from stories.nps.periods import Period, Unit, last, this

MOST_OPTIONS = 100
LONGEST_OPTION = 150
"""Slack's limits on a select's options and on one option's value."""

LONGEST_VALUE = 1900
"""Slack takes 2,000 characters as a button's value."""

_FOLLOWED = (Kind.SCORE, Kind.COMPARISON, Kind.TREND)


def controls(facts: Facts, *, working: bool, in_channel: bool) -> list[Block]:
    """The selects and buttons under an answer that only its asker sees."""
    rows = [
        [one for one in (_periods(facts), _segments(facts)) if one],
        list(_buttons(facts, working=working, in_channel=in_channel)),
    ]
    return [blocks.actions(*row) for row in rows if row]


def _buttons(facts: Facts, *, working: bool, in_channel: bool) -> Iterator[Block]:
    said = facts.said
    if len(said) > LONGEST_VALUE:
        return
    if facts.question.kind is not Kind.VERBATIMS and any(group.counts for group in facts.groups):
        label, value = (_("Show less"), f"less:{said}") if working else (_("Show working"), f"more:{said}")
        yield blocks.button(label, ids.NPS_WORKING, value)
    if not in_channel:
        return
    yield blocks.button(_("Share to this channel"), ids.NPS_SHARE, said)
    if facts.question.kind in _FOLLOWED and not any(group.deep for group in facts.groups):
        yield blocks.button(_("Tell this channel when it moves"), ids.NPS_FOLLOW, said)


def _periods(facts: Facts) -> Block | None:
    """The usual periods, with the one that was asked for among them."""
    fiscal, today, asked = fiscal_of(facts), facts.today, facts.question.period
    usual = [
        last(1, Unit.WEEK, today, fiscal),
        last(4, Unit.WEEK, today, fiscal),
        last(13, Unit.WEEK, today, fiscal),
        last(1, Unit.MONTH, today, fiscal),
        last(1, Unit.QUARTER, today, fiscal),
        this(Unit.QUARTER, today, fiscal),
        this(Unit.YEAR, today, fiscal),
        last(12, Unit.MONTH, today, fiscal),
        last(1, Unit.YEAR, today, fiscal),
    ]
    periods = list(dict.fromkeys(usual)) if asked in usual else [asked, *dict.fromkeys(usual)]
    options = {
        period: _option(in_own_words(period.words), _with_period(facts.question, period))
        for period in periods
    }
    return _select(ids.NPS_PERIOD, _("Period"), options.values(), options[asked])


def _with_period(question: Question, period: Period) -> Question:
    return replace(question, period=period)


def _segments(facts: Facts) -> Block | None:
    """Everybody and the single segments, those of the shortest properties first; none beside two groups."""
    question = facts.question
    if question.kind is Kind.COMPARISON or len(question.sides) != 1:
        return None
    by_length = sorted(facts.vocabulary.segments.items(), key=lambda told: (len(tuple(told[1])), told[0]))
    cells = [((name, value),) for name, values in by_length for value in values]
    now = question.sides[0]
    wanted = dict.fromkeys([now, (), *cells])
    options = {
        cell: _option(_name(cell), replace(question, sides=(cell,)))
        for cell in list(wanted)[:MOST_OPTIONS]
        if question.breakdown is None or question.breakdown not in dict(cell)
    }
    return _select(ids.NPS_SEGMENT, _("Segment"), options.values(), options.get(now))


def _name(cell: tuple[tuple[str, str], ...]) -> str:
    return f"{cell[0][0]}: {cell[0][1]}" if len(cell) == 1 else words.group(cell)


def _option(label: str, question: Question) -> Block:
    return blocks.option(label, said_exactly(question))


def _select(action_id: str, label: str, options: Iterable[Block], chosen: Block | None) -> Block | None:
    """A select of those options that Slack takes; None when the one that is chosen is not among them."""
    fitting = [option for option in options if len(option["value"]) <= LONGEST_OPTION]
    if chosen not in fitting or len(fitting) == 1:
        return None
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": blocks.plain(label, 150),
        "options": fitting,
        "initial_option": chosen,
    }
