"""Who of those in the notes the customer is, where they work, and hiding everybody else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from stories.language import _
from stories.names import NamesOf, hide_names
from stories.notes import ReadNotes, Side

_COMPANY = r"[A-Z0-9][\w&'’+-]*(?:\.\w+)?(?: (?:& )?[A-Z0-9][\w&'’+-]*){0,3}(?!\w)"
_IN_TITLE = re.compile(rf"\b(?:of|from|at)\s+(?P<company>{_COMPANY})")
_AFTER_NAME = re.compile(rf"\b(?:at|from)\s+(?P<company>{_COMPANY})")
_OF_THEMSELF = re.compile(
    r"\b(?:I(?:'m|’m| am)|I work|I(?:'ve|’ve| have)|my name|we work|engineer|developer|lead|manager|architect"
    rf"|advocate|owner|job is)\b[^.?!\n]{{0,80}}?\bat\s+(?P<company>{_COMPANY})"
    rf"|\bcompany (?:is |was )?called (?P<called>{_COMPANY})"
)
_CROWD = re.compile(
    r"\b(?:participants|customers|users|interviewees|respondents|attendees|grantees|sessions)\b"
)


def speakers(notes: ReadNotes) -> Counter[str]:
    """How many quotes stand under each name."""
    return Counter(quote.who for quote in notes.quotes if quote.who)


def choose_voice(notes: ReadNotes) -> tuple[str, tuple[str, ...], str]:
    """The customer's name, the names that could be theirs, and why somebody has to be asked (or "").

    Of several customers the only one who speaks is taken; where several do, the one who says most is
    named but has to be confirmed. Notes that name nobody need no question: then there is no name to hide.
    """
    said = speakers(notes)
    customers = [person.name for person in notes.customers]
    voices = customers or [p.name for p in notes.people if p.side is Side.UNKNOWN and said[p.name]]
    if not voices:
        return "", (), ""
    speaking = [name for name in voices if said[name]]
    if customers and (len(customers) == 1 or len(speaking) == 1):
        return (speaking or customers)[0], tuple(voices), ""
    first = max(voices, key=lambda name: said[name])
    if customers:
        why = _("several people could be the customer: {names}").format(names=", ".join(voices))
    else:
        why = _("the notes do not say who is the customer: perhaps {names}").format(names=", ".join(voices))
    return first, tuple(voices), why


def unnamed(notes: ReadNotes) -> str:
    """What customers are called whom the notes do not name."""
    signers = {quote.who for quote in notes.quotes if quote.who}
    several = len(signers) > 1 or len(_CROWD.findall(notes.body)) > 1
    return _("several customers") if several else _("a customer")


def find_companies(notes: ReadNotes, customer: str, own_words: Iterable[str]) -> tuple[str, ...]:
    """Where the customer works as far as the notes say: the company, then others that belong to it.

    Looked for after their name in the title, beside their name in the text, and in their first words
    about themself.
    """
    if not customer:
        return ()
    after = notes.title.value[_end_of(notes.title.value, customer) :]
    found = [match["company"] for match in _IN_TITLE.finditer(after)]
    if not found:
        found = [*_beside(notes, customer), *_of_themself(own_words)][:1]
    return tuple(dict.fromkeys(name.strip(" .") for name in found))


def others(notes: ReadNotes, customer: str) -> tuple[str, ...]:
    """Everybody in the notes who is neither the customer nor one of us: nothing says what they agreed to."""
    return tuple(p.name for p in notes.people if p.name != customer and p.side is not Side.US)


def hide_others(text: str, names: Iterable[str], companies: Iterable[str]) -> str:
    """The text without the people and further companies whose consent nobody recorded."""
    for name in names:
        text = hide_names(text, NamesOf(full_name=name), alias=_("somebody else"))
    for company in companies:
        text = hide_names(text, NamesOf(full_name="", company=company), alias=_("a customer"))
    return text


def _end_of(title: str, customer: str) -> int:
    at = title.find(customer)
    return at + len(customer) if at >= 0 else 0


def _beside(notes: ReadNotes, customer: str) -> Iterator[str]:
    parts = customer.split()
    names = "|".join(re.escape(name) for name in dict.fromkeys((customer, parts[0], parts[-1])))
    told = notes.happened.value if notes.happened else notes.body[:2000]
    for match in re.finditer(rf"\b(?:{names})\b(?P<rest>[^.?!\n]{{0,100}}\b)", told):
        if company := _AFTER_NAME.search(match["rest"]):
            yield company["company"]


def _of_themself(own_words: Iterable[str]) -> Iterator[str]:
    for words in own_words:
        if match := _OF_THEMSELF.search(words):
            yield match["company"] or match["called"]
