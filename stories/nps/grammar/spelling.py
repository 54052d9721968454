"""Words that look like a given one."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_LETTERS = 40


def distance(one: str, other: str, most: int) -> int:
    """How many letters to add, drop, change or swap with their neighbour; `most` + 1 when it is more.

    Optimal string alignment: Damerau's distance without editing a swapped pair again. Only the band of the
    table in which `most` slips can lead anywhere is filled.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    beyond = most + 1
    last: list[int] = []
    before = [min(j, beyond) for j in range(len(other) + 1)]
    for i, letter in enumerate(one, start=1):
        row = [beyond] * (len(other) + 1)
        row[0] = min(i, beyond)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            across = other[j - 1]
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != across), beyond)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == across:
                cost = min(cost, last[j - 2] + 1)
            row[j] = cost
        if min(row) > most:
            return beyond
        last, before = before, row
    return before[-1]


def forgiven(word: str) -> int:
    """How many slips are forgiven: none up to three letters, one up to six, two up to nine, then three."""
    return sum(len(word) >= letters for letters in (4, 7, 10))


def nearest(word: str, known: Iterable[str], most: int) -> list[tuple[int, str]]:
    """The known words within `most` slips, with how many, the nearest first."""
    if len(word) > _MOST_LETTERS:
        return []
    letters = set(word)
    found = []
    for other in known:
        # Each letter that the other word lacks costs a slip of its own.
        if abs(len(other) - len(word)) > most or len(letters - set(other)) > most:
            continue
        apart = distance(word, other, most)
        if apart <= most:
            found.append((apart, other))
    return sorted(found)
