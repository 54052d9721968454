"""What all tests share: a migrated database of their own, a desk with a clock that tests set."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import sys
import warnings
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio
import uvloop
from hypothesis.internal.conjecture import providers
from playwright.async_api import Browser, async_playwright, expect
from sqlalchemy import make_url

from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.settings import Settings
from storage import workspaces
from storage.database import BUSY_TIMEOUT_MS, Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from tests.kept import keep
from tests.once import folder_of_the_run, one_at_a_time
from tools.visitor import PATIENCE_MS, launched

if find_spec("sniffio") is None:
    # httpcore asks for it at each request, and goes through every folder to find none.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # how Python is told that a module is not there

# Dozens of tests start a process of their own, which need not compile every module anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Whatever else is installed, tests run with what their lock brings: a larger encoder takes 500 MB.
os.environ.setdefault("FIRSTHAND_SEARCH_ENCODER", "wordllama")

# Collecting makes a few hundred thousand objects that all stay: looking for rubbish among them is in vain.
gc.disable()
keep()

hypothesis.settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, max_examples=25
)
hypothesis.settings.register_profile("searching", deadline=None, max_examples=700)
hypothesis.settings.load_profile("steady")

WORKSPACE = "T0TEST"
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""A Monday morning on which nothing is closed in London."""


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Move on (or back)."""
        self.moment += by


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run of the tests share."""
    return folder_of_the_run(tmp_path_factory)


@pytest.fixture(scope="session")
def migrated_template(run_folder: Path) -> Path:
    """An empty SQLite file with the current schema, to be copied: migrating takes longer than a test."""
    with one_at_a_time(run_folder, "empty.sqlite3") as file:
        if not file.exists():
            being_made = file.with_suffix(".new")
            migrate(f"sqlite:///{being_made}")
            being_made.rename(file)
    return file


@pytest.fixture(scope="session")
def template_of_one_workspace(run_folder: Path, migrated_template: Path) -> Path:
    """The same, and it knows one workspace."""
    with one_at_a_time(run_folder, "one-workspace.sqlite3") as file:
        if not file.exists():
            being_made = file.with_suffix(".new")
            shutil.copy(migrated_template, being_made)
            asyncio.run(_make_known(f"sqlite:///{being_made}"))
            being_made.rename(file)
    return file


async def _make_known(url: str) -> None:
    opened = open_database(url, Keyring([new_key()]))
    await _know_one_workspace(opened)
    await opened.close()


async def _know_one_workspace(database: Database) -> None:
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="Test", installed_by=None, now=NOW)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the test's own: one that knows a workspace, where the test asks for `database` too."""
    known = "database" in request.fixturenames
    template: Path = request.getfixturevalue("template_of_one_workspace" if known else "migrated_template")
    file = tmp_path / "firsthand.sqlite3"
    shutil.copy(template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def keyring() -> Keyring:
    """A key of the test's own."""
    return Keyring([new_key()])


@pytest.fixture
def busy_timeout_ms() -> int:
    """How long `database` waits for a lock; less where a test waits for the end of that."""
    return BUSY_TIMEOUT_MS


@pytest.fixture
async def database(database_url: str, keyring: Keyring, busy_timeout_ms: int) -> AsyncIterator[Database]:
    """An open database that knows one workspace."""
    opened = open_database(database_url, keyring, busy_timeout_ms=busy_timeout_ms)
    if not opened.embedded:
        await _know_one_workspace(opened)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> SetClock:
    """The clock of `desk`."""
    return SetClock()


@pytest.fixture
def settings(database_url: str, unconnected: Settings) -> Settings:
    """Settings of a bot that nobody has connected yet; the port is any that is free."""
    return unconnected.model_copy(update={"database_url": database_url})


@pytest.fixture(scope="session")
def unconnected() -> Settings:
    """The same, without a database: looking through the environment takes a millisecond."""
    return Settings(
        slack_bot_token="xoxb-test",
        slack_signing_secret="secret",
        slack_api_url="http://127.0.0.1:1/api/",
        firsthand_port=0,
        firsthand_tick_seconds=0.4,
        _env_file=None,
    )


@pytest.fixture
def desk(settings: Settings, database: Database, clock: SetClock) -> Desk:
    """What listeners and jobs work with."""
    return Desk(settings, database, clock, OneWorkspace(settings))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that Debian installs; without it the test is skipped, loudly."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        warnings.warn("NO CHROMIUM: what is seen in a browser is NOT tested here.", stacklevel=1)
        pytest.skip("no chromium on this machine: what is seen in a browser is not tested")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser for all tests of this process (starting it costs more than most of them do).

    Each makes a context of its own in it. It lives in the session's event loop, and so has whoever uses it:
    `pytestmark = pytest.mark.asyncio(loop_scope="session")`, and fixtures with the same `loop_scope`.
    """
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as driver, await launched(driver, chromium) as started:
        yield started


def file_of(database: Database) -> Path:
    """The file of an embedded database."""
    return Path(make_url(database.url).database or "")


def pytest_xdist_auto_num_workers() -> int:
    """Twice the cores: tests wait for browsers, servers and processes that end, and others run meanwhile."""
    return min(16, 2 * (os.cpu_count() or 1))


def pytest_configure(config: pytest.Config) -> None:
    """What a property is tried with depends on nothing but itself.

    Hypothesis takes constants out of every module that happens to be imported, and reads them all for it: a
    tenth of the time until the first test. Whoever searches (`--hypothesis-profile searching`) has them.
    """
    if config.getoption("hypothesis_profile", None) is None:
        pytest.MonkeyPatch().setattr(providers, "is_local_module_file", lambda _file: False)


def pytest_collection_finish() -> None:
    """From here on rubbish is looked for again, seldom, and not among what imports made."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 25)
    gc.enable()


def pytest_sessionfinish() -> None:
    """The process ends: what tests left behind need not be gone through once more."""
    gc.freeze()


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run in the event loop that the product runs in."""
    return {"uvloop": uvloop.new_event_loop}
