"""The rota at 5,000 colleagues and 50,000 customers, and a company of 300 through a year.

`python -m benchmarks.rota`. The matching (lapx, exact) stands beside taking the cheapest edge first, on the
same edges. Memory is the process's own peak.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from benchmarks.reporting import conclude, say
from benchmarks.rota_company import SEGMENTS, contact, employee
from benchmarks.rota_year import Company
from stories.attention import FIRST_TIME, LETTER, REACHED
from stories.rota.figures import spread
from stories.rota.matching import Match, Situation, match
from stories.rota.people import Contact, Employee, Seniority
from stories.rota.solving import Edge, Solver, cheapest, greedy

PEOPLE, CUSTOMERS, SEED = 5_000, 50_000, 7
TODAY = date(2026, 11, 23)


class Watched:
    """A solver of which the edges, the answer's cost and the seconds are kept."""

    def __init__(self, solver: Solver) -> None:
        self._solver = solver
        self.edges, self.cost, self.seconds = 0, 0, 0.0

    def __call__(self, edges: Sequence[Edge], left_out: Sequence[int]) -> list[tuple[int, int]]:
        """Solve it, and keep what it cost."""
        begun = time.process_time()
        found = self._solver(edges, left_out)
        self.seconds = time.process_time() - begun
        cost = {(row, column): weight for row, column, weight in edges}
        matched = {row for row, _ in found}
        self.edges = len(edges)
        self.cost = sum(cost[pair] for pair in found)
        self.cost += sum(weight for row, weight in enumerate(left_out) if row not in matched)
        return found


def company() -> tuple[list[Employee], list[Contact], Situation]:
    """Everybody due and rested: the largest round there can be."""
    chance = random.Random(SEED)
    ours = [employee(number, chance) for number in range(PEOPLE)]
    ours = [replace(one, last_on=TODAY - timedelta(days=chance.randrange(60, 300))) for one in ours]
    theirs = [contact(number, CUSTOMERS, chance) for number in range(CUSTOMERS)]
    heard = {f"segment {n}": TODAY - timedelta(days=chance.randrange(200)) for n in range(SEGMENTS)}
    voices = {(f"segment {n}", one): chance.randrange(50) for n in range(SEGMENTS) for one in Seniority}
    return ours, theirs, Situation(today=TODAY, heard=heard, voices=voices)


def matched_with(solver: Watched) -> tuple[tuple[Match, ...], float]:
    """The round, and the seconds that the whole of it took."""
    ours, theirs, situation = company()
    begun = time.process_time()
    found = match(ours, theirs, situation, seed=SEED, solver=solver)
    return found, time.process_time() - begun


def year() -> dict[str, Any]:
    """The figures of the simulated year."""
    begun = time.process_time()
    lived = Company(300, 2_000, seed=SEED)
    told = lived.run()
    shares = told.a_head(lived.people, lived.whole_year)
    customers = spread(told.heard[number] for number in lived.contacts)
    return {
        "year_seconds": round(time.process_time() - begun, 2),
        "year_talks": sum(told.talks.values()),
        "year_percent_of_rhythm": [shares.least, round(shares.mean, 1), shares.most],
        "year_gini_people": round(shares.gini, 3),
        "year_talks_a_customer": [customers.least, round(customers.mean, 2), customers.most],
        "year_segments_heard": f"{len(told.segments)} of {SEGMENTS}",
        "year_longest_silence_days": told.longest_silence,
        "year_most_messages_a_week": max(told.messages.values()),
        "year_thanks_firsts_letters": [told.notes[one] for one in (REACHED, FIRST_TIME, LETTER)],
        "year_outside_hours": told.outside_hours,
        "year_after_opting_out": told.after_opting_out,
        "year_after_taking_back": told.after_taking_back,
        "year_two_at_once": told.at_once,
        "year_missed": told.missed,
    }


def main() -> None:
    """Match, compare with the baseline, live the year, and say the figures."""
    exact, simple = Watched(cheapest), Watched(greedy)
    found, seconds = matched_with(exact)
    again, _seconds = matched_with(Watched(cheapest))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    baseline, _whole = matched_with(simple)
    say(f"matching {PEOPLE:,} × {CUSTOMERS:,}: {seconds:.2f} s, of which the solver {exact.seconds:.2f} s")
    say(f"matched {len(found):,} (cheapest first: {len(baseline):,}), {memory:.0f} MB")
    figures = {
        "solver": "lapx",
        "people": PEOPLE,
        "customers": CUSTOMERS,
        "edges": exact.edges,
        "seconds": round(seconds, 2),
        "solver_seconds": round(exact.seconds, 2),
        "memory_mb": round(memory),
        "same_seed_same_rota": found == again,
        "matched": len(found),
        "matched_by_baseline": len(baseline),
        "cost_of_baseline_to_ours": round(simple.cost / exact.cost, 3),
    }
    conclude({**figures, **year()})


if __name__ == "__main__":
    main()
