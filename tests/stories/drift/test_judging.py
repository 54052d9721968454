"""Windows judged many at a time; what is said of them is in our own words."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy", reason="the extra `meaning` is not installed")
pytest.importorskip("wordllama", reason="the extra `meaning` is not installed")

from stories.drift import judging, kick_off, meaning  # noqa: E402 after the skip
from stories.drift.background import background, bank  # noqa: E402
from stories.drift.judging import Closed, Judge, topics  # noqa: E402
from stories.drift.talk import windows  # noqa: E402
from stories.drift.vectors import mean_of  # noqa: E402

OWN = next(channel for channel in bank() if channel.name == "invoice_matching")
OTHER = next(channel for channel in bank() if channel.name == "museum_audio")


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(background(tuple(c for c in bank() if c not in (OWN, OTHER)), meaning.encoder()))


def started(judge: Judge) -> bytes:
    """The kick-off of the project, folded from its first windows."""
    first = [Closed(said=tuple(w), reasons=OWN.reasons, kick_off=None) for w in windows(list(OWN.talk))[:2]]
    mean = None
    for number, judged in enumerate(judge.judge(first)):
        assert judged.score is None, "nothing is scored before the kick-off is known"
        mean = kick_off.folded(mean, number, judged.vectors.whole)
    assert mean is not None
    return mean


def test_a_kick_off_folded_window_by_window_is_their_mean(judge: Judge) -> None:
    wholes = [v.whole for v in judge._against.vectoriser.windows(windows(list(OWN.talk))[:3])]
    mean = None
    for number, whole in enumerate(wholes):
        mean = kick_off.folded(mean, number, whole)
    assert mean is not None
    for got, wanted in zip(kick_off.read(mean), mean_of(wholes), strict=True):
        assert np.allclose(got, wanted, atol=1e-5)
    with pytest.raises(ValueError, match="a kick-off of 1 numbers"):
        kick_off.folded(b"\0\0\0\0", 1, wholes[0])


def test_many_at_a_time_score_as_one_by_one_and_the_projects_own_talk_highest(judge: Judge) -> None:
    mean = started(judge)
    closed = [
        Closed(said=tuple(window), reasons=OWN.reasons, kick_off=mean)
        for channel in (OWN, OTHER)
        for window in windows(list(channel.talk))[2:4]
    ]
    together = [judged.score for judged in judge.judge(closed)]
    alone = [judge.judge([one])[0].score for one in closed]
    assert together == pytest.approx(alone, abs=1e-4)
    own, other = together[: len(together) // 2], together[len(together) // 2 :]
    assert min(s for s in own if s is not None) > max(s for s in other if s is not None)


def test_the_talk_is_named_in_words_of_ours(judge: Judge) -> None:
    about_cars = ("the bus broke down near the depot", "our train was an hour late this morning") * 4
    closed = Closed(said=about_cars, reasons=OWN.reasons, kick_off=None)
    judged = judge.judge([closed])[0]
    named = judge.sounds_like(judged)
    assert named[0] == "cars, buses and trains"
    assert set(named) <= set(topics())
    assert judge.least_covered(closed, judged) in range(len(OWN.reasons))


def test_scorers_kept_ready_are_few(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST_SCORERS", 2)
    mean = started(judge)
    said = tuple(windows(list(OWN.talk))[0])
    for number in range(5):
        judge.judge([Closed(said=said, reasons=(f"Reason {number} is late invoices.",), kick_off=mean)])
    assert len(judge._scorers) == 2
