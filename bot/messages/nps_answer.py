"""Answers about NPS as one message: the first screen, and the working behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.messages import blocks, nps_controls, nps_figures, nps_voices
from bot.messages import nps_summary as summary
from bot.messages import nps_words as words
from bot.messages.aloud import aloud, read_out
from bot.messages.blocks import Block, escaped
from bot.nps.facts import Facts, Group
from stories.language import _
from stories.nps.change import compare
from stories.nps.counts import Band
from stories.nps.grammar import Kind

Payload = dict[str, Any]


def answer(facts: Facts, *, working: bool = False, charts: bool = True, in_channel: bool = False) -> Payload:
    """The answer to an understood question of score, comparison, breakdown, verbatims or trend.

    `working` shows what the numbers are made of. Without `charts` the same facts stand in words alone.
    `in_channel`: it is seen in a channel, with which it could be shared.
    """
    said = _screen(facts, working, charts)
    under = nps_controls.controls(facts, working=working, in_channel=in_channel)
    return read_out(_in_words(facts, said), [*said, *under, _understood(facts)])


def shared(facts: Facts, *, by: str, command: str, charts: bool = True) -> Payload:
    """The same for a channel to read, because somebody (a person's id) wanted to show it there."""
    why = _("{person} shared this. To ask for yourself: `{command} {words}`").format(
        person=f"<@{by}>", command=command, words=_code(facts.said)
    )
    said = _screen(replace(facts, voices=()), working=False, charts=charts)
    return read_out(_in_words(facts, said), [*said, blocks.context(why)])


def _in_words(facts: Facts, said: Sequence[Block]) -> str:
    """What a notification shows and a screen reader reads: the figures, or what people say."""
    if facts.question.kind is Kind.VERBATIMS:
        return aloud(escaped(said[0]["text"]["text"]), said)
    return summary.in_words(facts)


def _screen(facts: Facts, working: bool, charts: bool) -> list[Block]:
    return list(_SCREENS[facts.question.kind](facts, working, charts))


def _score(facts: Facts, working: bool, charts: bool) -> Iterator[Block]:
    group = facts.groups[0]
    yield blocks.header(summary.title(group))
    yield blocks.context(summary.about(facts, group))
    if group.counts is None:
        yield blocks.section(summary.too_few(facts))
        return
    yield blocks.section(" ".join([words.plainly(group.counts), summary.moved(group)]))
    if working:
        yield from _working(facts, group, charts)
    yield from nps_voices.voices(facts, facts.voices if working else facts.voices[:1])


def _working(facts: Facts, group: Group, charts: bool) -> Iterator[Block]:
    counts, change = group.counts, group.change
    if counts is None:
        return
    lines = [words.share_line(counts), words.enough(counts)]
    if change is not None and group.before_period is not None:
        lines.insert(
            1,
            _("The period before: {span}, {answers}.").format(
                span=words.span(group.before_period), answers=words.answers(change.before)
            ),
        )
        lines.insert(2, words.between(change))
    yield blocks.section("\n".join(f"• {escaped(line)}" for line in lines))
    yield from _drawn(facts, charts)


def _drawn(facts: Facts, charts: bool) -> Iterator[Block]:
    drawn = nps_figures.chart(facts.points, _("NPS, {group}").format(group=words.group(facts.groups[0].cell)))
    if charts and drawn:
        yield drawn
        yield blocks.context(_("The true score lies between low and high, 95 times out of 100."))
    elif facts.points:
        yield blocks.section(escaped(nps_figures.said_points(facts.points)))


def _comparison(facts: Facts, working: bool, charts: bool) -> Iterator[Block]:  # noqa: ARG001 all screens are alike
    one, other = facts.groups
    yield blocks.header(
        _("{one} and {other}").format(one=words.group(one.cell), other=words.group(other.cell))
    )
    for group in facts.groups:
        yield blocks.section(f"*{escaped(summary.title(group))}*")
        yield blocks.context(summary.about(facts, group))
        if working and group.counts is not None:
            yield blocks.section(
                "\n".join(
                    f"• {line}" for line in (words.share_line(group.counts), words.enough(group.counts))
                )
            )
    yield blocks.section(escaped(summary.apart(facts, one, other)))
    if not working:
        yield from nps_voices.voices(facts, facts.voices[:1])


def _breakdown(facts: Facts, working: bool, charts: bool) -> Iterator[Block]:  # noqa: ARG001 all screens are alike
    group, name = facts.groups[0], facts.question.breakdown or ""
    yield blocks.header(_("NPS by {name}").format(name=name))
    yield blocks.context(summary.about(facts, group))
    if group.counts is None or not facts.rows:
        yield blocks.section(summary.too_few(facts))
        return
    yield nps_figures.rows_table(name, facts.rows, working=working)
    yield blocks.section(escaped(_("All together: {score}.").format(score=words.scored(group.counts))))
    if any(row.counts is None for row in facts.rows):
        yield blocks.context(summary.hidden(facts))
    if not working:
        yield from nps_voices.voices(facts, facts.voices[:1])


def _verbatims(facts: Facts, working: bool, charts: bool) -> Iterator[Block]:  # noqa: ARG001 all screens are alike
    group = facts.groups[0]
    bands = ", ".join(words.band(band) for band in sorted(facts.question.bands)) or _("people")
    everybody = len(facts.question.bands) == len(Band)
    yield blocks.header(_("What people say") if everybody else _("What {bands} say").format(bands=bands))
    yield blocks.context(summary.about(facts, group))
    if group.counts is None:
        yield blocks.section(summary.too_few(facts))
        return
    yield from nps_voices.voices(facts, facts.voices)
    if not facts.voices:
        yield blocks.section(escaped(nps_voices.none_to_show(facts)))


def _trend(facts: Facts, working: bool, charts: bool) -> Iterator[Block]:
    group = facts.groups[0]
    yield blocks.header(_("NPS over time"))
    yield blocks.context(summary.about(facts, group))
    known = [point for point in facts.points if point.counts]
    if not known:
        yield blocks.section(summary.too_few(facts))
        return
    first, latest = known[0], known[-1]
    change = compare(first.counts, latest.counts) if first.counts and latest.counts else None
    if change is not None and first is not latest:
        yield blocks.section(
            escaped(words.since(words.bucket(first.period), words.bucket(latest.period), change))
        )
    if not working:
        yield from _drawn(facts, charts)
    else:
        yield nps_figures.points_table(facts.points)
    if facts.cut_short:
        yield blocks.context(
            _("A chart holds {most} points: these are the latest.").format(most=len(facts.points))
        )
    if len(known) < len(facts.points):
        yield blocks.context(summary.hidden(facts))


_SCREENS: dict[Kind, Callable[[Facts, bool, bool], Iterator[Block]]] = {
    Kind.SCORE: _score,
    Kind.COMPARISON: _comparison,
    Kind.BREAKDOWN: _breakdown,
    Kind.VERBATIMS: _verbatims,
    Kind.TREND: _trend,
}


def _understood(facts: Facts) -> Block:
    return blocks.context(
        _("I understood: {words} · only you see this").format(words=f"`{_code(facts.said)}`")
    )


def _code(said: str) -> str:
    return escaped(said.replace("`", "’"))
