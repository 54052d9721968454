"""The cheapest matching of a sparse bipartite graph.

lapx solves it (`lap.lapmod`: LAPMOD, Volgenant 1996, exact), the extra `rota`. Where it is not installed,
edges are taken cheapest first: that does for a small company, and leaves some unmatched in a large one.
SciPy's `min_weight_full_bipartite_matching` finds the same cost, for ten times the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec

Edge = tuple[int, int, int]
"""A row, a column, and the cost of their match: a whole number of 1 or more."""

Solver = Callable[[Sequence[Edge], Sequence[int]], list[tuple[int, int]]]
"""From edges, and what it costs to leave each row out, to (row, column) pairs in the order of the rows."""


def cheapest(edges: Sequence[Edge], left_out: Sequence[int]) -> list[tuple[int, int]]:
    """The cheapest matching: each row and column at most once; without lapx a good one."""
    return exact(edges, left_out) if find_spec("lap") else greedy(edges, left_out)


def greedy(edges: Sequence[Edge], left_out: Sequence[int]) -> list[tuple[int, int]]:  # noqa: ARG001 a Solver
    """The cheapest edge first, then the next one that still fits."""
    rows: dict[int, int] = {}
    columns: set[int] = set()
    for row, column, _cost in sorted(edges, key=lambda edge: (edge[2], edge)):
        if row not in rows and column not in columns:
            rows[row] = column
            columns.add(column)
    return sorted(rows.items())


def exact(edges: Sequence[Edge], left_out: Sequence[int]) -> list[tuple[int, int]]:
    """The cheapest of all matchings. Raises ImportError where lapx is not installed."""
    if not edges:
        return []
    # NumPy comes with it: it is wanted once a day, and not at every start.
    import lap
    import numpy as np

    names = sorted({column for _row, column, _cost in edges})
    costs = _square(edges, left_out, {column: at for at, column in enumerate(names)})
    starts = np.cumsum([0, *(len(row) for row in costs)], dtype=np.int32)
    columns = np.array([column for row in costs for column in sorted(row)], dtype=np.int32)
    values = np.array([row[column] for row in costs for column in sorted(row)], dtype=float)
    _total, taken, _by = lap.lapmod(len(costs), values, starts, columns)
    matched = enumerate(taken[: len(left_out)].tolist())
    return [(row, names[column]) for row, column in matched if column < len(names)]


def _square(edges: Sequence[Edge], left_out: Sequence[int], place: dict[int, int]) -> list[dict[int, int]]:
    """The costs by row and column of a square in which all are matched, as the solver wants it.

    Each row has a column of its own, which stands for being left out; each column likewise a row.
    """
    many, number = len(left_out), len(place)
    costs: list[dict[int, int]] = [{number + row: cost} for row, cost in enumerate(left_out)]
    costs += [{column: 0} for column in range(number)]
    for row, column, cost in edges:
        costs[row][place[column]] = cost
        costs[many + place[column]][number + row] = 0
    return costs
