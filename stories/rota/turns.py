"""Whose turn it is among customers: long-unheard segments first, and no segment takes it all."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from stories.rota.people import Contact

MOST_WEEKS = 52
"""A segment that was not heard for longer, or never, counts as unheard for so many weeks."""

WANTED_WEEKS = 8
"""By so many weeks a segment comes sooner for which a question is open."""


def turns(
    contacts: Iterable[Contact],
    *,
    heard: Mapping[str, date],
    wanted: Collection[str],
    today: date,
    seed: int,
) -> tuple[Contact, ...]:
    """These customers in the order of their turn; the same seed gives the same order.

    `heard` says when each segment was last heard. Within a segment whoever was heard longest ago comes
    first. Between segments seats go as D'Hondt's method gives them, with the weeks unheard for votes: every
    segment has its first turn before another has many (see https://en.wikipedia.org/wiki/D%27Hondt_method).
    """
    waiting = _by_segment(contacts, random.Random(seed))
    seats: list[tuple[float, str, int]] = []
    for segment, of_segment in waiting.items():
        votes = _votes(segment, heard, wanted, today)
        seats += [(-votes / seat, segment, seat) for seat in range(1, len(of_segment) + 1)]
    seats.sort()
    return tuple(waiting[segment][seat - 1] for _quotient, segment, seat in seats)


def _by_segment(contacts: Iterable[Contact], chance: random.Random) -> dict[str, list[Contact]]:
    # Of those never heard, or heard on the same day, chance decides: a file's order is nobody's right.
    drawn = [
        (one.last_on or date.min, chance.random(), one.customer_id, one)
        for one in sorted(contacts, key=lambda one: one.customer_id)
    ]
    drawn.sort()
    found: dict[str, list[Contact]] = defaultdict(list)
    for *_order, contact in drawn:
        found[contact.segment].append(contact)
    return found


def _votes(segment: str, heard: Mapping[str, date], wanted: Collection[str], today: date) -> float:
    last = heard.get(segment)
    weeks = MOST_WEEKS if last is None else min(MOST_WEEKS, max(0, (today - last).days // 7))
    return 1 + weeks + (WANTED_WEEKS if segment in wanted else 0)
