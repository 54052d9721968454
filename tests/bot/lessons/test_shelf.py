"""Lessons that a company's own package brings: beside ours or in their place, or refused with the reason."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.lessons import lessons as command
from bot.lessons import shelf
from stories.lessons.errors import LessonError
from stories.lessons.values import Kind

DOCS = Path(__file__).parents[3] / "docs" / "lessons.md"
(EXAMPLE,) = re.findall(
    r"<!-- the tests read this lesson -->\n```markdown\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of a company's own, importable."""
    folder = tmp_path / f"acme_lessons_{abs(hash(tmp_path))}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def point(package: Path, name: str = "acme") -> EntryPoint:
    return EntryPoint(name=name, value=package.name, group=shelf.GROUP)


def test_the_lesson_of_the_docs_is_brought_along_by_a_package(package: Path) -> None:
    (package / "on-the-phone.md").write_text(EXAMPLE, "utf-8")
    (package / "README.md").write_text("No lesson.", "utf-8")
    (package / "de").mkdir()
    there = EXAMPLE.replace("order = 20", 'order = 20\nlanguage = "de"').replace("On the phone", "Am Telefon")
    (package / "de" / "am-telefon.md").write_text(there, "utf-8")
    found = shelf.gathered([point(package)])
    lesson = found["on-the-phone", "en"]
    assert [screen.kind for screen in lesson.screens] == [Kind.WORDS, Kind.EXAMPLE, Kind.REWRITE, Kind.CHECK]
    assert [one.key for one in shelf.in_language(found, "en")][-1] == "on-the-phone"
    assert [one.title for one in shelf.in_language(found, "de")][-1] == "Am Telefon"
    assert len(found) == len(shelf.every()) + 2


def test_a_lesson_with_the_key_of_one_of_ours_takes_its_place(package: Path) -> None:
    own = EXAMPLE.replace('key = "on-the-phone"', 'key = "listening"')
    (package / "listening.md").write_text(own, "utf-8")
    found = shelf.gathered([point(package)])
    assert found["listening", "en"].title == "On the phone"
    assert len(found) == len(shelf.every())


def test_two_with_one_key_a_module_that_is_not_there_and_a_bad_file_are_refused(package: Path) -> None:
    (package / "a.md").write_text(EXAMPLE, "utf-8")
    with pytest.raises(LessonError, match="comes from"):
        shelf.gathered([point(package), point(package, "again")])
    with pytest.raises(LessonError, match="entry point acme: name a module"):
        shelf.gathered([EntryPoint(name="acme", value="nowhere_at_all", group=shelf.GROUP)])
    (package / "b.md").write_text(EXAMPLE, "utf-8")
    with pytest.raises(LessonError, match="another lesson's key"):
        shelf.gathered([point(package)])
    (package / "b.md").write_bytes(b"\xff\xfe")
    with pytest.raises(LessonError, match="UTF-8"):
        shelf.gathered([point(package)])


def test_a_folder_is_checked_at_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "on-the-phone.md").write_text(EXAMPLE, "utf-8")
    said = CliRunner().invoke(command, ["check", str(tmp_path)])
    assert said.exit_code == 0
    assert "on-the-phone (en): On the phone, 4 screens" in said.output
    (tmp_path / "on-the-phone.md").write_text(EXAMPLE.replace("[check]", "[chek]"), "utf-8")
    said = CliRunner().invoke(command, ["check", str(tmp_path)])
    assert said.exit_code == 1
    assert "on-the-phone.md, line 24: “chek” is none of these" in said.output
    assert "12 lessons" in CliRunner().invoke(command, ["check"]).output
