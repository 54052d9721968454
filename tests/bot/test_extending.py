"""The package of docs/extending.md, installed as it stands there: it pulls, tells, speaks and teaches."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import added, extensions
from bot.lessons import shelf
from bot.messages import avatar, milestones, speaking_up, tracker_comment, why_forms
from bot.messages.channel_settings import what_view
from bot.messages.digest import Entry, digest_post
from bot.messages.story_parts import template_of
from bot.messages.tracker_comment import Grounds
from bot.messages.why_wishes import Wishes
from bot.operating.checks_settings import added_files
from storage.database import Database
from stories.avatars.milestones import Kind
from stories.avatars.project import Project
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.language import speaking
from tests.blockkit import assert_valid
from tests.bot.avatars.test_messages import PROJECT, REASONS, SAID
from tests.bot.digest.conftest import NINE
from tests.bot.nps.sources.conftest import Bench
from tests.bot.nps.sources.server import Answers, Asked
from tests.bot.stories.test_card import BAKER
from tests.conftest import SetClock

PAGE = Path(__file__).parents[2] / "docs" / "extending.md"
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
TEMPLATE, MANNER = (f"acme_firsthand/{name}.toml" for name in ("templates/why-first", "manners/dry"))
SAYING = next(iter(SAID.values()))


def install(where: Path, files: dict[str, str]) -> None:
    """Put the package where Python finds it, with the entry points that its pyproject.toml names."""
    for name, text in files.items():
        file = where / name
        file.parent.mkdir(parents=True, exist_ok=True)
        for folder in {file.parent, where / "acme_firsthand"} - {where}:
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
        file.write_text(text, "utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    about = where / "acme_firsthand-1.dist-info"
    about.mkdir(exist_ok=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1\n", "utf-8")
    lines = [
        line
        for group, points in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    (about / "entry_points.txt").write_text("\n".join(lines), "utf-8")


def forget() -> None:
    """Read every added file anew when it is next asked for."""
    for kept in (extensions.installed, added.manners, added.story_templates, shelf.every):
        kept.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package, installed for one test."""
    install(tmp_path, FILES)
    monkeypatch.syspath_prepend(str(tmp_path))
    forget()
    yield tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == "acme_firsthand"]:
        del sys.modules[name]
    forget()


@pytest.fixture
def project() -> Project:
    """A project whose avatar speaks in the added manner."""
    return replace(PROJECT, name="Northwind", face=replace(PROJECT.face, manner="dry"))


def in_order(built: Any, *words: str) -> bool:
    """Whether these stand in a message, each after the one before."""
    text = str(built)
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


async def test_its_survey_tool_is_pulled_from_page_by_page(
    package: Path, database: Database, clock: SetClock
) -> None:
    rows = [
        {
            "id": number,
            "score": 10,
            "at": f"2026-11-02T{number // 60:02}:{number % 60:02}:00Z",
        }
        for number in range(150)
    ]
    rows[3]["score"] = "none"

    def tellus(asked: Asked) -> Answers:
        assert (asked.path, asked.headers["authorization"]) == ("/answers", "Bearer the key")
        fitting = [row for row in rows if str(row["at"])[:19] >= asked.query.get("since", "")[:19]]
        first = (int(asked.query["page"]) - 1) * int(asked.query["size"])
        return Answers(body={"answers": fitting[first : first + int(asked.query["size"])]})

    async with Bench(database, clock).tool("tellus", tellus) as tool:
        pulled = await tool.pull()
        assert (pulled.trouble, pulled.taken.new) == ("", 149)
        assert (await tool.total()).promoters == 149
        assert (await tool.pull()).taken.new == 0


def test_its_template_is_offered_and_tells_a_story(package: Path) -> None:
    template = template_of("why-first")
    post = digest_post([Entry(telling=BAKER), Entry(telling=BAKER)], template=template)
    assert post is not None
    assert_valid(post, "message")
    assert in_order(
        post["blocks"], "Why you are reading this", "VAT number", "I do my invoices", "*What happened*"
    )
    assert "What they wanted" not in str(post)
    assert "Read it all" in str(post["blocks"]), "what it leaves out is a click away"
    with speaking("de"):
        assert "Warum du das liest" in str(digest_post([Entry(telling=BAKER)], template=template))
    channel = ChannelSettings(
        channel_id="C1", set_up_by="U1", times=NINE, digest=DigestSettings(), template="why-first"
    )
    view = what_view(channel, new=False, segments=False, themes=False, private_metadata="{}")
    assert_valid(view, "modal")
    (asked,) = [block for block in view["blocks"] if block.get("block_id") == "told_as"]
    chosen = asked["element"]["initial_option"]
    assert (chosen["value"], chosen["text"]["text"]) == ("why-first", "Why it matters first")


