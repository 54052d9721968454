"""What else the programme says in a simulated year: thanks, first times, letters; to whoever wants it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks.rota_company import some_day
from benchmarks.rota_figures import Note, Underway
from stories.attention import FIRST_TIME, LETTER, REACHED, UNASKED
from stories.momentum.worth import AGAIN_AFTER, FIRST_AFTER
from stories.rota.hours import Party

_WANTS_LETTERS, _TURNS_OFF, _GOES_FAR, _AND_FARTHER = 0.2, 0.15, 0.6, 0.3
"""How often somebody wants the letter, turns such messages off, and a story goes far, or farther."""

_NEVER = date.max


class Wishes:
    """Who wants what, and what there is to tell them."""

    def __init__(self, people: Iterable[str], chance: random.Random) -> None:
        self._chance = chance
        everybody = sorted(people)
        self._wants_letters = [user for user in everybody if chance.random() < _WANTS_LETTERS]
        self._off = {user: some_day(_TURNS_OFF, _NEVER, chance) for user in everybody}

    def wants(self, note: Note, now: datetime) -> bool:
        """Whether they have not turned it off by then."""
        return now.date() < self._off[note.user_id]

    def letters(self, now: datetime) -> Iterator[Note]:
        """The letters that are due on this day."""
        return (_note(user, LETTER, now) for user in self._wants_letters if now.day == 1)

    def thanks(self, talk: Underway, *, first: bool) -> Iterator[Note]:
        """What comes of a talk that was written up."""
        if talk.written is None:
            return
        if first:
            yield _note(talk.user_id, FIRST_TIME, talk.written + timedelta(days=1))
        told = talk.written + FIRST_AFTER
        if self._chance.random() < _GOES_FAR:
            yield _note(talk.user_id, REACHED, told)
            if self._chance.random() < _AND_FARTHER:
                yield _note(talk.user_id, REACHED, told + AGAIN_AFTER)


def at_work(party: Party, moment: datetime) -> bool:
    """Whether it is a weekday there, from nine to five: reckoned apart from the rule that is tried."""
    local = moment.astimezone(ZoneInfo(party.time_zone))
    return local.isoweekday() <= 5 and time(9) <= local.time() < time(17)


def _note(user_id: str, kind: str, since: datetime) -> Note:
    return Note(user_id=user_id, kind=kind, since=since, fresh_until=since + UNASKED[kind].fresh_for)
