"""An airport's real answers, and golden values from R; neither is part of the project."""

from __future__ import annotations

import csv
import json
from collections import Counter

import pytest

from benchmarks.nps_golden import DATA, main
from stories.nps.counts import Counts, counted, interval, score

FOLDER = DATA / "nps"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"NO REAL ANSWERS at {FOLDER}: set FIRSTHAND_DATA to the folder that has them"
)


def test_golden_values_all_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FOLDER / "nps_golden.json")]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["cases"], figures["failed"]) == (26, 0)
    assert figures["max_abs_error"] < 1e-9


def test_an_airports_answers_come_to_its_score() -> None:
    with (FOLDER / "sfo_2017_responses.csv").open(encoding="utf-8", newline="") as file:
        answers = [int(row["NETPRO"]) for row in csv.DictReader(file)]
    by_hand = Counter(answers)
    found = counted(answers)
    assert found == Counts(
        promoters=by_hand[9] + by_hand[10],
        passives=by_hand[7] + by_hand[8],
        detractors=sum(by_hand[answer] for answer in range(7)),
    )
    assert (found.n, found.promoters, found.detractors) == (2746, 1436, 342)
    assert score(found) == pytest.approx(39.839766933721776, abs=1e-9)
    between = interval(found)
    assert between is not None
    assert (between.low, between.high) == pytest.approx((37.18236071697378, 42.4102184027061), abs=1e-9)
