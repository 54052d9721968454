"""The write-up of a conversation while it is being typed: its fields, its steps, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from stories.consent import FURTHER, SHARING_LEVELS, Purpose
from stories.interviews import How
from stories.language import _
from stories.names import NamesOf, hide_names
from stories.text import clean, one_line, says_something
from stories.values import dataclass

MOST_QUOTES = 5
MOST_THEMES = 5
LONGEST = {
    "name": 80,
    "alias": 60,
    "company": 80,
    "segment": 40,
    "title": 120,
    "trying_to": 3000,
    "happened": 3000,
    "quote": 1000,
    "meaning": 3000,
    "theme": 40,
    "consent_words": 500,
    "promise": 300,
}
"""Characters that a field holds at the most."""


class Step(StrEnum):
    """The views of the write-up, in order; each is one thought."""

    WHO = "who"
    WHAT = "what"
    WORDS = "words"
    MEANING = "meaning"
    CONSENT = "consent"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What has been typed so far; any field may be empty. `customer_id` is set for a known customer.

    `talked_on` and `promise_by` are ISO dates or empty; `sharing` is one of consent.SHARING_LEVELS or empty.
    `hidden` holds decisions about names of others (see `stories.hiding`). `filled` is what was filled in of a
    known customer (name, alias, company, segment), which is not news: they may be called otherwise by now.
    `agreed` holds further purposes (see consent.FURTHER), `agreed_before` those that were ticked when an edit
    began: the difference is what the customer said since; `sharing_before` is the sharing as its author was
    last shown it. `fine` are signs of hints (`stories.hints`) that the author put away, `begun` tells how the
    story of an edit read when it was begun (see `stories.meanwhile`).
    """

    customer_id: int | None = None
    name: str = ""
    alias: str = ""
    company: str = ""
    segment: str = ""
    talked_on: str = ""
    how: str = ""
    trying_to: str = ""
    happened: str = ""
    quotes: tuple[str, ...] = ()
    meaning: str = ""
    score: int | None = None
    themes: tuple[str, ...] = ()
    title: str = ""
    sharing: str = ""
    sharing_before: str = ""
    consent_words: str = ""
    promise: str = ""
    promise_by: str = ""
    hidden: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    agreed_before: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form for keeping in a draft."""
        return {name: _plain(getattr(self, name)) for name in _FIELDS}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Form:
        """A form from a draft; fields that an older version kept and this one does not know are left out."""
        chosen = {key: value for key, value in kept.items() if key in _FIELDS}
        for many in ("quotes", "themes", "hidden", "filled", "agreed", "agreed_before", "fine", "begun"):
            chosen[many] = tuple(chosen.get(many) or ())
        return cls(**chosen)

    def tidied(self) -> Form:
        """The same, with every text cleaned and empty quotes and themes dropped."""
        short: dict[str, Any] = {
            name: one_line(getattr(self, name)) for name in ("name", "alias", "company", "segment", "title")
        }
        long: dict[str, Any] = {
            name: clean(getattr(self, name)) for name in ("trying_to", "happened", "meaning")
        }
        said: dict[str, Any] = {name: clean(getattr(self, name)) for name in ("consent_words", "promise")}
        quotes = tuple(quote for quote in (clean(quote) for quote in self.quotes) if quote)
        themes = tuple(dict.fromkeys(t for t in (one_line(t).lower() for t in self.themes) if t))
        return replace(self, **short, **long, **said, quotes=quotes, themes=themes)


_FIELDS = tuple(field.name for field in fields(Form))


def problems(form: Form, step: Step, *, today: date) -> dict[str, str]:
    """What keeps this step from being done: a sentence for each field. `form` is tidied.

    Quotes are named `quote_0`, `quote_1`, …; everything else by its field.
    """
    found = _CHECKS[step](form) if step in _CHECKS else {}
    if step is Step.WHO:
        found["talked_on"] = _talked_on(form.talked_on, today)
    return {field: sentence for field, sentence in found.items() if sentence}


def first_problem(form: Form, *, today: date) -> tuple[Step, dict[str, str]] | None:
    """The first step that is not done yet, and why; None for a form that can be stored."""
    for step in _CHECKS:
        found = problems(form, step, today=today)
        if found:
            return step, found
    return None


def alias_of(form: Form) -> str:
    """What the customer is called where their name is not shared."""
    return form.alias or _("a customer")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _too_long(text: str, field: str) -> str:
    most = LONGEST[field]
    if len(text) <= most:
        return ""
    return _("This is {length:,} characters; {most:,} fit here. Please shorten it.").format(
        length=len(text), most=most
    )


def _named(text: str, field: str, missing: str) -> str:
    if not text:
        return missing
    if not says_something(text):
        return _("Please use at least one letter or number, so that people can find it again.")
    return _too_long(text, field)


def _who(form: Form) -> dict[str, str]:
    names = NamesOf(full_name=form.name, company=form.company)
    # Written alike and small, as in "several customers", they describe somebody whom nobody named.
    described = form.name == form.alias and form.name[:1].islower()
    given_away = form.name and not described and hide_names(form.alias, names, alias="…") != form.alias
    return {
        "name": _named(form.name, "name", _("Please say who you talked with; a nickname will do.")),
        "alias": _("This gives the name away; try something like “the baker from Leeds”.")
        if given_away
        else _too_long(form.alias, "alias"),
        "company": _too_long(form.company, "company"),
        "segment": _too_long(form.segment, "segment"),
        "how": "" if form.how in set(How) else _("Please choose how you talked."),
    }


def _talked_on(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _("Please choose the day you talked.")
    # A colleague further east may already live in tomorrow.
    return _("That day is still to come; choose today or earlier.") if day > today + timedelta(days=1) else ""


def _what(form: Form) -> dict[str, str]:
    return {
        "trying_to": _named(form.trying_to, "trying_to", _("Please say what they were trying to get done.")),
        "happened": _named(
            form.happened, "happened", _("Please say what happened; two sentences are plenty.")
        ),
    }


def _words(form: Form) -> dict[str, str]:
    if not form.quotes:
        return {"quote_0": _("One sentence in their own words makes the story. What did they say?")}
    found = {f"quote_{i}": _named(quote, "quote", "") for i, quote in enumerate(form.quotes)}
    if len(form.quotes) > MOST_QUOTES:
        found[f"quote_{MOST_QUOTES}"] = _("At most {most} quotes; keep the ones that tell most.").format(
            most=MOST_QUOTES
        )
    return found


def _meaning(form: Form) -> dict[str, str]:
    long_theme = next((theme for theme in form.themes if len(theme) > LONGEST["theme"]), "")
    many = _("At most {most} themes; keep the ones that matter most.").format(most=MOST_THEMES)
    score_wrong = form.score is not None and not 0 <= form.score <= 10
    return {
        "meaning": _too_long(form.meaning, "meaning"),
        "themes": many if len(form.themes) > MOST_THEMES else _too_long(long_theme, "theme"),
        "score": _("A score is a whole number from 0 to 10.") if score_wrong else "",
        "title": _too_long(form.title, "title"),
    }


def _consent(form: Form) -> dict[str, str]:
    undated = form.promise_by and not form.promise
    return {
        "sharing": "" if form.sharing in SHARING_LEVELS else _("Please choose what they agreed to."),
        "consent_words": _too_long(form.consent_words, "consent_words"),
        "promise": _("Please say what you promised, or clear the day below.")
        if undated
        else _too_long(form.promise, "promise"),
    }


_CHECKS = {
    Step.WHO: _who,
    Step.WHAT: _what,
    Step.WORDS: _words,
    Step.MEANING: _meaning,
    Step.CONSENT: _consent,
}


def level_of(form: Form) -> Purpose:
    """The sharing level that the form asks for; not shared while nothing was chosen."""
    return Purpose(form.sharing) if form.sharing in SHARING_LEVELS else Purpose.NOT_SHARED


def further_news(form: Form) -> tuple[tuple[Purpose, bool], ...]:
    """The further purposes that the customer agreed to (True) or took back (False) with this form."""
    ticked = [purpose for purpose in FURTHER if purpose in form.agreed]
    before = [purpose for purpose in FURTHER if purpose in form.agreed_before]
    granted = [(purpose, True) for purpose in ticked if purpose not in before]
    return (*granted, *((purpose, False) for purpose in before if purpose not in ticked))
