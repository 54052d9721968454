"""From notes to a proposed write-up, and from a proposal to a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from stories.consent import Purpose
from stories.forms import LONGEST, MOST_QUOTES, Form
from stories.interviews import How
from stories.language import _
from stories.notes import FoundQuote, Heard, ReadNotes
from stories.notes.page import label_of, plain, read_page
from stories.placing import cut
from stories.proposals import people, wording
from stories.proposals.quoting import Passage, passages, spread
from stories.proposals.values import Answers, Gap, Open, Proposal, Wording
from stories.proposals.worth import CLEAR, is_own_words
from stories.text import clean, one_line, says_something, shortened

_RAW = re.compile(r"\braw\b.*\btranscript", re.IGNORECASE)
"""A heading over the words as a machine heard them, without sentences."""

_FEWEST_MARKED = 3
"""With fewer sentences under their name than this, a conversation hardly marks who speaks."""


def propose(notes: ReadNotes, answers: Answers | None = None, *, today: date) -> Proposal:
    """What the notes, and what was answered about them, amount to.

    `today` bounds the day. Nothing is invented: every text stands in the notes, but for the names of
    people and companies whose consent nobody records, which are taken out.
    """
    given = answers or Answers()
    voice, voices, who_is_it = people.choose_voice(notes)
    customer = voice if given.customer is None else one_line(given.customer)
    theirs = _theirs(notes, customer)
    company, safe = _company(notes, customer, theirs, given.company)
    marked, unmarked = _quotable(notes, theirs)
    found = sorted({*marked, *unmarked}, key=lambda passage: passage.line)
    quotes = given.quotes if given.quotes is not None else _chosen(found)
    told = _told(notes, given, theirs, unmarked)
    fields = {name: Wording(safe(said.text), said.whence) for name, said in told.items()}
    day, days, when_was_it = _day(notes, given, today)
    gaps = _gaps(
        (Open.DAY, when_was_it),
        (Open.CUSTOMER, "" if given.customer is not None else who_is_it),
        (Open.QUOTES, "" if given.quotes else _unsure_quotes(marked, unmarked)),
        (Open.TRYING_TO, _unsaid(told["trying_to"], _("the notes do not say what they wanted"))),
        (Open.HAPPENED, _unsaid(told["happened"], _("the notes do not say what happened"))),
    )
    return Proposal(
        notes=notes,
        answers=given,
        title=safe(one_line(given.title) if given.title else wording.story_title(notes, quotes)),
        day=day,
        days=days,
        customer=customer,
        alias="" if customer else people.unnamed(notes),
        voices=voices,
        company=company,
        quotes=tuple(map(safe, quotes)),
        candidates=tuple(dict.fromkeys(safe(passage.text) for passage in found)),
        gaps=gaps,
        remarks=tuple(_remarks(notes, fields)),
        **fields,
    )


def customer_of(notes: ReadNotes, answers: Answers) -> str:
    """The customer's name, as it was answered or as the notes have it; "" where nobody is named."""
    return people.choose_voice(notes)[0] if answers.customer is None else one_line(answers.customer)


def form_of(
    proposal: Proposal, *, sharing: Purpose, consent_words: str, segment: str, customer_id: int | None = None
) -> Form:
    """The form that this proposal fills in; each field holds what fits (see `forms.LONGEST`).

    Customers whom the notes do not name go by their alias alone.
    """
    return Form(
        customer_id=customer_id,
        name=shortened(proposal.customer or proposal.alias, LONGEST["name"]),
        alias=proposal.alias,
        company=shortened(proposal.company, LONGEST["company"]),
        segment=segment,
        talked_on=proposal.day.isoformat() if proposal.day else "",
        how=How.OTHER.value,
        title=shortened(proposal.title, LONGEST["title"]),
        trying_to=_fitting(proposal.trying_to.text, "trying_to"),
        happened=_fitting(proposal.happened.text, "happened"),
        meaning=_fitting(proposal.meaning.text, "meaning"),
        quotes=tuple(_fitting(quote, "quote") for quote in proposal.quotes),
        sharing=sharing.value,
        consent_words=consent_words,
    ).tidied()


def _company(
    notes: ReadNotes, customer: str, theirs: Sequence[FoundQuote], given: str | None
) -> tuple[str, Callable[[str], str]]:
    """The customer's company, and what takes everybody else's names and companies out of a text."""
    found = people.find_companies(notes, customer, (quote.text for quote in theirs[:3]))
    company = (found[0] if found else "") if given is None else one_line(given)
    others, further = people.others(notes, customer), [name for name in found[1:] if name != company]
    return company, lambda text: clean(people.hide_others(text, others, further))


def _theirs(notes: ReadNotes, customer: str) -> tuple[FoundQuote, ...]:
    """The customer's own words; where nobody speaks by name, all that the notes quote without one of us."""
    own = tuple(quote for quote in notes.quotes if quote.who == customer)
    named = {person.name for person in notes.people}
    rest = tuple(quote for quote in notes.quotes if quote.who not in named and quote.heard is not Heard.TURN)
    return own if customer and own else (*own, *(quote for quote in rest if quote not in own))


