"""A known customer in a write-up: what is filled in, and what of it is news about them when it is sent."""

from __future__ import annotations

from dataclasses import replace

from stories.customers import Customer, updated
from stories.forms import Form


def with_news_of(known: Customer, form: Form) -> Customer:
    """A known customer with what the form says of them that was not filled in from what we knew."""
    said = (form.name, form.alias, form.company, form.segment)
    news = [now if now != before else "" for now, before in zip(said, form.filled or ("",) * 4, strict=True)]
    name, alias, company, segment = news
    return updated(known, name=name, alias=alias, company=company, segment=segment)


def filled_from(form: Form, known: Customer, *, alias: bool) -> Form:
    """The form with what we know of its customer in the fields in which nobody has typed something else.

    `alias` is whether what they are called without name is this person's to know.
    """
    before = form.filled or ("",) * 4
    offered = (known.name, known.alias if alias else "", known.company, known.segment)
    stood = (form.name, form.alias, form.company, form.segment)
    shown = [new if now in ("", old) else now for now, old, new in zip(stood, before, offered, strict=True)]
    return replace(form, name=known.name, alias=shown[1], company=shown[2], segment=shown[3], filled=offered)
