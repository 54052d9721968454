"""How many conversations each part of the business had, told only where no colleague is singled out by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stories.values import dataclass

TAKING_PART_DAYS = 90
"""For how long back a manager sees how many conversations were written up."""

FEWEST_COLLEAGUES = 5
"""A number that fewer colleagues than these made is told to nobody: it would be about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the business ("" for all of whom none is known), and who of it wrote up how many talks."""

    name: str
    talks: int
    colleagues: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What may be told: the parts by the alphabet, and all others together (0: there are none)."""

    parts: tuple[Part, ...]
    others: int

    @property
    def talks(self) -> int:
        """All conversations that may be told of."""
        return sum(part.talks for part in self.parts) + self.others


def counted(parts: Iterable[Part], fewest: int = FEWEST_COLLEAGUES) -> Counted | None:
    """What may be told of these; None where nothing may, or nobody talked with anybody.

    A part is told where at least `fewest` of its colleagues wrote something up. What is left over is told
    together, and where these are too few the smallest of the others go with them: nobody is found by
    subtraction. A colleague is of one part. Never by size: it is no race.
    """
    told = [one for one in parts if one.talks]
    by_size = sorted(told, key=lambda one: (-one.colleagues, one.name))
    shown = [one for one in by_size if one.name and one.colleagues >= fewest]
    left = [one for one in told if one not in shown]
    while left and shown and _colleagues(left) < fewest:
        left.append(shown.pop())
    if not told or (left and _colleagues(left) < fewest):
        return None
    by_name = sorted(shown, key=lambda one: one.name.casefold())
    return Counted(parts=tuple(by_name), others=sum(one.talks for one in left))


def _colleagues(parts: Sequence[Part]) -> int:
    return sum(one.colleagues for one in parts)
