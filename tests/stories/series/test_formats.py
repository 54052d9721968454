"""Each format tells its parts in its order."""

from __future__ import annotations

from datetime import date

from stories.series.episodes import Format, Part, Shape
from tests.stories.series.made_up import FIRST, woven

JANUARY = date(2026, 1, 19)


def test_each_format_has_its_parts_in_its_order() -> None:
    cold = woven(FIRST, today=JANUARY, shape=Shape(format=Format.COLD_OPEN, quotes=2))
    assert cold.passages[0].part is Part.SCENE
    assert cold.passages[0].sentences[0].spoken
    short = woven(FIRST, today=JANUARY, shape=Shape(format=Format.SHORT, quotes=1))
    assert [passage.part for passage in short.passages] == [Part.SCENE, Part.OPEN, Part.NEXT]
    assert sum(one.spoken for one in short.passage(Part.SCENE)) == 1