def test_its_manner_is_offered_and_speaks_around_the_quotes(package: Path, project: Project) -> None:
    reason = replace(REASONS[0], words="Invoices take a night.")
    line = avatar.line(project, reason, SAYING, new=False)
    assert "For the record, Northwind has a reason: \n*Invoices take a night.*" in line[0]["text"]["text"]
    plain = avatar.line(replace(project, face=PROJECT.face), reason, SAYING, new=False)
    assert line[1:] == plain[1:], "the quote, and why it came, are the same in each manner"
    assert "one more person" in str(avatar.line(project, reason, SAYING, new=True))
    assert "On record, nearest to that:" in str(avatar.answer(project, "Why?", [SAYING]))
    about: dict[str, Any] = {"line_id": 1, "in_private": False, "answer": None}
    swerve = speaking_up.asks(project, reason, SAYING, sounds_like=["pricing"], **about)
    assert "<#C1> has spoken of other things for two days. Lately it sounded like *pricing*." in str(swerve)
    marks: dict[str, Any] = {"milestone_id": 1, "weeks": (), "can_look_back": True, "marked_by": "U1"}
    milestone = milestones.comment(project, Kind.LAUNCH, {}, **marks)
    assert "*A launch* of Northwind. On record, it is for this:" in str(milestone)
    for message in (avatar.as_avatar(project, "x", line), swerve, milestone):
        assert_valid(message, "message")
    comment = tracker_comment.comment(project, [Grounds(reason=reason, sayings=(SAYING,))], label="why")
    assert "On record for **Northwind**, and near this:" in comment
    with speaking("de"):
        assert "Fürs Protokoll" in str(avatar.line(project, reason, SAYING, new=False))
    form = why_forms.project_view("C1", project, Wishes())
    assert_valid(form, "modal")
    (asked,) = [block for block in form["blocks"] if block.get("block_id") == "manner"]
    assert asked["element"]["initial_option"]["text"]["text"] == "Dry"


def test_its_lesson_stands_beside_ours(package: Path) -> None:
    assert [one.title for one in shelf.lessons() if one.key == "first-minute"] == ["The first minute"]


def test_when_it_is_gone_stories_are_told_whole_and_the_avatar_speaks_plainly(project: Project) -> None:
    forget()
    assert template_of("why-first") is template_of("")
    plain = replace(project, face=PROJECT.face)
    assert avatar.line(project, REASONS[0], SAYING, new=True) == avatar.line(
        plain, REASONS[0], SAYING, new=True
    )
    assert_valid(why_forms.project_view("C1", project, Wishes()), "modal")


BROKEN = (
    (TEMPLATE, 'field = "meaning"', 'field = "customer"', "part.0.field", "'wanted', 'happened', 'quotes'"),
    (TEMPLATE, 'field = "happened"', 'field = "quotes"', "part", "twice"),
    (TEMPLATE, "longest = 280", "longest = 2800", "part.2.longest", "less than or equal to 720"),
    (TEMPLATE, "most = 1", "many = 1", "part.1.many", "not permitted"),
    (TEMPLATE, 'key = "why-first"', 'key = "whole"', "key", "one of ours"),
    (TEMPLATE, 'en = "Why it matters first", ', "", "title", "add “en”"),
    (TEMPLATE, "Why it matters first", "<!channel>", "title.en", "write it without"),
    (TEMPLATE, "[[part]]", "[[part", "TOML", "line 4"),
    (MANNER, "has a reason: {reason}", "has a reason", "words.en.reminder", "{project}, {reason}"),
    (MANNER, "nearest to that:", "nearest to {quote}:", "words.en.answer", "no others: none"),
    (MANNER, "{project} has a", "{project.face} has a", "words.en.reminder", "{project}, {reason}"),
    (MANNER, "{project} has a", "{project!r} has a", "words.en.reminder", "a name in braces"),
    (MANNER, "{project} has a", "{project has a", "words.en.reminder", "braces stand around"),
    (MANNER, "On record, nearest", "@channel, nearest", "words.en.answer", "“@” may call people"),
    (MANNER, "[words.en]", "[words.fr]", "words", "add [words.en]"),
    (MANNER, 'milestone = "{what} von', 'mile = "{what} von', "words.de.milestone", "required"),
)


@pytest.mark.parametrize(("file", "was", "typed", "field", "fix"), BROKEN)
def test_a_broken_file_is_left_out_and_said_with_its_field_and_fix(
    tmp_path: Path, package: Path, file: str, was: str, typed: str, field: str, fix: str
) -> None:
    assert was in FILES[file]
    (package / file).write_text(FILES[file].replace(was, typed, 1), "utf-8")
    (trouble,) = added.troubles()
    assert trouble.field.startswith(field)
    assert fix in str(trouble)
    assert trouble.where.endswith(Path(file).name)
    (finding,) = added_files(added.troubles())
    assert str(trouble) in finding.said
    assert not {"why-first", "dry"} <= {*added.manners().found, *added.story_templates().found}


def test_an_entry_point_that_leads_nowhere_and_a_second_file_with_one_key_are_said(package: Path) -> None:
    there = package / "acme_firsthand" / "manners"
    (there / "other.toml").write_text(FILES[MANNER], "utf-8")
    (there / "latin.toml").write_bytes("é".encode("latin-1"))
    points = package / "acme_firsthand-1.dist-info" / "entry_points.txt"
    points.write_text(points.read_text("utf-8").replace("acme_firsthand.templates", "nowhere"), "utf-8")
    said = [str(trouble) for trouble in added.troubles()]
    assert len(said) == 3
    assert "latin.toml" in said[0]
    assert "save the file as UTF-8" in said[0]
    assert "other.toml, key: “dry” is taken" in said[1]
    assert said[2].startswith("nowhere, entry point acme: name a package")
    assert "dry" in added.manners().found, "one file's trouble is its own"
