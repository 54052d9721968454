"""Talk of a project scores higher than talk of another; what may be kept holds no word."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="the extra `meaning` is not installed")
pytest.importorskip("wordllama", reason="the extra `meaning` is not installed")

from benchmarks.drift import Benchmark, auc, figures  # noqa: E402 after the skip
from stories.drift import meaning  # noqa: E402
from stories.drift.background import Background, background, bank  # noqa: E402
from stories.drift.scoring import Scorer  # noqa: E402
from stories.drift.talk import windows  # noqa: E402
from stories.drift.vectors import anchor, least_covered  # noqa: E402
from stories.drift.words import PLACES, HashedWords, tokens  # noqa: E402

DATA = Path(os.environ.get("FIRSTHAND_DATA", Path(__file__).parents[4] / "shared" / "data")) / "drift" / "dev"


@pytest.fixture(scope="module")
def against() -> Background:
    return background(bank(), meaning.encoder())


def test_the_bank_is_whole() -> None:
    assert len(bank()) >= 16
    for channel in bank():
        assert len(channel.reasons) == 3
        assert len(windows(list(channel.talk))) >= 3, channel.name


def test_talk_of_the_project_scores_higher_than_talk_of_others() -> None:
    areas = []
    for own in bank()[::4]:
        against = background(tuple(other for other in bank() if other is not own), meaning.encoder())
        said = against.vectoriser.windows(windows(list(own.talk)))
        scorer = Scorer(against, anchor(against.vectoriser, own.reasons, said[:2]))
        on = [scorer.score(window) for window in said[2:]]
        areas.append(auc(on, [scorer.score(window) for window in against.windows]) or 0)
    assert sum(areas) / len(areas) > 0.95


def test_the_reason_that_nobody_speaks_of_is_found(against: Background) -> None:
    reasons = ("The invoice was wrong again.", "My horse would not eat the new hay.", "Trains are late.")
    talk = ["the supplier sent a wrong invoice again", "our train was an hour late this morning"] * 4
    window = against.vectoriser.windows([talk])[0]
    assert least_covered([window], anchor(against.vectoriser, reasons, [])) == 1


def test_words_are_hashed_to_vectors_of_length_one() -> None:
    words = HashedWords([["tea", "late"], ["tea"]])
    vector = words.vector(["invoice", "tea"])
    assert vector.shape == (PLACES,)
    assert np.isclose(np.linalg.norm(vector), 1)
    rare, common = (
        words.vector(["invoice", "tea"]) @ words.vector(["invoice"]),
        vector @ words.vector(["tea"]),
    )
    assert rare > common
    assert not words.vector([]).any()


def test_function_words_say_nothing() -> None:
    assert tokens("It is what it is, and the invoice isn’t") == ["invoice"]


def test_meaning_of_nothing_is_nothing() -> None:
    vectors = meaning.encoder().encode(["", "a late train", ""])
    assert vectors.shape == (3, 256)
    assert not vectors[0].any()
    assert vectors[1].any()


def test_a_project_without_reasons_is_refused(against: Background) -> None:
    with pytest.raises(ValueError, match="at least one reason"):
        anchor(against.vectoriser, [], [])
    with pytest.raises(ValueError, match="at least two channels"):
        background(bank()[:1], meaning.encoder())


def test_ties_count_half() -> None:
    assert auc([1, 2], [0, 2]) == 0.625
    assert auc([], [1.0]) is None


@pytest.mark.skipif(not DATA.is_dir(), reason=f"NO DRIFT BENCHMARK at {DATA}: set FIRSTHAND_DATA")
def test_real_swerves_to_other_projects_are_seen(against: Background, tmp_path: Path) -> None:
    part = _part_of(DATA, tmp_path)
    measured = figures(Benchmark(part, against))
    assert (measured["recall_12"]["other"] or 0) >= 0.75
    assert (measured["false_alarms_per_100"]["other"] or 0) <= 2


def _part_of(data: Path, folder: Path) -> Path:
    """Ten streams of the benchmark and what they need, so that a test takes a second."""
    read = {
        name: json.loads((data / f"{name}.json").read_text()) for name in ("projects", "windows", "streams")
    }
    fitting = [s for s in read["streams"] if s["noise"] == 0.2 and s["kind"] == "other"][::11]
    wanted = {window for stream in fitting for window in stream["on"] + stream["swerve"]}
    wanted |= {window for stream in fitting for window in read["projects"][stream["project"]]["founding"]}
    kept = {
        "projects": {stream["project"]: read["projects"][stream["project"]] for stream in fitting},
        "windows": [window for window in read["windows"] if window["id"] in wanted],
        "streams": fitting,
        "pairs": [],
    }
    for name, value in kept.items():
        (folder / f"{name}.json").write_text(json.dumps(value))
    return folder
