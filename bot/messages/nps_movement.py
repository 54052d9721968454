"""The post that tells a channel that NPS moved, and the line that tells it that nothing did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import Any

from bot.messages import blocks, nps_voices
from bot.messages import nps_words as words
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from storage.nps_deeper import Verbatim
from storage.nps_follows import Follow
from storage.nps_movements import Told
from stories import speaking
from stories.language import _
from stories.nps.change import Change
from stories.nps.counts import Counts, score, shares
from stories.nps.grown_words import Grown
from stories.nps.periods import Period, Unit
from stories.nps.watch import WEEKS_AFTER, WEEKS_BEFORE, Direction, direction
from stories.values import dataclass

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A movement with all that its post tells; `follow` is None where the channel follows nothing now."""

    told: Told
    change: Change
    follow: Follow | None
    voices: tuple[Verbatim, ...] = ()
    sources: Mapping[int, str] = field(default_factory=dict)
    grown: tuple[Grown, ...] = ()


def sides_of(week_end: date) -> tuple[Period, Period]:
    """The weeks before a movement, and those after it up to its Sunday."""
    week, one_day = timedelta(weeks=1), timedelta(days=1)
    begun = week_end + one_day - week * WEEKS_AFTER
    before = Period(first=begun - week * WEEKS_BEFORE, last=begun - one_day, unit=Unit.WEEK)
    return before, Period(first=begun, last=week_end, unit=Unit.WEEK)


def post(moved: Moved, command: str) -> Payload:
    """The whole post; `command` is what the channel's settings are opened with."""
    headline = said(moved)
    return read_out(escaped(f"{headline} {_sides(moved)}"), list(_blocks(moved, headline, command)))


def line(moved: Moved) -> tuple[Block, ...]:
    """The same as one line of a digest."""
    return (blocks.section(f"*{escaped(said(moved))}*"), blocks.context(escaped(_sides(moved))))


def said(moved: Moved) -> str:
    """The movement in a sentence: "NPS of Enterprise fell from +42 to +21."."""
    if moved.told.outcome == "blip":
        sentence = _("NPS of {group} seemed to move from {before} to {after}; it was a blip.")
    elif direction(moved.change) is Direction.UP:
        sentence = _("NPS of {group} rose from {before} to {after}.")
    else:
        sentence = _("NPS of {group} fell from {before} to {after}.")
    return sentence.format(
        group=words.group(moved.told.cell),
        before=words.points(score(moved.told.before) or 0.0),
        after=words.points(score(moved.told.after) or 0.0),
    )


def quiet(quarter: Period, command: str) -> Payload:
    """The line about a quarter in which nothing moved."""
    told = _("NPS was quiet from {span}: nothing that this channel follows moved by more than noise.")
    sentence = escaped(told.format(span=words.span(quarter)))
    why = _("This channel asked for a line after a quiet quarter. Change that with `{command}`.")
    rows = [blocks.section(sentence), blocks.context(why.format(command=command))]
    return read_out(sentence, rows)


def _blocks(moved: Moved, headline: str, command: str) -> Iterator[Block]:
    yield blocks.header(headline)
    if moved.told.outcome == "blip":
        yield blocks.section(escaped(_looking_back(moved.told.later)))
    yield blocks.section(escaped(_sides(moved)))
    yield blocks.section("\n".join(f"• {escaped(told)}" for told in _changes(moved)))
    yield from _heard(moved)
    yield blocks.section(
        _("*Worth asking a customer:* {question}").format(question=escaped(_question(moved)))
    )
    yield blocks.context(_why(moved, command))


def _sides(moved: Moved) -> str:
    before, after = sides_of(moved.told.week_end)
    return _("{before} from {earlier} ({many}), {after} from {later} ({few}).").format(
        before=words.scored(moved.told.before),
        earlier=words.span(before),
        many=words.answers(moved.told.before),
        after=words.scored(moved.told.after),
        later=words.span(after),
        few=words.answers(moved.told.after),
    )


def _changes(moved: Moved) -> Iterator[str]:
    yield words.between(moved.change)
    old, new = shares(moved.told.before), shares(moved.told.after)
    if old and new:
        yield _("Promoters {p0} % → {p1} %, passives {a0} % → {a1} %, detractors {d0} % → {d1} %.").format(
            p0=round(100 * old.promoters),
            p1=round(100 * new.promoters),
            a0=round(100 * old.passives),
            a1=round(100 * new.passives),
            d0=round(100 * old.detractors),
            d1=round(100 * new.detractors),
        )
    if moved.grown:
        told = ", ".join(
            f"{speaking.quoted(one.word)} ({speaking.percent(one.before)} → {speaking.percent(one.after)})"
            for one in moved.grown
        )
        if moved.grown[0].theme:
            yield _("More comments than before are about {told}.").format(told=told)
        else:
            yield _("More often in comments than before: {told}.").format(told=told)


def _heard(moved: Moved) -> Iterator[Block]:
    for verbatim in moved.voices:
        yield from nps_voices.voice(verbatim, moved.sources.get(verbatim.source_id, ""))


def _question(moved: Moved) -> str:
    if moved.grown and moved.grown[0].theme:
        return _("More is said about “{theme}” now. What did you last hear of that, and from whom?").format(
            theme=moved.grown[0].word
        )
    if moved.grown:
        return _(
            "“{word}” comes up more often now. When did you last run into that, and what did you do?"
        ).format(word=moved.grown[0].word)
    if direction(moved.change) is Direction.UP:
        return _("What works better for you than it did three months ago?")
    return _("What was the last thing that got in your way with us?")


def _looking_back(later: Counts) -> str:
    return _(
        "Looking back: the eight weeks after came to {later}, no different from before. "
        "It was most likely chance."
    ).format(later=words.scored(later))


def _why(moved: Moved, command: str) -> str:
    if moved.follow is None:
        return _("This channel followed NPS when this was posted; it does not any more.")
    return _(
        "{person} asked on {day} that this channel hears when NPS moves; sensitivity “{name}”. "
        "Turn it down or off: `{command}`"
    ).format(
        person=f"<@{moved.follow.asked_by}>",
        day=day(moved.follow.asked_at.date()),
        name=_sensitivity(moved.follow.sensitivity),
        command=command,
    )


def _sensitivity(name: str) -> str:
    return {"strict": _("strict"), "normal": _("normal"), "lenient": _("lenient")}.get(name, name)
