"""Matching: which edges there may be between colleagues and customers, what each costs, the cheapest whole.

Hard rules are edges that are left out; wishes are costs. `stories.rota.solving` finds the cheapest matching.
"""

from __future__ import annotations

import heapq
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from itertools import islice

from stories.rota.hours import Party, how_many_shared, shared_slots
from stories.rota.pairs import paired
from stories.rota.people import Contact, Employee, Seniority, waited
from stories.rota.solving import Edge, Solver, cheapest
from stories.rota.turns import turns
from stories.values import dataclass

CANDIDATES = 24
"""Customers that are weighed for each colleague, drawn from those whose turn is near.

The more, the better the whole, and the longer it takes: see `python -m benchmarks.rota`.
"""

TURN, MIX, PART, OWNER, FEW_HOURS, CHANCE = 600, 200, 120, 150, 60, 9
"""What each wish weighs: the customer's turn (0 to 600), the mix of seniorities heard by a segment (0 to
200), another part of the business than they are for, one's own account, few shared hours, and chance."""

UNMATCHED, A_DAY = 10_000, 10
"""What it costs to leave somebody without a customer, and more for each day they have waited."""

FEW = 10
"""Fewer shared half hours than this in two weeks are few."""

_Near = tuple[int, bool]
"""A customer by their place in the order of turns, and whether few hours are shared with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a round begins with. `heard`: when each segment was last heard; `wanted`: segments with an open
    question; `voices`: how many conversations each seniority had with each segment.
    """

    today: date
    heard: Mapping[str, date] = field(default_factory=dict)
    wanted: Collection[str] = ()
    voices: Mapping[tuple[str, Seniority], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A colleague, a customer, perhaps a newcomer who comes along, and when they could talk (UTC)."""

    user_id: str
    customer_id: int
    partner_id: str | None
    at: datetime


def match(
    employees: Iterable[Employee],
    contacts: Iterable[Contact],
    situation: Situation,
    *,
    seed: int,
    solver: Solver = cheapest,
    candidates: int = CANDIDATES,
) -> tuple[Match, ...]:
    """One round: everybody at most once, on either side; the same seed gives the same rota.

    All of them are due and rested (`people.is_due`, `people.is_rested`), which the caller sees to.
    """
    ours = paired(employees, seed)
    order = turns(contacts, heard=situation.heard, wanted=situation.wanted, today=situation.today, seed=seed)
    edges = _edges(ours, order, situation, seed, candidates)
    left_out = [UNMATCHED + A_DAY * waited(one, situation.today) for one in ours]
    found = solver(edges, left_out)
    chance = random.Random(seed)
    return tuple(_met(ours[row], order[column], situation.today, chance) for row, column in found)


def _met(employee: Employee, contact: Contact, today: date, chance: random.Random) -> Match:
    slots = shared_slots((*employee.parties, contact.party), today)
    partner = employee.partner.user_id if employee.partner else None
    return Match(
        user_id=employee.user_id,
        customer_id=contact.customer_id,
        partner_id=partner,
        # Not everybody on the first morning: somewhere in the first half of the moments there are.
        at=slots[chance.randrange(max(1, len(slots) // 2))],
    )


def _edges(
    ours: Sequence[Employee], order: Sequence[Contact], situation: Situation, seed: int, candidates: int
) -> list[Edge]:
    chance = random.Random(seed)
    groups: dict[tuple[frozenset[str], Party], list[int]] = defaultdict(list)
    for turn, contact in enumerate(order):
        groups[contact.languages, contact.party].append(turn)
    near = candidates + 2 * len(ours)
    total: dict[str, int] = defaultdict(int)
    for (segment, _seniority), voices in situation.voices.items():
        total[segment] += voices
    short: dict[tuple[frozenset[str], tuple[Party, ...]], list[_Near]] = {}
    edges: list[Edge] = []
    for row, employee in enumerate(ours):
        kind = (employee.spoken, employee.parties)
        if kind not in short:
            short[kind] = _within_reach(kind, groups, situation.today, near)
        reach = short[kind]
        drawn = reach if len(reach) <= candidates else _drawn(reach, candidates, chance)
        for turn, few in drawn:
            if employee.user_id not in order[turn].not_for:
                cost = _cost(employee, order[turn], turn / near, situation.voices, total, chance)
                edges.append((row, turn, cost + (FEW_HOURS if few else 0)))
    return edges


def _within_reach(
    kind: tuple[frozenset[str], tuple[Party, ...]],
    groups: Mapping[tuple[frozenset[str], Party], list[int]],
    today: date,
    near: int,
) -> list[_Near]:
    """Customers whom such colleagues can talk with: a language, and an hour of everybody's."""
    spoken, parties = kind
    fitting = []
    for (languages, party), of_group in groups.items():
        hours = how_many_shared((*parties, party), today) if spoken & languages else 0
        if hours:
            fitting.append([(turn, hours < FEW) for turn in of_group[:near]])
    return list(islice(heapq.merge(*fitting), near))


def _drawn(reach: Sequence[_Near], candidates: int, chance: random.Random) -> list[_Near]:
    """Some of those within reach, every part of the order alike: nobody's candidates are all the same few."""
    step = len(reach) / candidates
    return [reach[min(len(reach) - 1, int((i + chance.random()) * step))] for i in range(candidates)]


def _cost(
    employee: Employee,
    contact: Contact,
    turn: float,
    voices: Mapping[tuple[str, Seniority], int],
    total: Mapping[str, int],
    chance: random.Random,
) -> int:
    """What this pair costs but for few shared hours; `total`: how many conversations a segment had in all."""
    cost = int(TURN * min(1.0, turn)) + chance.randint(1, CHANCE)
    heard = total.get(contact.segment, 0)
    cost += int(MIX * (voices.get((contact.segment, employee.seniority), 0) / heard)) if heard else 0
    cost += PART if contact.part and contact.part != employee.part else 0
    return cost + (OWNER if contact.owner_id == employee.user_id else 0)
