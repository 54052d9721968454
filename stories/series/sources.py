"""What a sentence of an episode rests on: a named place in what is kept, or the name of whoever signs it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from stories.values import dataclass


class Kind(StrEnum):
    """What kind of thing a sentence comes from.

    QUOTE: the customer's own words, by the quote's number. TALK: one part of a conversation as it was written
    up, by the interview's number ("12#happened"; parts in `TALK_PARTS`). ANSWER: an answer to a survey, by
    its source and key ("3:abc"; "3:abc#given" that it was given). SCORE: how the score moved between two
    conversations or answers of one customer ("talk:12>talk:15"). PROMISE: something we said we would do, by
    the follow-up's number, and what became of it ("5#ended"; parts in `PROMISE_PARTS`). TREND: a theme in the
    customer's segment, or their segment's NPS, as it was reckoned on a day; by the trend's number. HEADLINE:
    an item of a feed, by its number. ASKED: a question of the audience's, by its number. PLAN: a conversation
    that is arranged, by the rota talk's number. SEASON: the season itself (who is followed, since when, when
    it is looked again), by its number.
    """

    QUOTE = "quote"
    TALK = "talk"
    ANSWER = "answer"
    SCORE = "score"
    PROMISE = "promise"
    TREND = "trend"
    HEADLINE = "headline"
    ASKED = "asked"
    PLAN = "plan"
    SEASON = "season"


TALK_PARTS = ("told", "title", "trying_to", "happened", "meaning", "themes", "score")
"""Parts of a conversation; "told" is that it was held: its day, how, by whom with whom."""

PROMISE_PARTS = ("made", "late", "ended")
"""What can be said of a promise: that it was made, that its day has passed, how it ended."""

SPOKEN = frozenset({Kind.QUOTE, Kind.ANSWER})
"""Kinds that can stand as the customer's own words, to the letter."""

ANSWER_PARTS = ("given",)
"""That an answer was given, and when; without a part it is the comment."""

_PARTS: dict[str, tuple[str, ...]] = {
    Kind.TALK: TALK_PARTS,
    Kind.PROMISE: PROMISE_PARTS,
    Kind.ANSWER: ANSWER_PARTS,
}


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One thing a sentence rests on. `key` is its number, or what `Kind` says; `part` what of it."""

    kind: Kind
    key: str
    part: str = ""

    def __str__(self) -> str:
        """The source's name in one text: "talk:12#happened"."""
        return f"{self.kind}:{self.key}" + (f"#{self.part}" if self.part else "")

    @property
    def number(self) -> int | None:
        """The number of what it names; None for an answer or a movement between two."""
        return int(self.key) if self.key.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Signed:
    """Editor's words: nothing but their signature stands behind the sentence. `by` is their Slack id."""

    by: str


Source = Ref | Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a source says, as it is kept: what the checker holds a sentence against.

    `text` is the words; `days` are those that may be said of it, `numbers` the figures. `who` holds every
    name that it may call its customer by at this moment. `link` leads to a headline. `elsewhere` is the text
    in the other languages that an episode may be written in, where words of ours are in it.
    """

    ref: Ref
    text: str
    days: tuple[date, ...] = ()
    numbers: tuple[int, ...] = ()
    who: tuple[str, ...] = ()
    link: str = ""
    customer_id: int | None = None
    elsewhere: tuple[tuple[str, str], ...] = ()


def parse(said: str) -> Ref | None:
    """The source of this name (`str(ref)`); None for what is no name."""
    kind, colon, rest = said.partition(":")
    key, _hash, part = rest.partition("#")
    known = kind in set(Kind) and colon and key
    if not known or (part and part not in _PARTS.get(kind, ())):
        return None
    return Ref(Kind(kind), key, part)


def quote(number: int) -> Ref:
    """The quote of this number."""
    return Ref(Kind.QUOTE, str(number))


def talk(interview_id: int, part: str) -> Ref:
    """One part of a conversation. Raises ValueError for a part that there is none of."""
    if part not in TALK_PARTS:
        raise ValueError(f"a talk has the parts {', '.join(TALK_PARTS)}, not {part!r}")
    return Ref(Kind.TALK, str(interview_id), part)


def promise(follow_up_id: int, part: str) -> Ref:
    """What can be said of a promise. Raises ValueError for a part that there is none of."""
    if part not in PROMISE_PARTS:
        raise ValueError(f"a promise has the parts {', '.join(PROMISE_PARTS)}, not {part!r}")
    return Ref(Kind.PROMISE, str(follow_up_id), part)


def answer(source_id: int, key: str) -> Ref:
    """An answer to a survey."""
    return Ref(Kind.ANSWER, f"{source_id}:{key}")


def movement(before: Ref, after: Ref) -> Ref:
    """How a score moved from one talk or answer to another (their parts play no role)."""
    return Ref(Kind.SCORE, f"{before.kind}:{before.key}>{after.kind}:{after.key}")


def ends_of(moved: Ref) -> tuple[Ref, Ref] | None:
    """The two talks or answers between which a score moved; None for what is no movement."""
    before, arrow, after = moved.key.partition(">")
    if moved.kind is not Kind.SCORE or not arrow:
        return None
    ends = parse(before), parse(after)
    return (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None
