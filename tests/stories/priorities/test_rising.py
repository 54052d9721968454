"""A theme rises when a larger share of customers speaks of it, and never because of noise."""

from __future__ import annotations

import random
from datetime import date, timedelta

from stories.nps.watch import HISTORY
from stories.priorities.rising import rising

SUNDAY = date(2026, 11, 15)


def test_a_share_that_doubles_is_told_with_both_shares() -> None:
    weeks = [10] * (HISTORY - 5) + [25] * 5
    (rise,) = rising({7: weeks}, [100] * HISTORY, SUNDAY, {})
    assert (rise.theme_id, rise.after.part, rise.after.whole) == (7, 100, 400)
    assert rise.before.value < 0.13
    assert rising({7: weeks}, [100] * HISTORY, SUNDAY, {7: SUNDAY - timedelta(weeks=3)}) == []


def test_one_that_falls_and_one_of_a_handful_are_not() -> None:
    falls = [25] * (HISTORY - 5) + [5] * 5
    handful = [0] * (HISTORY - 1) + [4]
    assert rising({1: falls, 2: handful}, [100] * HISTORY, SUNDAY, {}) == []


def test_noise_is_kept_quiet() -> None:
    chance = random.Random(5)
    told = 0
    for _year in range(20):
        about = {n: [sum(chance.random() < 0.1 for _ in range(40)) for _ in range(HISTORY)] for n in range(8)}
        told += len(rising(about, [40] * HISTORY, SUNDAY, {}))
    assert told <= 4
