"""Named people and speakers brought together, and on which side of the table each sat.

A speaker is the named person of that name, of that given name, or, when nobody else speaks for a named
person, of a given name that a typist may have heard so ("Stephen" for Steven). Of the speakers that
neither a label, a role nor the title places, those who end most of their turns in a question are us, and
the one who says most of what is left is the customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stories.folding import fold
from stories.notes.labels import is_nobody, role_side
from stories.notes.names_alike import misheard, same_person
from stories.notes.speech import Turn
from stories.notes.values import Person, Side
from stories.values import dataclass

_MOSTLY = 0.5
_OFTEN = 0.3


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and by folded label which of them speaks under it."""

    everybody: tuple[Person, ...]
    voices: dict[str, int]

    @property
    def people(self) -> tuple[Person, ...]:
        """Those who are somebody: a label such as "Response" is a voice only."""
        return tuple(person for person in self.everybody if not is_nobody(person.name))

    def of(self, who: str) -> Person | None:
        """The person that a speaker's label or a signature means; None when it is nobody known."""
        at = self.voices.get(fold(who))
        if at is not None:
            return self.everybody[at]
        return next((person for person in self.everybody if same_person(who, person.name)), None)


def gather(named: Sequence[Person], turns: Sequence[Turn]) -> Cast:
    """The named people first, then further speakers in the order in which they begin."""
    people, voices = list(named), dict[str, int]()
    strangers: list[Turn] = []
    for turn in turns:
        if fold(turn.who) in voices or any(fold(turn.who) == fold(stranger.who) for stranger in strangers):
            continue
        at = next((n for n, person in enumerate(people) if same_person(turn.who, person.name)), None)
        if at is None:
            strangers.append(turn)
        else:
            voices[fold(turn.who)] = at
    for turn in strangers:
        at = _misheard(turn.who, people, voices, len(named))
        if at is None:
            at = _another(turn, people, len(named))
        voices[fold(turn.who)] = at
    return Cast(_seated(people, voices, turns), voices)


def _misheard(who: str, people: Sequence[Person], voices: dict[str, int], named: int) -> int | None:
    silent = [at for at in range(named) if at not in voices.values()]
    close = [at for at in silent if misheard(who, people[at].name)]
    return close[0] if len(close) == 1 else None


def _another(turn: Turn, people: list[Person], named: int) -> int:
    """The speaker's place among the people; the longer of two forms of a name is kept."""
    for at in range(named, len(people)):
        if same_person(turn.who, people[at].name):
            longer = max(turn.who, people[at].name, key=len)
            people[at] = replace(people[at], name=longer)
            return at
    people.append(Person(turn.who, Side(role_side(turn.who) or Side.UNKNOWN), turn.line))
    return len(people) - 1


def _seated(people: Sequence[Person], voices: dict[str, int], turns: Sequence[Turn]) -> tuple[Person, ...]:
    own: list[list[Turn]] = [[] for _person in people]
    for turn in turns:
        own[voices[fold(turn.who)]].append(turn)
    sides = [person.side for person in people]
    loose = [at for at, person in enumerate(people) if own[at] and _placeable(person)]
    told = any(side is Side.CUSTOMER and own[at] for at, side in enumerate(sides))
    threshold = _OFTEN if told and len(loose) == 1 else _MOSTLY
    for at in loose:
        if sum(turn.asks for turn in own[at]) / len(own[at]) >= threshold:
            sides[at] = Side.US
    rest = [at for at in loose if sides[at] is Side.UNKNOWN]
    words = {at: sum(len(turn.text) for turn in own[at]) for at in rest}
    if not told and Side.US in sides and rest:
        most = max(rest, key=lambda at: words[at])
        if words[most] > _MOSTLY * sum(words.values()):
            sides[most] = Side.CUSTOMER
    return tuple(replace(person, side=side) for person, side in zip(people, sides, strict=True))


def _placeable(person: Person) -> bool:
    """Nobody has said which side they are on, and they are a person rather than the audience."""
    return person.side is Side.UNKNOWN and role_side(person.name) is None
