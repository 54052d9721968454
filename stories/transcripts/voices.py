"""How much each speaker says and asks, and who of them is probably the customer: to be shown and confirmed.

What the file itself says comes first: a role for a name ("Customer"), a mark as a guest, a name in the
title ("Interview with …"). Of the rest, whoever ends at least half of their turns in a question is one of us
(or a third, when nobody else comes near), and of those left over the one who says most of it is the
customer. Where nobody asks, nothing is proposed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from stories.folding import fold
from stories.language import _
from stories.notes.labels import role_side
from stories.notes.names_alike import same_person
from stories.notes.values import Side
from stories.transcripts.values import Turn, Voice
from stories.values import dataclass

MOSTLY, OFTEN = 0.5, 0.3
_FEWEST_TURNS = 2
_TAIL = 120
_QUESTION = ("?", "？", "؟")


@dataclass(slots=True)
class _Said:
    who: str
    line: int
    turns: int = 0
    words: int = 0
    asked: int = 0
    side: Side = Side.UNKNOWN
    why: str = ""

    @property
    def asks(self) -> float:
        return self.asked / self.turns if self.turns else 0.0


def voices_of(
    turns: Sequence[Turn],
    *,
    in_title: Collection[str] = (),
    guests: Collection[str] = (),
    known: Mapping[str, Side] | None = None,
) -> tuple[Voice, ...]:
    """Every speaker, who says most first. `known` are sides that something else has shown, by label."""
    said = _counted(turns)
    for one in said:
        one.side, one.why = _told(one.who, in_title, guests, known or {})
    _seat(said)
    whole = sum(one.words for one in said) or 1
    ordered = sorted(said, key=lambda one: (-one.words, one.line))
    return tuple(
        Voice(
            who=one.who,
            line=one.line,
            turns=one.turns,
            words=one.words,
            share=round(one.words / whole, 3),
            asks=round(one.asks, 3),
            side=one.side,
            why=one.why,
        )
        for one in ordered
    )


def _counted(turns: Sequence[Turn]) -> list[_Said]:
    said: dict[str, _Said] = {}
    for who, run in groupby(turns, lambda turn: turn.who):
        parts = list(run)
        one = said.setdefault(fold(who), _Said(who, parts[0].line))
        one.turns += 1
        one.words += sum(len(part.text.split()) or bool(part.text) for part in parts)
        one.asked += any(mark in parts[-1].text[-_TAIL:] for mark in _QUESTION)
    return list(said.values())


def _told(
    who: str, in_title: Collection[str], guests: Collection[str], known: Mapping[str, Side]
) -> tuple[Side, str]:
    """The side that something in the file says outright, and what that is."""
    role = role_side(who)
    if role in (Side.US, Side.CUSTOMER):
        return Side(role), _("the label says so")
    if who in known and known[who] is not Side.UNKNOWN:
        return known[who], _("the notes say so")
    if who and any(same_person(who, name) for name in in_title):
        return Side.CUSTOMER, _("the title names them")
    if who in guests:
        return Side.CUSTOMER, _("the file marks them as a guest")
    return Side.UNKNOWN, ""


def _seat(said: Sequence[_Said]) -> None:
    """Sides for those of whom nothing is said outright, by who asks and who tells."""
    loose = [one for one in said if one.side is Side.UNKNOWN and one.who and one.turns >= _FEWEST_TURNS]
    told = any(one.side is Side.CUSTOMER for one in said)
    for one in _askers(loose, told=told):
        one.side = Side.US
        one.why = _("{share} of their turns end in a question").format(share=f"{one.asks:.0%}")
    rest = [one for one in loose if one.side is Side.UNKNOWN]
    if told or not rest or all(one.side is not Side.US for one in said):
        return
    most = max(rest, key=lambda one: one.words)
    if most.words > MOSTLY * sum(one.words for one in rest):
        most.side = Side.CUSTOMER
        share = most.words / (sum(one.words for one in said) or 1)
        most.why = _("says {share} of all words and is asked more than asking").format(share=f"{share:.0%}")


def _askers(loose: Sequence[_Said], *, told: bool) -> Iterator[_Said]:
    """Those who ask; a single voice can only be one when somebody else is known to be the customer."""
    if len(loose) == 1 and not told:
        return
    ordered = sorted(loose, key=lambda one: -one.asks)
    for at, one in enumerate(ordered):
        others = [other.asks for other in ordered[at + 1 :]]
        alone = at == 0 and one.asks >= OFTEN and one.asks >= 2 * max(others, default=0)
        if one.asks >= MOSTLY or alone:
            yield one
