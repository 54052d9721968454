"""Customers' own words in notes: block quotes, words in quotation marks, turns of a conversation.

Words in quotation marks count from four words on, where they begin a line or an item, or where the same
sentence says that somebody said them. Turns count from eight words on, as shorter ones are replies, and
only for those who are not us; a long turn is cut at the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stories.notes.cast import Cast
from stories.notes.labels import is_name, is_nobody, role_side
from stories.notes.page import Line, Page, plain
from stories.notes.speech import Turn
from stories.notes.values import FoundQuote, Heard, Side
from stories.patterns import late

LONGEST_QUOTE = 600
"""Characters of a turn that are kept as a quote."""

_FEWEST_WORDS = 4
_FEWEST_IN_A_TURN = 8
_FEWEST_AFTER_A_COURTESY = 20
_LONGEST_LINE = 2000
_COURTESY = late(
    r"(?:thank|thanks|hi|hello|hey|glad|welcome|good (?:morning|afternoon|evening)|bye)\b", re.IGNORECASE
)
_MARKED = late(
    r"“([^“”]+)”|“([^“”\"]+)[“\"](?!\w)|(?<![\w\"])\"([^\"]+)\"(?!\w)|«\s*([^«»]+?)\s*»|„([^„“”]+)[“”]"
)
_LEADING = late(r"\s*(?:>\s*)*(?:[-*+•]|\d+[.)])?\s*(?:\*\*|__|[*_])?\s*(?=[“\"«„])")
_SAID = late(
    r"\b(?:said|says|told|asked|mentioned|noted|explained|described|added|shared|commented|remarked"
    r"|according|replied|recalled|stated|put it|quote|quoted|in (?:his|her|their) words)\b",
    re.IGNORECASE,
)
_EXAMPLE = late(
    r"(?:\be\.g\.?,?|\bi\.e\.?,?|\bsuch as|\blike|\bcalled|\blabell?ed|\btitled|\bnamed|\basked:?)\s*$",
    re.IGNORECASE,
)
_SIGNED = late(r"[“\"]?(?P<words>.+?)[”“\"]?\s+[-–—]\s*(?P<who>[^\W\d_a-z][^()\n.]{1,40})", re.DOTALL)
_FROM = late(r"^[\s.,]*(?:[-–—~]+|\(|by )\s*(?P<who>[^\W\d_][^()\n]{1,40}?)\s*\)?[\s.]*$")
_SPEAKER_BEFORE = late(r"(?P<who>[^\W\d_][\w'’. -]{1,40}?)\s*(?:\([^)]*\))?\s*:\s*$")
_NO_QUOTE = late(
    r"(?:see(?: also)?|note|primarily|jump|related|figure|source|table|read|warning|tip|important)\b"
    r"|\||\[|!\[|http",
    re.IGNORECASE,
)


def read_quotes(page: Page, cast: Cast, turns: Sequence[Turn]) -> tuple[FoundQuote, ...]:
    """Every quote in the order of the page, none twice, none of ours."""
    found = [*_block_quotes(page), *_in_marks(page, turns), *_turn_quotes(cast, turns)]
    kept: dict[str, FoundQuote] = {}
    for quote in sorted(found, key=lambda quote: quote.line):
        speaker = cast.of(quote.who) if quote.who else None
        if speaker is None or speaker.side is not Side.US:
            kept.setdefault(quote.text.casefold(), quote)
    return tuple(kept.values())


def _block_quotes(page: Page) -> Iterator[FoundQuote]:
    for block in _blocks(page):
        words = [plain(re.sub(r"^\s*(?:>\s?)+", "", line.text)) for line in block]
        text = "\n".join(words).strip()
        who = ""
        if len(words) > 1 and (signed := _FROM.match(words[-1])):
            text, who = "\n".join(words[:-1]).strip(), signed["who"]
        elif signed := _SIGNED.fullmatch(text):
            text, who = (signed["words"], signed["who"]) if not _MARKED.search(text) else (text, "")
        # Quotation marks inside are read with those of the page.
        if _NO_QUOTE.match(text) or _MARKED.search(text) or _count(text) < _FEWEST_WORDS:
            continue
        yield FoundQuote(text, who, block[0].number, Heard.BLOCKQUOTE)


def _blocks(page: Page) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in page.lines:
        if re.match(r"\s*>", line.text) and not re.fullmatch(r"\s*[>\s]*", line.text):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _in_marks(page: Page, turns: Sequence[Turn]) -> Iterator[FoundQuote]:
    spoken = {number for turn in turns for number in range(turn.line, turn.last + 1)}
    headings = {heading.number for heading in page.headings}
    for line in page.lines:
        unfit = len(line.text) > _LONGEST_LINE or re.match(r"\s*(?:>\s*)?\|", line.text)
        if unfit or line.number in spoken or line.number in headings:
            continue
        text = plain(re.sub(r"^\s*(?:>\s?)+", "", line.text))
        for match in _MARKED.finditer(text):
            words = next(group for group in match.groups() if group).strip(" ,")
            if _count(words) < _FEWEST_WORDS or _EXAMPLE.search(text[: match.start()]):
                continue
            who = _whose(text, match)
            leads = match.start() <= 4 and _LEADING.match(text) is not None
            if who or leads or _is_told(text, match):
                yield FoundQuote(words, who, line.number, _heard(line))


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether the words around say that somebody said it, or a colon announces it."""
    return (
        text[: match.start()].rstrip().endswith(":")
        or _SAID.search(text[: match.start()] + text[match.end() :]) is not None
    )


def _heard(line: Line) -> Heard:
    return Heard.BLOCKQUOTE if line.text.lstrip().startswith(">") else Heard.QUOTATION_MARKS


def _whose(text: str, match: re.Match[str]) -> str:
    after, before = _FROM.match(text[match.end() :]), _SPEAKER_BEFORE.search(text[: match.start()])
    if after is not None:
        return after["who"].strip()
    if before is not None and (is_name(before["who"].strip()) or role_side(before["who"])):
        return before["who"].strip()
    return ""


def _turn_quotes(cast: Cast, turns: Sequence[Turn]) -> Iterator[FoundQuote]:
    for turn in turns:
        person = cast.of(turn.who)
        if person is None or person.side is Side.US or _count(turn.text) < _FEWEST_IN_A_TURN:
            continue
        if _COURTESY.match(turn.text) and _count(turn.text) < _FEWEST_AFTER_A_COURTESY:
            continue
        who = "" if is_nobody(person.name) else person.name
        yield FoundQuote(_cut(turn.text), who, turn.line, Heard.TURN)


def _cut(text: str) -> str:
    """The text up to the last end of a sentence within LONGEST_QUOTE characters, or else the last word."""
    if len(text) <= LONGEST_QUOTE:
        return text
    start = text[:LONGEST_QUOTE]
    ends = [match.end() for match in re.finditer(r"[.!?]['\"”’)]*(?=\s)", start)]
    return start[: ends[-1]] if ends else start[: start.rfind(" ")] + " …"


def _count(text: str) -> int:
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))
