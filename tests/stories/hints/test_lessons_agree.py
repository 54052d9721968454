"""What our lessons give to be rewritten gets a hint, and none of what they give as good, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

import stories.lessons
from stories.hints.ruling import Rules, rules_for
from stories.language import speaking
from stories.lessons.reading import read_lesson
from stories.lessons.values import Kind

TEXTS = Path(stories.lessons.__file__).parent / "texts"


def _noticed(rules: Rules, about: str, words: str, happened: str) -> object:
    match about:
        case "question":
            return rules.kinds_of(words)
        case "quote":
            return rules.is_retold(words, ())
        case _:
            return rules.so_what(words, happened, ())


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*/*.md")), ids=lambda at: f"{at.parent.name}-{at.stem}")
def test_hints_agree_with_the_lessons(path: Path) -> None:
    lesson = read_lesson(path.read_text("utf-8"), path.name)
    with speaking(lesson.language):
        rules = rules_for("")
    assert rules is not None
    for screen in lesson.screens:
        if screen.kind is Kind.REWRITE:
            asked = screen.quotation
            assert _noticed(rules, screen.about, asked, asked), asked
            for choice in screen.choices:
                words = choice.text.strip("„“”")
                assert not _noticed(rules, screen.about, words, asked), words
