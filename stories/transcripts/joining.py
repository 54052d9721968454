"""From cues to turns: a speaker's words in one, until somebody else speaks.

A pause of more than GAP parts two turns even of one speaker, as something was shown or done in between. A
long monologue is parted where a sentence ends, about once a minute, so that the moment of each turn leads
near any word in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from stories.text import clean
from stories.transcripts.speakers import speaker
from stories.transcripts.values import Cue, Turn

GAP = timedelta(seconds=20)
LONG = 1_000
"""Letters; some 170 words, which take a minute to say."""

_ENDS = tuple(".!?…。！？؟।")
_CLOSING = "\"'”’»)]」』"


def turns_of(cues: Iterable[Cue]) -> tuple[tuple[Turn, ...], frozenset[str]]:
    """The turns in order, and the speakers whom their labels mark as from outside."""
    guests: set[str] = set()
    known: dict[str, str] = {}
    named: list[Cue] = []
    for cue in cues:
        if cue.who not in known:
            known[cue.who], outside = speaker(cue.who)
            guests |= {known[cue.who]} if outside else set()
        named.append(replace(cue, who=known[cue.who], text=clean(cue.text)))
    turns = (_turn(part) for _who, run in groupby(named, lambda cue: cue.who) for part in _parts(run))
    return tuple(turn for turn in turns if turn.text), frozenset(guests)


def _parts(run: Iterable[Cue]) -> Iterator[list[Cue]]:
    part: list[Cue] = []
    letters = 0
    for cue in run:
        if part and (_pauses(part[-1], cue) or (letters >= LONG and _ended(part[-1].text))):
            yield part
            part, letters = [], 0
        part.append(cue)
        letters += len(cue.text)
    yield part


def _pauses(before: Cue, cue: Cue) -> bool:
    return before.until is not None and cue.at is not None and cue.at - before.until > GAP


def _ended(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_ENDS)


def _turn(part: list[Cue]) -> Turn:
    text = part[0].text
    pieces = [text]
    for cue in part[1:]:
        # Scripts without spaces between words have none between cues either.
        unspaced = bool(text and cue.text) and _unspaced(text[-1]) and _unspaced(cue.text[0])
        pieces.append(cue.text if unspaced else f" {cue.text}")
        text = cue.text or text
    return Turn(part[0].who, "".join(pieces).strip(), part[0].line, part[0].at)


def _unspaced(letter: str) -> bool:
    return "\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uff65"
