"""What can honestly be said of what they wanted and what happened, in words that stand in the notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from stories.language import _
from stories.notes import Found, FoundQuote, Heard, ReadNotes, Source
from stories.notes.page import Line, Page, Section, label_of, plain, read_page
from stories.notes.people import names_in_title
from stories.proposals.quoting import Passage
from stories.proposals.values import Wording
from stories.proposals.worth import (
    CLEAR,
    is_small_talk,
    is_whole,
    score,
    sentences_of,
    stands_alone,
    word_count,
)
from stories.text import one_line, shortened

LONGEST_TITLE = 90

_WANTED = re.compile(
    r"\b(?:I|we) (?:\w+ ){0,2}?(?:wanted|needed|hoped|tried|set out|decided|were trying|was trying) to\b"
    r"|\b(?:my|our) (?:main |first |initial |biggest )?(?:motivation|goal|aim)s?\b|\bthe goal was\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?:I|we)(?:['’](?:m|re|d))? (?:really |just |also )?(?:want|need|wish|hope|(?:are |am )?trying)\b"
    r"|\b(?:my|our) (?:main |first |initial |biggest )?(?:idea|hope|problem|challenge)\b",
    re.IGNORECASE,
)
_WANTS_TO_TALK = re.compile(
    r"\bto (?:think|look into|be (?:clear|honest)|hear|give|know|introduce|emphasi[sz]e|note|stress|show)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\b(?:wanted to|in order to|aim(?:s|ed)? to|goals?|purpose|so that we|hoped to)\b", re.IGNORECASE
)
_OURS = re.compile(r"\b(?:we|our|goals?|objectives?|research|outcomes?)\b", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"In (?:this|the) (?:[^,.]{0,60}?)(?:video|episode|session|conversation|discussion|interview|talk|Q&A)"
    r"(?:[^,.]{0,50}?),[\"”]?\s+(?!\w+ed by)(?P<first>\w)"
)
_SET_APART = re.compile(r"\s*(?:#|>|[-*+•]\s|\d+[.)]\s|\||!\[|<|```|\[)")
_SIGNATURE = 4
"""Words that a quote's line has beside it at the most."""

_FEWEST_IN_NAME = 3
_FEWEST_IN_PARAGRAPH = 12
_FEWEST_IN_ITEM = 6
_FEWEST_IN_WANT, _MOST_IN_WANT = 7, 40


def story_title(notes: ReadNotes, quotes: Sequence[str]) -> str:
    """The notes' title; for one that only says with whom we talked, a short sentence from the quotes.

    "Interview with …" tells a reader nothing, and nothing at all once the name is taken out. A file's
    name counts as a title from three words on.
    """
    title = one_line(notes.title.value)
    bare = notes.title.source is Source.FILE_NAME and word_count(title) < _FEWEST_IN_NAME
    if not names_in_title(title) and not bare:
        return shortened(title, LONGEST_TITLE + 30)
    sayings = [one_line(said) for quote in (*quotes[1:], *quotes[:1]) for said in sentences_of(quote)]
    long = [said for said in sayings if word_count(said) >= _FEWEST_IN_WANT]
    fitting = [said for said in long if len(said) < LONGEST_TITLE]
    clear = [said for said in fitting if stands_alone(said)]
    headline = max(clear or fitting, key=score, default=max(long or sayings, key=score, default=title))
    return f"“{shortened(headline.strip(' .“”'), LONGEST_TITLE)}”" if quotes else title


def find_wanted(notes: ReadNotes, theirs: Sequence[FoundQuote], perhaps: Sequence[Passage] = ()) -> Wording:
    """What they wanted: a part of the notes that says so, a sentence of theirs, or the introduction.

    `perhaps` are sentences that may be theirs, for notes that hardly mark who speaks. A part that tells
    what we wanted to find out comes after their own words, and says whose wish it is. Empty when the notes
    say nothing.
    """
    section = notes.wanted
    ours = section is not None and _OURS.search(section.words) is not None
    if section is not None and not ours:
        return Wording(section.value, _whence(section))
    own = _wish(theirs)
    if own is not None:
        words, line = own
        return Wording(f"“{words}”", _("their own words, line {line}").format(line=line))
    if section is not None:
        return Wording(f"{section.words}: {section.value}", _whence(section))
    own = _wish([FoundQuote(p.text, "", p.line, Heard.TURN) for p in perhaps])
    if own is not None:
        return Wording(own[0], _("a sentence that may be theirs"))
    return _first_answer(theirs) or _introduction(notes)


def find_happened(notes: ReadNotes, theirs: Sequence[FoundQuote]) -> Wording:
    """What happened: the part that says so, or the first thing of substance that they told us."""
    if notes.happened is not None:
        told = _without_quotes(_telling(notes, notes.happened), notes)
        return Wording(_without_lead_in(told), _whence(notes.happened))
    return _first_answer(theirs) or _introduction(notes)


def find_meaning(notes: ReadNotes) -> Wording:
    """What it means for us, where a part of the notes says so."""
    if notes.meaning is None:
        return Wording("", "")
    return Wording(notes.meaning.value, _whence(notes.meaning))


