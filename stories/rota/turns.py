"""Whose turn it is among customers: long-unheard segments first, and no segment takes it all."""

from __future__ import annotations

import heapq
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
    votes = {segment: _votes(segment, heard, wanted, today) for segment in waiting}
    heap = [(-votes[segment], segment) for segment in waiting]
    heapq.heapify(heap)
    order: list[Contact] = []
    given = dict.fromkeys(waiting, 0)
    while heap:
        _quotient, segment = heapq.heappop(heap)
        order.append(waiting[segment][given[segment]])
        given[segment] += 1
        if given[segment] < len(waiting[segment]):
            heapq.heappush(heap, (-votes[segment] / (given[segment] + 1), segment))
    return tuple(order)


def _by_segment(contacts: Iterable[Contact], chance: random.Random) -> dict[str, list[Contact]]:
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in sorted(contacts, key=lambda one: one.customer_id):
        found[contact.segment].append(contact)
    for of_segment in found.values():
        # Of those never heard, or heard on the same day, chance decides: a file's order is nobody's right.
        chance.shuffle(of_segment)
        of_segment.sort(key=lambda one: one.last_on or date.min)
    return dict(sorted(found.items()))


def _votes(segment: str, heard: Mapping[str, date], wanted: Collection[str], today: date) -> float:
    last = heard.get(segment)
    weeks = MOST_WEEKS if last is None else min(MOST_WEEKS, max(0, (today - last).days // 7))
    return 1 + weeks + (WANTED_WEEKS if segment in wanted else 0)
