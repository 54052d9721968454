"""Which segment is meant where a name belongs to several, and which groups make up each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from stories.nps.grammar.items import Everybody, Group, Item, Named, Sign
from stories.nps.grammar.question import Ambiguous, Cell, Misread
from stories.nps.grammar.tokens import quoted
from stories.nps.grammar.vocabulary import Segment
from stories.values import dataclass


@dataclass(slots=True)
class Sides:
    """What the groups came to; `left_over` are properties that named no group."""

    cells: tuple[Cell, ...] = ((),)
    left_over: list[Named] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)
    ambiguous: list[Ambiguous] = field(default_factory=list)


def sides(items: Sequence[Item]) -> Sides:
    """The one or two groups that are asked about."""
    found = Sides()
    telling = [item for item in items if item.meaning != Sign("")]
    named = _with_neighbours(telling, found)
    halves = [_by_other_side(half, named) for half in _halves(named)]
    said = [[item for item in half if isinstance(item.meaning, Group | Everybody)] for half in halves]
    parts = [_cells(half, found) for half in said]
    for extra in said[2:]:
        found.misread += [Misread(words=item.words) for item in extra]
    if len(parts) >= 2 and said[0] and said[1]:
        found.cells = _paired(parts[0][0], parts[1][0])
        for part, half in zip(parts[:2], said, strict=False):
            found.misread += [Misread(words=half[0].words)] if len(part) > 1 else []
        return found
    cells = next((part for part, half in zip(parts, said, strict=True) if half), [()])
    found.cells = tuple(cells)
    return found


def explicit(segment: Segment) -> str:
    """Words that mean this segment and nothing else."""
    return f"{quoted(segment[0])}:{quoted(segment[1])}"


def _with_neighbours(items: Sequence[Item], found: Sides) -> list[Item]:
    """Properties beside a group say which one is meant: "basic plan", "plan basic"."""
    kept = list(items)
    for at, item in enumerate(items):
        if not isinstance(item.meaning, Named):
            continue
        for beside in (at + 1, at - 1):
            group = kept[beside].meaning if 0 <= beside < len(kept) else None
            fitting = _of(group, item.meaning.properties) if isinstance(group, Group) else ()
            if fitting:
                kept[beside] = replace(kept[beside], meaning=Group(fitting))
                break
        else:
            found.left_over.append(item.meaning)
    return kept


def _of(group: Group, properties: Sequence[str]) -> tuple[Segment, ...]:
    return tuple(choice for choice in group.choices if choice[0] in properties)


def _halves(items: Sequence[Item]) -> list[list[Item]]:
    halves: list[list[Item]] = [[]]
    for item in items:
        if item.meaning == Sign("vs"):
            halves.append([])
        else:
            halves[-1].append(item)
    return halves


def _by_other_side(half: list[Item], items: Sequence[Item]) -> list[Item]:
    """A name of several properties is of the one that the other side is surely of: "basic vs pro"."""
    sure = {
        item.meaning.choices[0][0]
        for item in items
        if isinstance(item.meaning, Group) and len(item.meaning.choices) == 1 and item not in half
    }
    settled = []
    for item in half:
        fitting = _of(item.meaning, tuple(sure)) if isinstance(item.meaning, Group) else ()
        settled.append(replace(item, meaning=Group(fitting)) if len(fitting) == 1 else item)
    return settled


def _cells(items: Sequence[Item], found: Sides) -> list[Cell]:
    """The group that all items describe; two of them where one property has two values."""
    cell: dict[str, str] = {}
    second: dict[str, str] | None = None
    for item in items:
        if not isinstance(item.meaning, Group):
            continue
        if len(item.meaning.choices) > 1:
            choices = tuple(explicit(choice) for choice in item.meaning.choices)
            found.ambiguous.append(Ambiguous(words=item.words, choices=choices))
            continue
        name, value = item.meaning.choices[0]
        if cell.setdefault(name, value) == value:
            continue
        if second is None:
            second = {name: value}
        elif second.get(name) != value:
            found.misread.append(Misread(words=item.words))
    one = tuple(sorted(cell.items()))
    return [one] if second is None else [one, tuple(sorted({**cell, **second}.items()))]


def _paired(one: Cell, other: Cell) -> tuple[Cell, ...]:
    """Sides that differ in a property share the rest: "emea pro vs basic" is about EMEA on both sides."""
    first, second = dict(one), dict(other)
    if one == other:
        return (one,)
    if first.keys() & second.keys():
        first, second = {**second, **first}, {**first, **second}
    return tuple(sorted(first.items())), tuple(sorted(second.items()))
