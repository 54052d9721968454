"""The avatar answers with real quotes, or says that nobody has told us."""

from __future__ import annotations

import pytest

pytest.importorskip("wordllama", reason="the extra `meaning` is not installed")

from benchmarks import avatar_answers as benchmark
from stories.avatars.answering import MOST, Quotes
from stories.drift import meaning

SAID = (
    "I find out on Friday afternoon whether I see my children on Sunday.",
    "The invoice calls the same screws by another name.",
    "My headset presses behind the left ear by lunch.",
    "We boiled our water for eleven weeks.",
    "The rota has the same six people on the school run every week.",
)


def test_what_was_said_about_it_comes_first() -> None:
    found = Quotes(SAID, meaning.encoder()).answer("Does the headset hurt anybody’s ears?")
    assert found
    assert found[0].index == 2
    assert len(found) <= MOST


@pytest.mark.parametrize("question", ["What do they think of our logo?", "???", "", "is it so"])
def test_nobody_has_told_us_about_that(question: str) -> None:
    assert Quotes(SAID, meaning.encoder()).answer(question) == ()


def test_nobody_was_quoted_yet() -> None:
    assert Quotes((), meaning.encoder()).answer("Do people mind late shifts?") == ()


@pytest.mark.skipif(
    not benchmark.DATA.is_dir(), reason=f"NO REAL TALKS at {benchmark.DATA}: set FIRSTHAND_DATA"
)
def test_real_quotes_are_found_at_least_as_often_as_by_full_text_and_the_rest_is_refused() -> None:
    material = benchmark.asked(benchmark.DATA)
    ours = benchmark.figures(benchmark.ours(material.quotes), material.questions)
    plain = benchmark.figures(benchmark.full_text(material.quotes), material.questions)
    assert ours["right_among_four"] >= plain["right_among_four"]
    assert ours["refused"] >= 0.9
