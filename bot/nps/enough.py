"""Whether so many answered that each can hide among them, before comments are told apart by a segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_counts, nps_deeper, nps_settings
from storage.nps_segments import fold
from storage.nps_words import MOST_TOGETHER

_EVER = (date(1990, 1, 1), date(9999, 12, 30))


async def are_enough(
    session: AsyncSession, workspace_id: str, by_property: Mapping[str, Sequence[str]]
) -> bool:
    """Whether so many answered who have one of these values of each property that they are a group.

    The property "" is any that has one of its values; of several the one with the most counts alone. True
    where nothing is told apart.
    """
    if not by_property:
        return True
    fewest = (await nps_settings.get(session, workspace_id)).smallest_group
    known = await nps_counts.vocabulary(session, workspace_id)
    choices = [
        [(name, value) for value in values if name] or _anywhere(values, known)
        for name, values in by_property.items()
    ]
    # Whoever is found by two properties is one person, so that the numbers of several do not add up.
    many: Counter[frozenset[str]] = Counter()
    for pairs in product(*choices):
        cell = dict(pairs)
        if any(cell[name] != value for name, value in pairs):
            continue
        count = nps_counts.total if len(cell) <= MOST_TOGETHER else nps_deeper.counted
        many[frozenset(cell)] += (await count(session, workspace_id, cell, *_EVER)).n
    return max(many.values(), default=0) >= fewest


def _anywhere(values: Sequence[str], known: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """The properties that have one of these values."""
    wanted = {fold(value) for value in values}
    return [(name, value) for name, held in known.items() for value in held if fold(value) in wanted]
