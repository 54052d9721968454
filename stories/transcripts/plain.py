"""Text and Markdown of a talk: who speaks and when on lines of their own, or a name before the words.

Lines of their own are "Ana Souza  0:12" (Otter, Teams), "[Ana Souza] 10:02:15" (Zoom's saved captions),
"Ana Souza (0:12)", "0:12 Ana Souza", a name above a time, and a line with two times above a name (Teams'
older Word files). Names before the words are read as in notes (`stories.notes.speech`); Meet's Markdown and
text are such, with the time on a line of its own every few minutes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from stories.notes.labels import is_name, role_side
from stories.notes.page import plain, read_page
from stories.notes.people import named_people
from stories.notes.speech import read_turns
from stories.notes.values import Found, Source
from stories.patterns import late
from stories.transcripts import unmarked
from stories.transcripts.moments import TIME, read_moment, read_timing
from stories.transcripts.values import Cue, Draft
from stories.values import dataclass

_WHO = r"(?P<who>[^\s\[\]].{0,79}?)"
_CLOCK = late(rf"\[(?P<who>[^\[\]]{{1,80}})\]\s+(?P<at>{TIME})")
_HEADS = (
    re.compile(rf"{_WHO}(?:\s{{2,}}|\t)\s*(?P<at>{TIME})"),
    re.compile(rf"{_WHO}\s*[(\[](?P<at>{TIME})[)\]]:?"),
)
_LOOSE_HEADS = (
    re.compile(rf"[(\[]?(?P<at>{TIME})[)\]]?\s+(?:[-–—|]\s*)?{_WHO}:?"),
    re.compile(rf"{_WHO}\s(?P<at>{TIME})"),
)
_ONLY_TIME = late(rf"(?:#+ )?[*_]{{0,2}}[(\[]?{TIME}[)\]]?[*_]{{0,2}}")
_LEADING_TIME = late(rf"\s{{0,8}}(?:[-*+]\s+)?[(\[]?(?P<at>{TIME})[)\]]?\s")
_TAIL = late(
    r"[#*_\s]*(?:transcribed by https?://otter\.ai.*|transcription ended after \d.*"
    r"|this editable transcript was computer generated.*|people can also change the text after it.*"
    r"|.{1,80} (?:started|stopped) transcription)[*_\s]*",
    re.IGNORECASE,
)
_LONGEST_HEAD = 160
_FEWEST_HEADS = 3
_FEWEST_TURNS = 4
_MOSTLY = 0.5
_FIRST_LINES = 60


@dataclass(frozen=True, slots=True)
class _Head:
    who: str
    at: timedelta | None
    lines: int = 1
    by_the_clock: bool = False


def read(text: str) -> Draft | None:
    """The talk in a text; None when it is none, or hardly any of it.

    Where nobody is marked but a heading says that it is a transcript, its paragraphs are nobody's words.
    """
    lines = ["" if _TAIL.fullmatch(line[:300]) else line for line in text.split("\n")]
    return _timed(lines) or _labelled(lines) or unmarked.read(lines)


def has_times(text: str) -> bool:
    """Whether it is written as tools write a talk, with who speaks and when on lines of their own."""
    return _timed(text.split("\n")) is not None


def _timed(lines: Sequence[str]) -> Draft | None:
    heads = dict(_heads(lines))
    often = Counter(head.who for head in heads.values())
    if len(heads) < _FEWEST_HEADS or max(often.values()) < 2:
        return None
    first = min(heads)
    above = sum(len(line.split()) for line in lines[:first])
    if above > sum(len(line.split()) for line in lines[first:]):
        return None
    return Draft(tuple(_cues(lines, heads)), _above(lines, first))


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, _Head]]:
    """Every line that says who speaks from when on, by its place from 0."""
    for at, line in enumerate(lines):
        words = line.strip()
        if not words or len(words) > _LONGEST_HEAD:
            continue
        if "-->" in words:
            timing = read_timing(words)
            if timing is not None and at + 1 < len(lines) and len(lines[at + 1]) <= _LONGEST_HEAD:
                yield at, _Head(lines[at + 1].strip(), timing[0], 2)
        elif ":" in words and (head := _head(words)) is not None:
            yield at, head
        elif is_name(words) and at + 1 < len(lines) and _ONLY_TIME.fullmatch(lines[at + 1].strip()):
            yield at, _Head(words, read_moment(lines[at + 1]), 2)


def _head(words: str) -> _Head | None:
    plain_words = words.replace("**", "").replace("__", "")
    if match := _CLOCK.fullmatch(plain_words):
        return _Head(match["who"], read_moment(match["at"]), by_the_clock=True)
    for pattern in (*_HEADS, *_LOOSE_HEADS):
        match = pattern.fullmatch(plain_words)
        if match is not None and (pattern in _HEADS or _is_somebody(match["who"])):
            who = match["who"].strip()
            # "He said (at 10:30)" ends like a head; a speaker's name has no sentence in it.
            return _Head(who, read_moment(match["at"])) if len(who.split()) <= 6 else None
    return None


def _cues(lines: Sequence[str], heads: dict[int, _Head]) -> Iterator[Cue]:
    began = next((head.at for head in heads.values() if head.by_the_clock), None)
    who, at, begun, said = "", None, 0, list[str]()
    skipped = -1
    for number, line in enumerate(lines):
        if number <= skipped:
            continue
        head = heads.get(number)
        alone = head is None and ":" in line and _ONLY_TIME.fullmatch(line.strip()) is not None
        if head is None and not alone:
            said += [line.strip()] if line.strip() and begun else []
            continue
        if said:
            yield Cue(who, " ".join(said), begun, at)
        if head is not None:
            who, at, skipped = head.who, head.at, number + head.lines - 1
            if head.by_the_clock and at is not None and began is not None:
                at = max(timedelta(), at - began)
            begun = number + 1
        else:
            at, begun = read_moment(line.strip(" #*_")), number + 1 if begun else 0
        said = []
    if said:
        yield Cue(who, " ".join(said), begun, at)


def _labelled(lines: Sequence[str]) -> Draft | None:
    times = {number: line for number, line in enumerate(lines, 1) if ":" in line and _is_time(line)}
    page = read_page("\n".join("" if number in times else line for number, line in enumerate(lines, 1)))
    raw = min((h.number for h in page.headings if unmarked.RAW.search(h.text)), default=len(lines) + 1)
    named = named_people(page, Found("", 0, Source.LINE, ""))
    turns = [turn for turn in read_turns(page, named) if turn.line < raw]
    whole = sum(len(line.split()) for line in lines[: raw - 1])
    told = sum(len(turn.text.split()) for turn in turns)
    if len(turns) < _FEWEST_TURNS or told < _MOSTLY * whole:
        return None
    moments = iter(sorted(times.items()))
    upcoming, now = next(moments, None), None
    cues: list[Cue] = []
    for turn in turns:
        while upcoming is not None and upcoming[0] <= turn.line:
            now, upcoming = read_moment(upcoming[1].strip(" #*_")), next(moments, None)
        leading = _LEADING_TIME.match(lines[turn.line - 1][:40])
        cues.append(Cue(turn.who, turn.text, turn.line, read_moment(leading["at"]) if leading else now))
    return Draft(tuple(cues), _above(lines, turns[0].line - 1))


def _is_time(line: str) -> bool:
    return _ONLY_TIME.fullmatch(line.strip()[:60]) is not None


def _above(lines: Sequence[str], first: int) -> tuple[tuple[int, str], ...]:
    """What stands above the talk, where that is little: title, day, who was there."""
    shown = ((number, plain(line[:1000])) for number, line in enumerate(lines[:first][:_FIRST_LINES], 1))
    return tuple((number, re.sub(r"^#+\s*", "", words)) for number, words in shown if words)


def _is_somebody(who: str) -> bool:
    return is_name(who.strip()) or role_side(who) is not None
