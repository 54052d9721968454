"""A rule in plain words, which mean exactly that when they are typed again."""

from __future__ import annotations

from datetime import time

from stories import speaking
from stories.language import _
from stories.nps.counts import Band
from stories.routing.rule import COMMENTS, SCORES, STORIES, Rule

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def said(rule: Rule) -> str:
    """The rule in one line: "comments of detractors from plan: “Pro” about “Billing”, at most 3 a …"."""
    return f"{what(rule)}, {when(rule)}"


def what(rule: Rule) -> str:
    """Which words are brought."""
    alone: dict[tuple[str, ...], str] = {(COMMENTS,): _("comments"), (STORIES,): _("stories")}
    kinds = alone.get(rule.kinds, _("comments and stories"))
    parts = [kinds]
    if rule.scores:
        band = next((band for band, scores in SCORES.items() if scores == rule.scores), None)
        parts.append(_("of {who}").format(who=_bands()[band]) if band else _scores(*rule.scores))
    for name, values in rule.by_property().items():
        listed = _(" or ").join(quoted(value) for value in values)
        named = name if name.isalpha() else quoted(name)
        parts.append(_("from {who}").format(who=f"{named}: {listed}" if name else listed))
    if rule.theme:
        parts.append(_("about {theme}").format(theme=quoted(rule.theme)))
    if rule.words:
        parts.append(_("with the words {words}").format(words=quoted(" ".join(rule.words))))
    return " ".join(parts)


def when(rule: Rule) -> str:
    """How many are brought, and when."""
    if rule.weekday is None:
        said = _("at most {most} a day at {at}")
    else:
        said = _("at most {most} every {day} at {at}")
    day = speaking.day_of_week(rule.weekday or 0)
    return said.format(most=rule.most, day=day, at=clock(rule.at))


def clock(at: time) -> str:
    """A time of day as it is said here: "16:00"."""
    return f"{at:%H:%M}"


def quoted(name: str) -> str:
    """A name between quotation marks, in which it holds none."""
    return speaking.quoted(name.translate(_MARKS).strip())


_MARKS = str.maketrans("", "", '“”"„«»')


def _bands() -> dict[Band, str]:
    return {
        Band.PROMOTER: _("promoters"),
        Band.PASSIVE: _("passives"),
        Band.DETRACTOR: _("detractors"),
    }


def _scores(low: int, high: int) -> str:
    if low == high:
        return _("with a score of {low}").format(low=low)
    return _("with scores {low} to {high}").format(low=low, high=high)
