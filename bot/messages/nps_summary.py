"""The sentences of an answer about NPS, out of what is known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import nps_figures
from bot.messages import nps_words as words
from bot.messages.blocks import escaped
from bot.nps.facts import Facts, Group
from stories.language import _
from stories.nps.change import compare
from stories.nps.grammar import Kind


def title(group: Group) -> str:
    """A group's name and its score: "EMEA: NPS +32 ± 6"."""
    if group.counts is None:
        return _("{group}: too few answers").format(group=_capital(words.group(group.cell)))
    return _("{group}: NPS {score}").format(
        group=_capital(words.group(group.cell)), score=words.scored(group.counts)
    )


def too_few(facts: Facts) -> str:
    """Why there is no number, and what to do."""
    return _(
        "Too few answers to show: a number comes from at least {fewest} people, and from weeks that are "
        "over. Try a longer period or a larger group."
    ).format(fewest=facts.settings.smallest_group)


def hidden(facts: Facts) -> str:
    """Why some groups stand without a number."""
    return _(
        "Groups of fewer than {fewest} answers are not shown, and sometimes the next smallest with them, "
        "so that nobody can be worked out."
    ).format(fewest=facts.settings.smallest_group)


def about(facts: Facts, group: Group) -> str:
    """The days that are shown, the answers in them, and where they had to be counted by hand."""
    if group.period is None or group.counts is None:
        return escaped(words.span(facts.question.period))
    parts = [words.span(group.period), words.answers(group.counts)]
    if (group.period.first, group.period.last) != (facts.question.period.first, facts.question.period.last):
        parts.append(_("as far as it can be shown"))
    if group.deep:
        parts.append(_("counted from the answers one by one, as more than two segments meet"))
    return escaped(" · ".join(parts))


def moved(group: Group) -> str:
    """How a group moved since the period before."""
    if group.change is None:
        return _("There is no period before to compare it with.")
    return words.moved(group.change)


def apart(facts: Facts, one: Group, other: Group) -> str:
    """Whether two groups differ by more than noise, where that can be tested."""
    if one.counts is None or other.counts is None:
        return too_few(facts)
    if set(one.cell) < set(other.cell) or set(other.cell) < set(one.cell):
        return _("One of the two is part of the other, so there is nothing to test between them.")
    change = compare(other.counts, one.counts)
    if change is None:
        return _("Nobody answered in one of the two.")
    said = words.apart(one.cell, other.cell, change)
    if {name for name, _value in one.cell} == {name for name, _value in other.cell}:
        return said
    return said + " " + _("Some people may be in both; that makes this test a cautious one.")


def in_words(facts: Facts) -> str:
    """The same facts without any block: for notifications and screen readers."""
    parts = [f"{title(group)} ({_plain_about(group)})" for group in facts.groups]
    if facts.question.kind is Kind.SCORE and facts.groups[0].counts:
        parts.append(moved(facts.groups[0]))
    if facts.question.kind is Kind.COMPARISON:
        parts.append(apart(facts, *facts.groups))
    parts += [nps_figures.said_rows(facts.rows)] if facts.rows else []
    parts += [_over_time(facts)] if facts.points else []
    return escaped(_joined(parts))


def _over_time(facts: Facts) -> str:
    """The points one by one, or why there are none to tell."""
    if any(point.counts for point in facts.points):
        return nps_figures.said_points(facts.points)
    return too_few(facts)


def _joined(parts: Sequence[str]) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _plain_about(group: Group) -> str:
    if group.period is None or group.counts is None:
        return _("not shown")
    return f"{words.span(group.period)}, {words.answers(group.counts)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
