"""What the bot does by itself, and what the log says of it: which look it was, and at which workspace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.log_ids import Ids, about, each
from bot.running import running
from bot.settings import Settings
from playground.client import Playground
from storage import deliveries
from storage.deliveries import Post
from tests.conftest import SetClock

SELDOM = {"feeds", "surveys"}
"""What looks once in the time that the test takes."""

LOOKS = SELDOM | {"events", "homes", "outbox", "schedule", "search"}


class Statements(logging.Handler):
    """What is said to the database, which everything that looks does, with the ids that stand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(Ids())
        self.rounds: dict[str, set[str]] = {}
        self.of_no_workspace: list[str] = []
        self.all_looked = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep which look it was of, and whether it names no workspace though it asks for one's rows."""
        known = vars(record)
        if "round" in known:
            self.rounds.setdefault(known["round"].rpartition("-")[0], set()).add(known["round"])
            if "workspace" not in known and "workspace_id = ?" in record.getMessage():
                self.of_no_workspace.append(record.getMessage())
        if self.rounds.keys() >= LOOKS:
            self.all_looked.set()


@pytest.fixture
def statements() -> Iterator[Statements]:
    """From before the bot opens its database: SQLAlchemy asks only then whether somebody listens."""
    handler, engine = Statements(), logging.getLogger("sqlalchemy.engine")
    before = engine.level
    engine.setLevel(logging.INFO)
    engine.propagate = False
    engine.addHandler(handler)
    yield handler
    engine.removeHandler(handler)
    engine.propagate = True
    engine.setLevel(before)


async def test_every_look_has_an_id_of_its_own_and_names_the_workspace_it_is_at(
    settings: Settings, statements: Statements
) -> None:
    async with Playground.start() as world:
        known = {"slack_api_url": world.api_url, "slack_bot_token": SecretStr(world.bot_token)}
        async with running(settings.model_copy(update=known), SetClock()) as desk:
            post = Post(channel_id="C0GONE", kind="notice", slot_key="1", payload={"text": "Good morning"})
            async with desk.begin() as session:
                await deliveries.plan(session, world.team_id, post, now=desk.now())
            desk.wake_outbox()
            async with asyncio.timeout(60):
                await statements.all_looked.wait()
    assert {part: len(statements.rounds[part]) for part in SELDOM} == dict.fromkeys(SELDOM, 1)
    assert statements.of_no_workspace == []


def test_a_loop_over_workspaces_names_each_while_it_is_at_hand() -> None:
    with about(round="schedule-1"):
        named = [_ids() for _due in each([("T1", 7), ("T2", 8)], lambda due: due[0])]
        named.append(_ids())
    assert named == [
        " round=schedule-1 workspace=T1",
        " round=schedule-1 workspace=T2",
        " round=schedule-1",
    ]


def _ids() -> str:
    record = logging.LogRecord("bot", logging.INFO, "", 1, "looked", (), None)
    Ids().filter(record)
    return str(vars(record)["ids"])