def _quotable(
    notes: ReadNotes, theirs: Sequence[FoundQuote]
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """What is marked as theirs, and, where hardly anything is, what anybody said of themself."""
    chosen = [p for q in theirs if q.heard is not Heard.TURN for p in passages(q.text, q.line, marked=True)]
    spoken = [p for q in theirs if q.heard is Heard.TURN for p in passages(q.text, q.line, marked=False)]
    marked = [p for p in chosen if p.score > 0] or chosen
    marked += [p for p in spoken if p.score >= CLEAR]
    if not marked:
        marked = [Passage(q.text, q.line, 0) for q in theirs if q.heard is not Heard.TURN]
    hardly = not chosen and len(marked) < _FEWEST_MARKED and notes.people
    return tuple(marked), tuple(_in_first_person(notes)) if hardly else ()


def _in_first_person(notes: ReadNotes) -> Iterator[Passage]:
    """Sentences that somebody said of themself, in notes that do not mark who speaks; ours are left out."""
    page = read_page(notes.body, notes.line)
    us = {person.name for person in notes.us}
    told = notes.happened.value if notes.happened else ""
    raw = min((h.number for h in page.headings if _RAW.search(h.text)), default=page.lines[-1].number + 1)
    for line in page.lines[: raw - notes.line]:
        labelled = label_of(line.text)
        words = plain(line.text)
        # Whoever ends in a question asks, and asking is our part.
        if line.text.startswith(("#", ">", "|", "-", "*")) or words in told or words.endswith("?"):
            continue
        if labelled is not None and any(name.startswith(labelled[0].strip("*")) for name in us):
            continue
        for passage in passages(words, line.number, marked=False):
            if passage.score >= CLEAR and is_own_words(passage.text):
                yield passage


def _chosen(found: Sequence[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(passage.text for passage in spread(found, MOST_QUOTES)))


def _unsure_quotes(marked: Sequence[Passage], unmarked: Sequence[Passage]) -> str:
    if unmarked:
        return _("the notes hardly mark which words are the customer’s")
    return "" if marked else _("there is no sentence of the customer’s in it, and a story needs one")


def _day(notes: ReadNotes, given: Answers, today: date) -> tuple[date | None, tuple[date, ...], str]:
    """The day, those it could be, and why it has to be asked."""
    found, unclear = notes.talked_on, notes.ambiguous_dates
    read = [day for question in unclear for day in question.readings]
    read += [found.value, found.until] if found else []
    days = tuple(sorted({day for day in read if day <= today}))
    if given.day is not None:
        return given.day, days, ""
    if found is not None and found.exact and not unclear:
        return found.value, days, ""
    if unclear:
        readings = _(" or ").join(day.isoformat() for day in unclear[0].readings)
        why = _("“{words}” can be {readings}").format(words=one_line(unclear[0].words), readings=readings)
        return None, days, why
    if found is not None:
        why = _("“{words}” names no day: it can be any from {first} to {last}")
        return None, days, why.format(words=one_line(found.words), first=found.value, last=found.until)
    return None, days, _("the notes do not say on which day you talked")


def _unsaid(wording_: Wording, why: str) -> str:
    return "" if says_something(wording_.text) else why


def _gaps(*reasons: tuple[Open, str]) -> tuple[Gap, ...]:
    return tuple(Gap(what, why) for what, why in reasons if why)


def _told(
    notes: ReadNotes, given: Answers, theirs: Sequence[FoundQuote], unmarked: Sequence[Passage]
) -> dict[str, Wording]:
    """What they wanted, what happened and what it means: as answered, or as the notes say."""
    return {
        "trying_to": _answered(given.trying_to) or wording.find_wanted(notes, theirs, unmarked),
        "happened": _answered(given.happened) or wording.find_happened(notes, theirs),
        "meaning": wording.find_meaning(notes),
    }


def _answered(text: str | None) -> Wording | None:
    return Wording(clean(text), _("your words")) if text else None


def _fitting(text: str, field: str) -> str:
    return cut(text, LONGEST[field])[0]


def _remarks(notes: ReadNotes, fields: dict[str, Wording]) -> Iterator[str]:
    """What of the notes the write-up leaves out."""
    found = {"trying_to": notes.wanted, "happened": notes.happened, "meaning": notes.meaning}
    names = {
        "trying_to": _("What they wanted"),
        "happened": _("What happened"),
        "meaning": _("Why it matters"),
    }
    for field, wording_ in fields.items():
        kept = len(_fitting(wording_.text, field))
        if kept < len(wording_.text):
            said = _("“{field}” holds the first {kept:,} of {all:,} characters; the rest stays in the file.")
            yield said.format(field=names[field], kept=kept, all=len(wording_.text))
        elif found[field] is not None and wording.only_headings(notes, found[field], wording_.text):
            yield _("“{field}” holds the outline of that part; what is under it stays in the file.").format(
                field=names[field]
            )
