"""The benchmark that holds the product to golden values can itself say no."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import nps_golden

GOLDEN: dict[str, Any] = {
    "meta": {"conf": 0.95},
    "one_sample": [
        {
            "d": 25, "p": 35, "m": 40, "n": 100, "nps": 0.15, "var": 0.6275, "se": 0.0792148975887743,
            "wald95": [-0.00525834631302638, 0.305258346313026], "p_vs_0": 0.058280353940898,
            "adj_wald95": [-0.00697394713412317, 0.298236083056453],
        },
        {"d": 0, "p": 0, "m": 0, "n": 0, "nps": None, "var": None, "adj_wald95": None, "score95": None},
        {"d": 0, "p": 3, "m": 0, "p_vs_0": None, "score95": [-0.5614970317550456, 0.5614970317550456]},
        {"d": 0, "p": 0, "m": 10**17, "nps": 1.0, "var": 0.0, "wald95": [1.0, 1.0], "adj_wald95": [1.0, 1.0]},
    ],
    "two_sample": [
        {
            "a": [0, 0, 5], "b": [5, 0, 0], "move": -2.0,
            "wald": {"abs_delta": 2.0, "se": 0.0, "ci_abs_delta": [2.0, 2.0], "z": None, "p": None},
            "adj_split": {"z": -5.124707431905384, "p": 2.9800011105636033e-07},
            "adj_full": {"delta": -1.25, "ci95": [-1.8865169754178466, -0.6134830245821534]},
            "pooled": {"z": -2.9999999999999996, "p": 0.0026997960632601918},
        },
        {"a": [0, 0, 0], "b": [5, 0, 0], "move": None, "adj_full": None, "wald": {"z": None}},
    ],
    "raw": [{"name": "crafted", "scores": [10, 9, 8, 6, 0, 10], "counts": [2, 1, 3], "nps": 1 / 6}],
    "edge": [
        {"case": "none", "scores": [], "expect": "nps null, interval null, never 0"},
        {"case": "out of range", "scores": [11, -1, None, 9, 3], "counts": [1, 0, 1], "nps": 0.0},
        {"case": "one", "counts": [0, 0, 1], "expect": "adj_wald95 must be wide: [-0.485, 0.985]"},
    ],
    "planning": [{"dist": [0.25, 0.35, 0.4], "move": 0.1, "power": 0.8, "alpha": 0.05, "n_per_period": 986}],
}  # fmt: skip


def run(
    document: object, folder: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, dict[str, Any]]:
    file = folder / "golden.json"
    file.write_text(json.dumps(document), "utf-8")
    code = nps_golden.main([str(file)])
    printed = capsys.readouterr().out
    return code, printed, json.loads(printed.splitlines()[-1])


def test_published_values_come_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, figures = run(GOLDEN, tmp_path, capsys)
    assert code == 0, printed
    assert (figures["cases"], figures["failed"]) == (11, 0)
    assert figures["max_abs_error"] < 1e-12


@pytest.mark.parametrize(
    ("kind", "at", "wrong"),
    [
        ("one_sample", 0, {"nps": 0.150000002}),
        ("one_sample", 0, {"adj_wald95": None}),
        ("one_sample", 1, {"nps": 0}),
        ("one_sample", 0, {"kendall95": [0, 1]}),
        ("two_sample", 0, {"bayes": {"p": 0.1}}),
        ("two_sample", 0, {"adj_full": {"delta": -2.0}}),
        ("raw", 0, {"counts": [2, 2, 2]}),
        ("raw", 0, {"by_region": {"EMEA": [1, 1, 1], "APAC": [1, 0, 1]}}),
        ("edge", 0, {"expect": "as the crow flies"}),
        ("edge", 2, {"expect": "adj_wald95 must be wide: [-0.486, 0.985]"}),
        ("planning", 0, {"n_per_period": 987}),
        ("planning", 0, {"n_per_year": 4000}),
    ],
)
def test_a_wrong_value_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, at: int, wrong: dict[str, Any]
) -> None:
    document = copy.deepcopy(GOLDEN)
    document[kind][at].update(wrong)
    code, printed, figures = run(document, tmp_path, capsys)
    assert (code, figures["failed"]) == (1, 1)
    assert f"FAILED {kind}" in printed


def test_cases_of_an_unknown_kind_fail_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, figures = run({**GOLDEN, "tea_leaves": [{"d": 1}, 7]}, tmp_path, capsys)
    assert (code, figures["cases"], figures["failed"]) == (1, 13, 2)
    assert "'tea_leaves'" in printed
