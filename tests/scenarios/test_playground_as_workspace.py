"""docs/playground-as-workspace.md: what the page says to type is typed, in its order."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot import ids
from bot.__main__ import main
from bot.clock import SystemClock
from bot.running import running
from bot.settings import Settings, load_settings
from playground.__main__ import setup_from
from playground.client import Playground
from playground.setup import UNHURRIED
from storage.versions import current, newest
from tests.scenarios.conftest import PATIENCE, free_port
from tests.test_house import ROOT

PAGE = (ROOT / "docs" / "playground-as-workspace.md").read_text("utf-8")
TYPED = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
TARGETS = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
URL = "sqlite:///var/firsthand.sqlite3"


def firsthand(line: str) -> list[str]:
    """The arguments of a line that calls Firsthand, by itself or by way of make."""
    words = [word for word in shlex.split(line) if not word.startswith("FIRSTHAND_")]
    if words[0] == "make":
        given = dict(word.split("=", 1) for word in words[2:])
        return {"run": ["run", "--migrate"]}.get(words[1], [words[1]]) + shlex.split(given.get("ARGS", ""))
    return words[1:]


CALLS = [line for line in TYPED if re.match(r"(FIRSTHAND_\w+=\S+ )?(firsthand|make) ", line)]
TWO_PROCESSES = [firsthand(line)[1:] for line in CALLS if "firsthand run --" in line]


@pytest.mark.parametrize("line", CALLS)
def test_each_command_of_the_page_is_there_with_these_options(line: str, tmp_path: Path) -> None:
    assert not line.startswith("make ") or line.split()[1] in TARGETS
    name, *arguments = firsthand(line)
    if name.startswith("--"):
        return
    (tmp_path / "before-upgrade.sqlite3").touch()
    given = [str(tmp_path / one) if one.startswith("before-") else one for one in arguments]
    given = [str(ROOT / one) if one == "manifest.json" else one for one in given]
    command = main.get_command(click.Context(main), name)
    assert command is not None
    command.make_context(name, given)


def ran(line: str, typed: Sequence[str] = ()) -> str:
    """What a line of the page prints, and that it is one of the page's."""
    assert line in TYPED
    done = CliRunner().invoke(main, firsthand(line), input="".join(f"{one}\n" for one in typed))
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


@asynccontextmanager
async def at_work(*parts: Sequence[str]) -> AsyncIterator[None]:
    """`firsthand run` with these options each, all in this process."""
    async with AsyncExitStack() as stack:
        for options in parts:
            web, worker = "--worker" not in options, "--web" not in options
            await stack.enter_async_context(running(load_settings(), SystemClock(), web=web, worker=worker))
        yield


@pytest.fixture
def clone(tmp_path: Path, migrated_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing but an empty database in it, which takes longer to make than all else here."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("FIRSTHAND_PORT", str(free_port()))
    (tmp_path / "var").mkdir()
    shutil.copy(migrated_template, tmp_path / "var" / "firsthand.sqlite3")
    return tmp_path


async def first_story(world: Playground) -> None:
    """As the page tells it: a pilot channel, a conversation, and a digest of it at once."""
    ana = world.person("ana")
    await ana.open_home()
    home = await ana.home("Choose a pilot channel", seconds=PATIENCE)
    await ana.click(home, ids.HOME_CHANNEL)
    await (await ana.modal("A pilot channel", seconds=PATIENCE)).fill({"channel": "pilot"})
    for title in ("Customer stories here", "Which stories"):
        await ana.modal(title, seconds=PATIENCE)
        assert (await ana.submit())["ok"]
    await ana.command("/interview", channel="pilot")
    for step in (
        {"name": "Nia Prothero", "how": "visit"},
        {"trying_to": "Get the papers ready by noon.", "happened": "She prints every form."},
        {"quote_0": "Paper doesn't ask me to log in."},
        {"meaning": "Logging in is the obstacle."},
        {"sharing": "without_name"},
        {},
    ):
        assert (await ana.submit(step))["ok"]
    for left in reversed(await ana.modals()):
        await left.close(whole_stack=True)
    await ana.command("/firsthand digest now", channel="pilot")
    await ana.modal("Stories for this channel", seconds=PATIENCE)
    assert (await ana.submit())["ok"]
    await world.channel("pilot").wait_for("Paper doesn't ask me to log in.", seconds=PATIENCE)


async def story_is_mine(world: Playground) -> None:
    ana = world.person("ana")
    await ana.open_home()
    await ana.home("Paper doesn't ask me to log in", seconds=PATIENCE)


async def test_the_page_leads_from_nothing_to_a_story_a_backup_and_back_to_an_older_schema(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = await asyncio.to_thread(setup_from, ROOT / "manifest.json", "", clone / "playground.sqlite3")
    async with Playground.start(replace(begun, tuning=UNHURRIED)) as world:
        monkeypatch.setenv("SLACK_API_URL", world.api_url)
        said = await asyncio.to_thread(ran, "firsthand setup", ["1", world.bot_token, world.app_token, ""])
        assert world.bot_token not in said
        monkeypatch.delenv("SLACK_API_URL")
        monkeypatch.setenv("FIRSTHAND_HEALTH_PORT", str(free_port()))
        await asyncio.to_thread(ran, "firsthand migrate")
        async with at_work(*TWO_PROCESSES):
            await world.wait_for_app()
            assert "All is well" in await asyncio.to_thread(
                ran, "FIRSTHAND_HEALTH_PORT=3001 firsthand doctor"
            )
            await first_story(world)
            await asyncio.to_thread(ran, "firsthand backup before-upgrade.sqlite3")
        await asyncio.to_thread(ran, "firsthand restore before-upgrade.sqlite3")
        assert newest() in ran("firsthand --version")
        await asyncio.to_thread(ran, "firsthand roll-back 0027", ["y"])
        assert current(URL) == "0027"
        # The two that `make run` is.
        await asyncio.to_thread(ran, "firsthand migrate")
        async with at_work(()):
            await world.wait_for_app()
            await story_is_mine(world)
