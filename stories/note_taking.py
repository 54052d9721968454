"""A form filled in from loose notes, as far as they say what belongs where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from stories.forms import LONGEST, MOST_QUOTES, Form
from stories.notes import FoundQuote, ReadNotes, Side, Source, read_notes
from stories.placing import cut, parts_of
from stories.text import one_line

_NAME = "notes.md"


def laid_in(form: Form, notes: str, *, today: date) -> Form:
    """The form with its empty fields filled from notes; what was typed stays.

    Notes without a part that tells what happened are what happened, whole. Each field takes what fits
    (see LONGEST), quotes that are too long go on in the next place; `stories.placing.unplaced` says what
    is left. Raises UserError for notes that are too large to be read.
    """
    read = read_notes(_NAME, notes.encode(), today=today)[0]
    happened = read.happened.value if read.happened else notes
    exact = read.talked_on.value.isoformat() if read.talked_on and read.talked_on.exact else ""
    return replace(
        form,
        name=form.name or _fitting(_customer(read), "name"),
        talked_on=form.talked_on or exact,
        title=form.title or _fitting(_title(read), "title"),
        trying_to=form.trying_to or _fitting(read.wanted.value if read.wanted else "", "trying_to"),
        happened=form.happened or _fitting(happened, "happened"),
        meaning=form.meaning or _fitting(read.meaning.value if read.meaning else "", "meaning"),
        quotes=form.quotes or tuple(_quotes(read))[:MOST_QUOTES],
    ).tidied()


def _customer(read: ReadNotes) -> str:
    return one_line(read.customers[0].name) if read.customers else ""


def _title(read: ReadNotes) -> str:
    named = read.title.source in (Source.FRONT_MATTER, Source.HEADING)
    return one_line(read.title.value) if named else ""


def _quotes(read: ReadNotes) -> Iterator[str]:
    us = {person.name for person in read.people if person.side is Side.US}
    for quote in read.quotes:
        if _theirs(quote, us):
            yield from parts_of(quote.text, LONGEST["quote"])


def _theirs(quote: FoundQuote, us: set[str]) -> bool:
    return quote.who not in us


def _fitting(text: str, field: str) -> str:
    return cut(text, LONGEST[field])[0]