def only_headings(notes: ReadNotes, found: Found[str] | None, text: str) -> bool:
    """Whether a part is told by its headings, so that what stands under them is left out."""
    section = _section(notes, found)
    if section is None or not text:
        return False
    whole = sum(len(plain(line.text)) for line in section.lines)
    return whole > 2 * len(text)


def _wish(theirs: Iterable[FoundQuote]) -> tuple[str, int] | None:
    """The first sentence that says what they wanted, or else what they want, and its line."""
    said = [(one_line(s), quote.line) for quote in theirs for s in sentences_of(quote.text) if _tells(s)]
    clear = [found for found in said if score(found[0]) >= CLEAR]
    tried = ((pattern, found) for found in (clear, said) for pattern in (_WANTED, _WANTS))
    return next((wish for pattern, found in tried for wish in found if pattern.search(wish[0])), None)


def _tells(sentence: str) -> bool:
    fits = _FEWEST_IN_WANT <= word_count(sentence) <= _MOST_IN_WANT
    return fits and not is_small_talk(sentence) and not _WANTS_TO_TALK.search(sentence)


def _first_answer(theirs: Iterable[FoundQuote]) -> Wording | None:
    """How their first answer of substance begins, in a conversation."""
    for quote in theirs:
        said = _first_two(quote.text) if quote.heard is Heard.TURN else ""
        if word_count(said) >= 2 * _FEWEST_IN_PARAGRAPH:
            return Wording(f"“{said}”", _("their own words, line {line}").format(line=quote.line))
    return None


def _introduction(notes: ReadNotes) -> Wording:
    """The first paragraph that says what the talk was for, or else the first one that says anything."""
    told = [said for line in _prose(notes) if (said := _first_two(plain(line.text)))]
    meant = [said for said in told if _PURPOSE.search(said)]
    first = next(iter(meant or told), "")
    return Wording(_without_lead_in(first), _("a paragraph of the notes") if first else "")


def _prose(notes: ReadNotes) -> Iterator[Line]:
    page = read_page(notes.body, notes.line)
    heads = {heading.number for heading in page.headings}
    happened = notes.happened.value if notes.happened else ""
    for line in page.lines:
        apart = line.number in heads or _SET_APART.match(line.text) or label_of(line.text)
        if not apart and plain(line.text) not in happened:
            yield line


def _first_two(paragraph: str) -> str:
    """Its first two sentences; none of a greeting, of words cut off, or of what announces a list."""
    whole = (s for s in sentences_of(paragraph) if is_whole(s) and not s.endswith(("...", "…")))
    told = [sentence for sentence in whole if not is_small_talk(sentence)]
    said = " ".join(told[:2])
    return said if word_count(said) >= _FEWEST_IN_PARAGRAPH else ""


def _telling(notes: ReadNotes, found: Found[str]) -> str:
    """The part's text; for one that only names topics, the first list below that says something."""
    items = [line.removeprefix("- ") for line in found.value.split("\n")]
    if sum(map(word_count, items)) >= _FEWEST_IN_ITEM * len(items):
        return found.value
    section = _section(notes, found)
    richer = next(_lists(section), None) if section else None
    return "\n".join(f"- {item}" for item in richer) if richer else found.value


def _lists(section: Section) -> Iterator[list[str]]:
    """Headings level by level, words in bold on lines of their own, items: those that are sentences."""
    page = Page({}, section.lines, (), "")
    texts = [line.text.strip() for line in page.lines]
    ranks = [r"#{2}\s", r"#{3}\s", r"#{4}\s", r"#{5}\s", r"\*\*.+\*\*$", r"[-*+]\s", r"[^\W_]"]
    for rank in ranks:
        items = [plain(re.sub(r"^(?:#+|[-*+])\s+", "", text)) for text in texts if re.match(rank, text)]
        items = [item for item in items if item]
        if len(items) > 1 and sum(map(word_count, items)) >= _FEWEST_IN_ITEM * len(items):
            yield items


def _section(notes: ReadNotes, found: Found[str] | None) -> Section | None:
    if found is None or found.source is not Source.HEADING:
        return None
    sections = read_page(notes.body, notes.line).sections()
    return next((section for section in sections if section.heading.text == found.words), None)


def _without_quotes(text: str, notes: ReadNotes) -> str:
    """Without the lines that only quote somebody: quotes have a place of their own."""
    said = [quote.text for quote in notes.quotes if quote.heard is not Heard.TURN]

    def only_quotes(line: str) -> bool:
        return any(words in line and word_count(line) - word_count(words) <= _SIGNATURE for words in said)

    kept = [line for line in text.split("\n") if not only_quotes(line)]
    return "\n".join(kept) if any(kept) else text


def _without_lead_in(text: str) -> str:
    """Without "In this video, …": what was recorded is not what happened."""
    match = _LEAD_IN.match(text)
    return text if match is None else match["first"].upper() + text[match.end() :]


def _whence(found: Found[str]) -> str:
    return _("“{part}”, line {line}").format(part=found.words, line=found.line)
