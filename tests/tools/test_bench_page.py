"""The page that `make bench` writes: each figure beside its target, and what was not measured."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import benchmarks
from benchmarks.report import lines, totals, write, written
from benchmarks.runs import Figure, Result, Run, results_in, runs

RUN = Run(
    name="speed",
    about="Speed <b>of it</b>",
    figures=(
        Figure(at="a.0", says="quick enough", unit="ms", at_most=20),
        Figure(at="b", says="good enough", at_least=0.9),
        Figure(at="c", says="told only"),
        Figure(at="d", says="never told", at_most=1),
    ),
)
RESULT = Result(
    key="speed",
    arguments=("--few", "1"),
    quick=True,
    began_at="2026-11-22T09:00:00+00:00",
    seconds=3.0,
    ended_well=True,
    figures={"a": [12.5], "b": 0.8, "c": 12345.6, "word": "<script>alert(1)</script>"},
)


def test_every_benchmark_is_in_the_list_and_all_in_it_are_there() -> None:
    folder = Path(benchmarks.__path__[0])
    tells = re.compile(r"^from benchmarks\.reporting import .*\bconclude\b", re.MULTILINE)
    concluding = {file.stem for file in folder.glob("*.py") if tells.search(file.read_text("utf-8"))}
    known = runs()
    assert {run.name for run in known} == concluding
    assert len({run.key for run in known}) == len(known), "two runs would be filed under the same name"


def test_each_figure_stands_beside_its_target() -> None:
    told = [(line.measured, line.target, line.verdict, line.share) for line in lines(RUN, RESULT)]
    assert told == [
        ("12.5 ms", "at most 20 ms", "met", 0.625),
        ("0.8", "at least 0.9", "missed", 0.889),
        ("12,346", "", "", None),
        ("not measured", "at most 1", "", None),
    ]
    assert totals([RUN], {"speed": RESULT}) == {"met": 1, "missed": 1, "not measured": 1}
    assert totals([RUN], {}) == {"met": 0, "missed": 0, "not measured": 3}


def test_the_page_is_whole_by_itself_and_escapes_what_was_told(tmp_path: Path) -> None:
    page = write([RUN], {"speed": RESULT}, tmp_path).read_text("utf-8")
    assert "1 targets met, 1 missed, 1 not measured" in page
    assert "Speed &lt;b&gt;of it&lt;/b&gt;" in page
    assert "<script>" not in page
    assert "small sizes" in page
    assert "--few 1" in page
    assert 'src="data:image/png;base64,' in page
    assert 'src="http' not in page


def test_a_run_that_failed_or_never_was_says_so(tmp_path: Path) -> None:
    failed = replace(RESULT, ended_well=False, figures={})
    assert "it failed" in write([RUN], {"speed": failed}, tmp_path).read_text("utf-8")
    assert "not run" in write([RUN], {}, tmp_path).read_text("utf-8")


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "speed.json").write_text(json.dumps(RESULT.as_json()), "utf-8")
    assert results_in(tmp_path) == {"speed": RESULT}


def test_a_figure_has_one_target() -> None:
    with pytest.raises(ValueError, match="one target"):
        Figure(at="a", says="both", at_most=1, at_least=0)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0.0, "0"), (3e-15, "3.0e-15"), (0.3333, "0.333"), (150.0, "150"), (1e7, "10,000,000")],
)
def test_numbers_are_written_for_people(number: float, said: str) -> None:
    assert written(number, "") == said
