from __future__ import annotations

import re

import pytest

from stories.patterns import late


@pytest.mark.parametrize("text", ["", "Ana said no", "ANA", "nobody"])
def test_a_late_pattern_finds_what_the_pattern_itself_finds(text: str) -> None:
    given = (r"(?P<who>ana|ben) ?(said)?", re.IGNORECASE)
    late_one, own = late(*given), re.compile(*given)
    for _again in range(2):
        assert [found.groupdict() for found in late_one.finditer(text)] == [
            found.groupdict() for found in own.finditer(text)
        ]
        assert late_one.sub("x", text) == own.sub("x", text)
        assert bool(late_one.match(text)) == bool(own.match(text))
        assert (late_one.pattern, late_one.flags) == (own.pattern, own.flags)


def test_a_mistake_is_raised_when_the_pattern_is_asked() -> None:
    wrong = late("(")
    for _again in range(2):
        with pytest.raises(re.error):
            wrong.search("a")
