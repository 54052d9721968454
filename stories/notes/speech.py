"""Who said what, in notes that are written as a conversation.

A turn begins at the start of a line with the speaker and a colon, in bold or not, with a time or not:
`**Name:** text`, `Name: text`, `Name (00:12): text`, `[00:12] Name: text`; or with the name or the time
on a line of its own above the words. A label counts as a speaker when it is a role ("Interviewer"),
somebody the notes name elsewhere, or a name that begins two turns or more; once there are four such turns,
any name in bold. A turn ends at the next one or at a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from stories.folding import fold
from stories.notes.labels import is_name, role_side
from stories.notes.names_alike import same_person
from stories.notes.page import Line, Page, plain
from stories.notes.values import Person
from stories.patterns import late
from stories.values import dataclass

_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?[\])]?"
_WHO = r"(?P<who>[^\W_][^:*\n<>|()\[\]\"“”]{0,39}?)"
_LEAD = rf"\s*(?:[-*+]\s+)?(?:{_TIME}\s+(?:-\s+)?)?"
_TURNS = (
    late(rf"{_LEAD}(?:\*\*|__){_WHO}\s*(?:{_TIME})?\s*:\s*(?:\*\*|__)\s*(?P<said>.*)"),
    late(rf"{_LEAD}(?:\*\*|__){_WHO}(?:\*\*|__)\s*(?:{_TIME})?\s*:\s*(?P<said>.*)"),
    late(rf"{_LEAD}{_WHO}\s*(?:{_TIME})?\s*:(?:\s+(?P<said>.*)|$)"),
    late(rf"\s*(?:\*\*|__){_WHO}(?:\*\*|__)\s*(?:{_TIME})?\s*(?P<said>)"),
    late(rf"\s*{_WHO}\s+{_TIME}\s*(?P<said>)"),
)
_BOLD = 2
"""The first two of these are a name in bold and a colon, which in a conversation is always a speaker."""

_A_CONVERSATION = 4
_MOST_SPEAKERS = 200
"""More different names than this before colons are a register, not a conversation."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's words from `line` to `last`, until the next begins; a line break between paragraphs."""

    who: str
    line: int
    last: int
    text: str

    @property
    def asks(self) -> bool:
        """Whether the turn ends in a question."""
        return "?" in self.text[-120:]


def read_turns(page: Page, named: Sequence[Person]) -> tuple[Turn, ...]:
    """Every turn of the page in order; none when it is not written as a conversation.

    `named` are people whom the notes name elsewhere; a label with their given name alone is theirs, and a
    line that lists them is no turn.
    """
    lists = {person.line for person in named}
    lines = (line for line in page.lines if line.number not in lists)
    begun = {line.number: start for line in lines if (start := _start(line.text)) is not None}
    often = Counter(fold(who) for who, _said, _bold in begun.values())
    sure = {
        number
        for number, (who, _said, _bold) in begun.items()
        if role_side(who) or often[fold(who)] > 1 or _is_known(who, named)
    }
    if len(often) > _MOST_SPEAKERS:
        return ()
    talk = len(sure) >= _A_CONVERSATION
    starts = {n: (who, said) for n, (who, said, bold) in begun.items() if n in sure or (talk and bold)}
    return tuple(_turns(page, starts))


def _start(text: str) -> tuple[str, str, bool] | None:
    """Who begins to speak on this line, their first words, and whether the name is in bold outside a list."""
    for at, pattern in enumerate(_TURNS):
        match = pattern.fullmatch(text.rstrip())
        if match is not None:
            who = match["who"].strip()
            if is_name(who) or role_side(who):
                item = re.match(r"\s*(?:[-*+]|\d+[.)])\s", text)
                return who, match["said"] or "", at < _BOLD and item is None
    return None


def _is_known(who: str, named: Sequence[Person]) -> bool:
    return any(same_person(who, person.name) for person in named)


def _turns(page: Page, starts: dict[int, tuple[str, str]]) -> Iterator[Turn]:
    headings = {heading.number for heading in page.headings}
    who, begun, said = "", 0, list[str]()
    for line in page.lines:
        if line.number in starts or line.number in headings:
            if who and said:
                yield Turn(who, begun, line.number - 1, "\n".join(said))
            who, first = starts.get(line.number, ("", ""))
            begun, said = line.number, [plain(first)] if plain(first) else []
        elif who:
            said += _words(line)
    if who and said:
        yield Turn(who, begun, page.lines[-1].number, "\n".join(said))


def _words(line: Line) -> list[str]:
    words = re.sub(r"^(?:[-*+>]|\d+\.)\s+", "", plain(line.text))
    noise = re.fullmatch(r"[\[(][^\])]*[\])]|[-=_*\s]*", words)
    return [] if noise else [words]
