"""Pairs of colleagues, an old hand with a newcomer, where both would like that."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from stories.rota.people import OLD_HAND_TALKS, Employee


def paired(employees: Iterable[Employee], seed: int) -> tuple[Employee, ...]:
    """Everybody who is due, in an order of chance; newcomers with an old hand come as that one's `partner`.

    The two have a language in common, are in one time zone and, where they can, of different parts of the
    business. Who finds nobody goes alone.
    """
    ours = sorted(employees, key=lambda one: one.user_id)
    random.Random(seed).shuffle(ours)
    old_hands = [one for one in ours if one.pairs and one.talks >= OLD_HAND_TALKS]
    taken: dict[str, Employee] = {}
    brought: set[str] = set()
    for newcomer in ours:
        if newcomer.pairs and newcomer.talks == 0:
            host = _host([one for one in old_hands if one.user_id not in taken], newcomer)
            if host is not None:
                taken[host.user_id] = newcomer
                brought.add(newcomer.user_id)
    return tuple(
        replace(one, partner=taken[one.user_id]) if one.user_id in taken else one
        for one in ours
        if one.user_id not in brought
    )


def _host(free: Sequence[Employee], newcomer: Employee) -> Employee | None:
    fitting = [
        one
        for one in free
        if one.languages & newcomer.languages and one.party.time_zone == newcomer.party.time_zone
    ]
    other = [one for one in fitting if one.part != newcomer.part]
    return next(iter(other or fitting), None)
