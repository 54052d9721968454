"""Made-up answers for simulations: mixes of promoters, passives and detractors, and samples of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from stories.nps.counts import Counts


@dataclass(frozen=True, slots=True)
class Mix:
    """Chances of an answer being of each band; together 1."""

    promoters: float
    passives: float
    detractors: float

    @property
    def score(self) -> float:
        """The true score, in points."""
        return 100 * (self.promoters - self.detractors)

    def moved(self, points: float) -> Mix:
        """Half of the move comes from promoters, half from detractors."""
        half = points / 200
        return Mix(self.promoters + half, self.passives, self.detractors - half)


USUAL = Mix(0.40, 0.35, 0.25)
MIXES = (
    USUAL,
    Mix(0.65, 0.25, 0.10),
    Mix(0.45, 0.10, 0.45),
    Mix(0.85, 0.12, 0.03),
    Mix(0.20, 0.30, 0.50),
    Mix(0.50, 0.35, 0.15),
)
"""Six mixes: usual, good, torn, excellent, bad, fair."""


def sample(mix: Mix, n: int, chance: random.Random) -> Counts:
    """`n` answers drawn from a mix."""
    drawn = chance.choices((0, 1, 2), (mix.promoters, mix.passives, mix.detractors), k=n)
    promoters, passives = drawn.count(0), drawn.count(1)
    return Counts(promoters=promoters, passives=passives, detractors=n - promoters - passives)


def weeks(mixes: Sequence[Mix], n: int, chance: random.Random) -> list[Counts]:
    """A week of `n` answers from each mix."""
    return [sample(mix, n, chance) for mix in mixes]
