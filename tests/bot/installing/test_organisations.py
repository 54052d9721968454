"""An organisation that lets the bot into a workspace no more, of which Slack's word never came."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.desk import Desk
from bot.installing.installed import Installed
from bot.installing.leaving import ORGANISATIONS_EVERY, keep_house
from bot.settings import Settings
from storage import connections
from storage.connections import Arrival
from storage.database import Database
from tests.conftest import NOW, SetClock

ORG = Arrival(name="", enterprise_id="E1", org_wide=True, installed_by=None)
BY_ITSELF = replace(ORG, org_wide=False)


class Told(Installed):
    """An organisation that says (or does not say) whom it lets the bot into, and counts how often."""

    answer: frozenset[str] | SlackApiError | None = None
    asked = 0

    async def let_in(self, enterprise_id: str) -> frozenset[str] | None:  # noqa: ARG002 as it is called
        self.asked += 1
        if isinstance(self.answer, SlackApiError):
            raise self.answer
        return self.answer


@pytest.fixture
async def desk(settings: Settings, database: Database, clock: SetClock) -> Desk:
    own = settings.model_copy(update={"slack_bot_token": None, "slack_client_id": "1"})
    told = Told(own, database, clock)
    made = Desk(own, database, clock, told)
    async with database.begin() as session:
        for workspace, arrival in (("T1", ORG), ("T2", ORG), ("T3", BY_ITSELF)):
            await connections.connect(session, workspace, arrival, now=NOW)
            told.looked_at_scopes.add(workspace)
    return made


async def _live(desk: Desk) -> list[str]:
    async with desk.read() as session:
        return [one.workspace_id for one in await connections.live(session)]


async def test_a_workspace_that_is_let_in_no_more_has_left(desk: Desk, clock: SetClock) -> None:
    told = desk.connections
    assert isinstance(told, Told)
    told.answer = frozenset({"T1"})
    await keep_house(desk)
    assert await _live(desk) == ["T1", "T3"], "one that installed it by itself stays"
    async with desk.read() as session:
        left = await connections.get(session, "T2")
    assert left is not None
    assert left.delete_on == NOW + timedelta(days=30)
    await keep_house(desk)
    assert told.asked == 1, "asked once an hour"
    clock.advance(ORGANISATIONS_EVERY)
    await keep_house(desk)
    assert told.asked == 2


_REFUSED = SlackApiError("no", {"error": "ratelimited"})  # type: ignore[no-untyped-call]  # Slack's own


@pytest.mark.parametrize("answer", [None, _REFUSED])
async def test_while_slack_does_not_say_nothing_is_left(desk: Desk, answer: SlackApiError | None) -> None:
    told = desk.connections
    assert isinstance(told, Told)
    told.answer = answer
    await keep_house(desk)
    assert await _live(desk) == ["T1", "T2", "T3"]
