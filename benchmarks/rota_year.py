"""A company of made-up people and customers on the rota for a year: the real rules, one queue of events.

Colleagues join, leave, pause and say no; customers take back what they agreed to and do not turn up.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from benchmarks.rota_budget import Budget
from benchmarks.rota_company import BEGINS, DAYS, agreed, contact, employee, some_day
from benchmarks.rota_figures import Note, Underway, Year
from benchmarks.rota_wishes import Wishes, at_work
from stories.attention import ROTA_INVITATION, ROTA_REMINDER, Fate
from stories.consent import Purpose, permits
from stories.rota.hours import is_working
from stories.rota.matching import Match, Situation, match
from stories.rota.people import Employee, Seniority, is_due, is_rested
from stories.rota.solving import Solver, cheapest
from stories.rota.talks import (
    ANSWER_WITHIN,
    LATER_WEEKS,
    MOST_TRIES,
    NOT_ME_REST,
    Step,
    after,
    after_yes,
    again_at,
    invited_at,
)

ROUND_AT = time(5, tzinfo=UTC)
_SATURDAY = 5
_NEVER = datetime.max.replace(tzinfo=UTC)
_LEAVES, _JOINS_LATER, _PAUSES, _MISSED = 0.12, 0.15, 0.02, 0.12
_YES, _NOT_ME, _LATER = 0.6, 0.1, 0.1
"""How often things happen: to a person or customer in the year, to an invitation, to a talk."""


class Company:
    """People, customers, and what they do in a year; the same seed gives the same year."""

    def __init__(self, people: int, customers: int, *, seed: int, solver: Solver = cheapest) -> None:
        self._chance, self._seed, self._solver = random.Random(seed), seed, solver
        self._number = itertools.count()
        self._queue: list[tuple[datetime, int, str, Underway | Note]] = []
        self._open: dict[int, Underway] = {}
        self._busy: set[str] = set()
        self.year = Year()
        self.people = {one.user_id: one for one in (employee(n, self._chance) for n in range(people))}
        self.contacts = {
            one.customer_id: one for one in (contact(n, customers, self._chance) for n in range(customers))
        }
        self._joins = {user: some_day(_JOINS_LATER, BEGINS, self._chance) for user in self.people}
        self._leaves = {user: some_day(_LEAVES, date.max, self._chance) for user in self.people}
        self._back = dict.fromkeys(self.people, date.min)
        self._records = {number: agreed(number, self._chance) for number in self.contacts}
        self._may_ask = {
            number: told[-1].recorded_at if len(told) > 1 else _NEVER
            for number, told in self._records.items()
        }
        self._voices: Counter[tuple[str, Seniority]] = Counter()
        self.whole_year = {
            user for user in self.people if self._joins[user] == BEGINS and self._leaves[user] == date.max
        }

        self._wishes = Wishes(self.people, self._chance)
        self._budget = Budget(self.year.messages, self._chance)

    def run(self) -> Year:
        """Live through the year."""
        for number in range(DAYS):
            day = BEGINS + timedelta(days=number)
            self._until(datetime.combine(day, ROUND_AT))
            self._expect(self._wishes.letters(datetime.combine(day, ROUND_AT)))
            if day.weekday() < _SATURDAY:
                self._round(day)
        self._until(datetime.combine(BEGINS + timedelta(days=DAYS), ROUND_AT))
        self.year.ends({one.segment for one in self.contacts.values()}, BEGINS, BEGINS + timedelta(days=DAYS))
        return self.year

    def _takes_part(self, user_id: str, day: date) -> bool:
        return self._joins[user_id] <= day < self._leaves[user_id] and day >= self._back[user_id]

    def _agrees(self, customer_id: int, moment: datetime) -> bool:
        return permits(self._records[customer_id], Purpose.CONTACTED_AGAIN, moment)

    def _round(self, day: date) -> None:
        now = datetime.combine(day, ROUND_AT)
        ours = [
            one
            for user, one in self.people.items()
            if user not in self._busy and self._takes_part(user, day) and is_due(one, day)
        ]
        theirs = [
            one
            for number, one in (self.contacts.items() if ours else ())
            if number not in self._open and self._may_ask[number] > now and is_rested(one, day)
        ]
        situation = Situation(today=day, heard=dict(self.year.unheard), voices=self._voices)
        for found in match(ours, theirs, situation, seed=self._seed + day.toordinal(), solver=self._solver):
            self._begin(found, now)

    def _begin(self, found: Match, now: datetime) -> None:
        talk = Underway(found.user_id, found.customer_id, found.at, found.partner_id)
        self.year.at_once += talk.customer_id in self._open
        self._open[talk.customer_id] = talk
        self._busy |= {one for one in (talk.user_id, talk.partner) if one}
        party = self.people[talk.user_id].party
        self._later(invited_at(party, now, chance=self._chance.random()), Step.INVITE, talk)

    def _later(self, at: datetime, what: str, about: Underway | Note) -> None:
        heapq.heappush(self._queue, (at, next(self._number), what, about))

    def _expect(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self._later(note.since, "note", note)

    def _until(self, moment: datetime) -> None:
        while self._queue and self._queue[0][0] <= moment:
            at, _number, what, about = heapq.heappop(self._queue)
            if isinstance(about, Note):
                self._tell(about, at)
            elif self._open.get(about.customer_id) is about:
                self._happens(what, about, at)

    def _tell(self, note: Note, now: datetime) -> None:
        """Thanks, a first time or a letter: when there is room, in working hours, to who still wants it."""
        if now.date() >= self._leaves[note.user_id] or not self._wishes.wants(note, now):
            return
        party = self.people[note.user_id].party
        verdict = self._budget.decide(note.user_id, party, note.kind, now, note.fresh_until)
        if verdict.fate is Fate.GO:
            self.year.notes[note.kind] += 1
            self.year.outside_hours += not at_work(party, now)
        elif verdict.until is not None:
            self._later(verdict.until, "note", note)

    def _happens(self, what: str, talk: Underway, now: datetime) -> None:
        person = self.people[talk.user_id]
        day = now.date()
        gone = not self._joins[talk.user_id] <= day < self._leaves[talk.user_id]
        if gone or not self._agrees(talk.customer_id, now):
            self._end(talk)
        elif what == Step.INVITE:
            self._invite(talk, person, now)
        elif what == "along":
            self._take_along(talk, now)
        elif what == "answer":
            self._answer(talk, person, now)
        elif what == "talk":
            self._talk(talk, person, now)
        elif what == Step.CLOSE or (talk.written and talk.written <= now):
            self._end(talk)
        else:
            self._remind(Step(what), talk, person, now)

    def _invite(self, talk: Underway, person: Employee, now: datetime) -> None:
        if not self._takes_part(talk.user_id, now.date()):
            self._end(talk)
        elif self._goes(ROTA_INVITATION, talk, person, now):
            self.year.invitations += 1
            self._later(now + timedelta(hours=self._chance.uniform(0.1, 30)), "answer", talk)
        elif talk.tries + 1 < MOST_TRIES:
            talk.tries += 1
            self._later(again_at(person.party, now), Step.INVITE, talk)
        else:
            self._end(talk)

    def _take_along(self, talk: Underway, now: datetime) -> None:
        if talk.partner and now < talk.at and self._takes_part(talk.partner, now.date()):
            asked = replace(talk, user_id=talk.partner)
            if self._goes(ROTA_INVITATION, asked, self.people[talk.partner], now):
                return
        self._busy -= {talk.partner}
        talk.partner = None

    def _goes(self, kind: str, talk: Underway, person: Employee, now: datetime) -> bool:
        """Whether the budget lets it go now."""
        if self._budget.decide(talk.user_id, person.party, kind, now).fate is not Fate.GO:
            return False
        self.year.outside_hours += not is_working(person.party, now)
        self.year.after_opting_out += kind == ROTA_INVITATION and not self._takes_part(
            talk.user_id, now.date()
        )
        self.year.after_opting_out += now.date() >= self._leaves[talk.user_id]
        self.year.after_taking_back += not self._agrees(talk.customer_id, now)
        return True

    def _answer(self, talk: Underway, person: Employee, now: datetime) -> None:
        said, day = self._chance.random(), now.date()
        if said < _YES and talk.at > now:
            talk.accepted = True
            step, at = after_yes(person.party, talk.at, now)
            self._later(at, step, talk)
            self._later(talk.at, "talk", talk)
            if talk.partner:
                self._later(invited_at(self.people[talk.partner].party, now, chance=0.1), "along", talk)
            return
        rests = NOT_ME_REST
        if _YES + _NOT_ME <= said < _YES + _NOT_ME + _LATER:
            rests = timedelta(weeks=self._chance.choice(LATER_WEEKS))
        elif said >= _YES + _NOT_ME + _LATER:
            rests = ANSWER_WITHIN + timedelta(weeks=person.every_weeks)
        if said > 1 - _PAUSES:
            self._back[talk.user_id] = day + timedelta(weeks=self._chance.randrange(4, 30))
        self.people[talk.user_id] = replace(person, not_before=day + rests)
        self._end(talk)

    def _talk(self, talk: Underway, person: Employee, now: datetime) -> None:
        """It is had, or the customer does not turn up: they are left alone in either case."""
        customer, day = self.contacts[talk.customer_id], now.date()
        self.year.outside_hours += not is_working(customer.party, now) or not is_working(person.party, now)
        self.contacts[talk.customer_id] = replace(customer, last_on=day)
        if self._chance.random() < _MISSED:
            self.year.missed += 1
            self._end(talk)
            return
        self._had(talk.user_id, day)
        if talk.partner and self._takes_part(talk.partner, day):
            self._had(talk.partner, day)
        self.year.heard[talk.customer_id] += 1
        self.year.by_seniority[person.seniority] += 1
        self._voices[customer.segment, person.seniority] += 1
        self.year.hears(customer.segment, BEGINS, day)
        talk.written = now + timedelta(days=self._chance.choice((0, 0, 0, 1, 2, 5, 60)))
        self._expect(self._wishes.thanks(talk, first=self.year.talks[talk.user_id] == 1))

    def _had(self, user_id: str, day: date) -> None:
        person = self.people[user_id]
        self.people[user_id] = replace(person, last_on=day, talks=person.talks + 1)
        self.year.talks[user_id] += 1

    def _remind(self, step: Step, talk: Underway, person: Employee, now: datetime) -> None:
        if is_working(person.party, now):
            self._goes(ROTA_REMINDER, talk, person, now)
        following, at = after(step, person.party, talk.at)
        self._later(max(at, now), following, talk)

    def _end(self, talk: Underway) -> None:
        self._open.pop(talk.customer_id, None)
        self._busy -= {talk.user_id, talk.partner}
