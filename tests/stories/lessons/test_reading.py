"""A lesson's file is read whole, or refused with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

import stories.lessons
from stories.lessons.errors import LessonError
from stories.lessons.reading import MOST_WORDS, read_lesson, words_on
from stories.lessons.values import Kind, Moment, Screen, Shape, Span

TEXTS = Path(stories.lessons.__file__).parent / "texts"
FRONT = (
    '+++\nkey = "small"\ntitle = "Small"\nsummary = "A small one."\norder = 9\noffered = ["acting"]\n+++\n'
)
WORDS = (
    "\n## Read this\n\nSome *words* and **more**, [here](https://example.com).\n\n- one\n- two\n\n> Said.\n"
)
CHOOSE = "\n## [choose] Which?\n\n- [x] This\n  > Yes, this.\n- [ ] That\n  > No, not that.\n"
CHECK = CHOOSE.replace("choose", "check")
WHOLE = FRONT + WORDS + CHOOSE + CHECK


def test_screens_choices_and_styles_are_read_with_their_lines() -> None:
    lesson = read_lesson(WHOLE, "small.md")
    assert (lesson.key, lesson.language, lesson.order) == ("small", "en", 9)
    assert lesson.offered == {Moment.ACTING}
    first, second, third = lesson.screens
    assert (first.kind, first.heading, first.line) == (Kind.WORDS, "Read this", 9)
    assert [one.shape for one in first.passages] == [Shape.TEXT, Shape.BULLETS, Shape.QUOTE]
    assert Span(text="words", italic=True) in first.passages[0].items[0]
    assert Span(text="here", url="https://example.com") in first.passages[0].items[0]
    assert first.quotation == "Said."
    assert second.right == {0}
    assert [choice.text for choice in second.choices] == ["This", "That"]
    assert third.kind is Kind.CHECK


@pytest.mark.parametrize(
    ("before", "after", "place", "fix"),
    [
        ("+++\nkey", "key", "line 1", "front matter"),
        ('key = "small"', "key = small", "front matter", "no TOML"),
        ('key = "small"', 'key = "Not Small"', "key", "letters, digits and dashes"),
        ('title = "Small"', 'title = "' + "x" * 25 + '"', "title", "at most 24"),
        ('summary = "A small one."', 'summary = ""', "summary", "write summary"),
        ("order = 9", 'order = "9"', "order", "whole number"),
        ("order = 9", "points = 9", "points", "no such field"),
        ('["acting"]', '["sometimes"]', "offered", "first_interview"),
        ("## Read this", "# Read this", "line 9", "## …"),
        ("## Read this", "## [reed] this", "line 9", "“reed” is none of these"),
        ("[choose]", "[choose: two]", "line 18", "nothing after a colon"),
        ("## Read this", "## [example] Look", "line 9", "“” is none of these: quote"),
        ("## Read this", "## [rewrite: quote] Now you", "line 9", "2 to 5 choices"),
        ("- one\n- two", "1. one\n   - two", "line 14", "an item is one line"),
        ("> Said.", "```\ncode\n```", "line 16", "only paragraphs"),
        ("> Said.", "![a cat](cat.png)", "line 16", "in a line stand words"),
        ("https://example.com", "ftp://example.com", "line 11", "https://"),
        ("Some *words*", "x" * 901, "line 9", "1 to 900 letters"),
        ("- [x] This\n  > Yes, this.", "- [x] This", "line 18", "an explanation"),
        ("- one", "- one\n  > why", "line 13", "only what begins with"),
        ("- [x] This", "- [ ] This", "line 18", "exactly one choice"),
        ("- [ ] That\n  > No, not that.\n", "", "line 18", "2 to 5 choices"),
        ("[check]", "[spot]", "body", "[check]"),
        ("[choose]", "[check]", "body", "no exercise"),
        (CHOOSE, "", "body", "3 to 12 screens"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_the_place_and_the_fix(
    before: str, after: str, place: str, fix: str
) -> None:
    assert before in WHOLE
    with pytest.raises(LessonError) as wrong:
        read_lesson(WHOLE.replace(before, after, 1), "small.md")
    assert str(wrong.value).startswith(f"small.md, {place}")
    assert fix in str(wrong.value)


def test_a_rewrite_shows_what_to_rewrite_and_example_answers_only() -> None:
    rewrite = "\n## [rewrite: question] Now you\n\n> Isn't it slow?\n\n- [x] “How was it?”\n  > Open.\n"
    lesson = read_lesson(FRONT + WORDS + rewrite + CHECK, "small.md")
    assert lesson.screens[1].quotation == "Isn't it slow?"
    with pytest.raises(LessonError, match="every example answer"):
        read_lesson(FRONT + WORDS + rewrite.replace("[x]", "[ ]") + CHECK, "small.md")
    with pytest.raises(LessonError, match="put what is to be rewritten above"):
        read_lesson(FRONT + WORDS + rewrite.replace("> Isn't", "Isn't") + CHECK, "small.md")


@pytest.mark.parametrize(
    "path", sorted(TEXTS.glob("*/*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_lesson_of_ours_is_read_in_three_minutes_and_has_all_its_parts(path: Path) -> None:
    lesson = read_lesson(path.read_text("utf-8"), path.name)
    kinds = [screen.kind for screen in lesson.screens]
    assert (lesson.language, lesson.key) == (path.parent.name, path.stem)
    assert sum(words_on(screen) for screen in lesson.screens) <= MOST_WORDS
    assert kinds[-1] is Kind.CHECK
    assert Kind.EXAMPLE in kinds
    assert {Kind.CHOOSE, Kind.SPOT, Kind.REWRITE} & set(kinds)


def test_there_are_six_lessons_and_a_moment_for_each() -> None:
    lessons = [read_lesson(path.read_text("utf-8"), path.name) for path in TEXTS.glob("en/*.md")]
    assert {one.key for one in lessons} == {
        "listening",
        "asking-why",
        "quoting",
        "consent",
        "insight",
        "change",
    }
    assert {moment for one in lessons for moment in one.offered} == set(Moment)
    assert len({one.order for one in lessons}) == len(lessons)


@pytest.mark.parametrize("path", sorted(TEXTS.glob("de/*.md")), ids=lambda path: path.stem)
def test_a_lesson_asks_the_same_in_every_language(path: Path) -> None:
    english, other = (
        read_lesson((TEXTS / language / path.name).read_text("utf-8"), path.name) for language in ("en", "de")
    )
    assert (other.order, other.offered) == (english.order, english.offered)
    assert [_shape(screen) for screen in other.screens] == [_shape(screen) for screen in english.screens]


def test_every_lesson_of_ours_is_there_in_every_language() -> None:
    assert {one.name for one in TEXTS.glob("en/*.md")} == {one.name for one in TEXTS.glob("de/*.md")}


def _shape(screen: Screen) -> tuple[Kind, str, list[bool]]:
    return screen.kind, screen.about, [choice.right for choice in screen.choices]
