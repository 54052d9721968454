from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.tree import manifest, module, write
from tools.check_manifest import check
from tools.slack_table import EVENTS, METHODS
from tools.slack_use import CLIENT_CALLS, scan

LISTENER = """
    from slack_bolt.async_app import AsyncApp
    from bot import ids
    from bot.ids import Shortcut
    from bot.settings import Settings

    async def opened(client, event):
        await client.views_publish(user_id=event["user"], view={})

    async def asked(ack, client, command):
        await ack()
        await client.chat_postMessage(channel=command["channel_id"], text="…")

    def register(bolt: AsyncApp, settings: Settings) -> None:
        bolt.event("app_home_opened")(opened)
        bolt.event({"type": "message", "channel_type": "im"})(opened)
        bolt.command(settings.stories_command)(asked)
        bolt.shortcut(ids.INTERVIEW_NEW)(asked)
        bolt.shortcut({"type": "message_action", "callback_id": Shortcut.STORY})(asked)
"""
CODE = {
    "bot/ids.py": """
        from enum import StrEnum
        INTERVIEW_NEW = "interview_new"
        class Shortcut(StrEnum):
            STORY = "story_from_message"
    """,
    "bot/settings.py": """
        from pydantic import Field
        from pydantic_settings import BaseSettings
        class Settings(BaseSettings):
            stories_command: str = Field("/stories", description="…")
    """,
    "bot/listeners/home.py": LISTENER,
}
ASKED = {
    "scopes": ["chat:write", "commands", "im:history"],
    "commands": ["/stories"],
    "events": ["app_home_opened", "message.im"],
    "shortcuts": ["interview_new", "story_from_message"],
}


def texts(root: Path) -> list[str]:
    return sorted(str(problem) for problem in check(root))


def test_a_manifest_that_fits_the_code_passes(tmp_path: Path) -> None:
    write(tmp_path, {**CODE, "manifest.json": manifest(**ASKED)})
    assert texts(tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("scope", "chat:write"),
        ("scope", "im:history"),
        ("command", "/stories"),
        ("shortcut", "interview_new"),
        ("shortcut", "story_from_message"),
        ("event", "app_home_opened"),
        ("event", "message.im"),
    ],
)
def test_what_the_code_uses_and_the_manifest_lacks_is_named_with_its_place(
    tmp_path: Path, kind: str, name: str
) -> None:
    less = {key: [entry for entry in entries if entry != name] for key, entries in ASKED.items()}
    write(tmp_path, {**CODE, "manifest.json": manifest(**less)})
    [problem] = texts(tmp_path)
    assert problem.startswith(f"manifest.json: add the {kind} {name}: used at bot/listeners/home.py:")


@pytest.mark.parametrize(
    ("part", "kind", "name"),
    [
        ("scopes", "scope", "files:read"),
        ("commands", "command", "/nps"),
        ("shortcuts", "shortcut", "old"),
        ("events", "event", "team_join"),
    ],
)
def test_what_the_manifest_asks_for_in_vain_is_named(tmp_path: Path, part: str, kind: str, name: str) -> None:
    write(tmp_path, {**CODE, "manifest.json": manifest(**{**ASKED, part: [*ASKED[part], name]})})
    assert texts(tmp_path) == [f"manifest.json: remove the {kind} {name}: no code uses it"]


@pytest.mark.parametrize(
    "source",
    [
        "call = client.chat_update",
        "await client.api_call('chat.update', json=payload)",
        "row = Row(method='chat.update')",
        "async def answer(say): ...",
    ],
)
def test_a_method_counts_however_it_is_reached(source: str) -> None:
    assert set(scan([module(source)]).scopes()) == {"chat:write"}


def test_a_call_slack_knows_and_the_table_does_not_is_named() -> None:
    use = scan([module("client.bookmarks_add(channel_id='C1')")])
    assert [problem.text for problem in use.problems] == [
        "add bookmarks.add with its scopes to tools/slack_table.py"
    ]


def test_a_command_whose_name_cannot_be_read_is_a_problem() -> None:
    use = scan([module("for name in names:\n    app.command(name)(answer)")])
    [problem] = use.problems
    assert problem.line == 2
    assert "command(…) with a name that cannot be read" in problem.text


def test_commands_of_other_libraries_are_left_alone() -> None:
    use = scan([module("@main.command('import')\ndef load(): ...\nloop.event('tick')")])
    assert (use.commands, use.events, use.problems) == ({}, {}, [])


def test_a_method_in_a_docstring_is_not_a_use() -> None:
    assert scan([module('"""Posts with chat.postMessage, once."""')]).methods == {}


def test_the_table_speaks_of_methods_and_scopes_that_slack_has() -> None:
    known = {name.lower() for name in CLIENT_CALLS.values()}
    assert {name for name in METHODS if name.lower() not in known} == set()
    scopes = set().union(*METHODS.values(), *EVENTS.values())
    assert all(":" in scope for scope in scopes)
