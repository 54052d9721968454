"""Tokens that end, that Slack refuses, and that live again."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.connections import REST_SECONDS, NotConnected
from bot.installing.authorizing import Authorize
from bot.installing.installed import REMEMBERED_SECONDS
from bot.installing.leaving import keep_house, removed
from storage import connections
from tests.bot.installing.conftest import Place
from tests.conftest import NOW, SetClock


async def ended(place: Place) -> bool:
    async with place.desk.read() as session:
        known = await connections.get(session, place.world.team_id)
    assert known is not None
    return not known.live


async def test_a_token_that_cannot_be_renewed_is_used_until_it_ends(place: Place) -> None:
    await place.install(ends_in=60)
    await place.world.faults.add("oauth.v2.access", "refuse", error="invalid_refresh_token", times=0)
    assert await place.installed.token(place.world.team_id) == place.world.bot_token
    await place.install(ends_in=-1, at=2.0)
    with pytest.raises(NotConnected, match="could not be renewed"):
        await place.installed.token(place.world.team_id)


@pytest.mark.parametrize("kind", ["drop", "status"])
async def test_a_slack_that_does_not_answer_costs_nothing_while_the_token_lives(
    place: Place, kind: str
) -> None:
    await place.install(ends_in=60)
    await place.world.faults.add("oauth.v2.access", kind, status=503, times=0)
    assert await place.installed.token(place.world.team_id) == place.world.bot_token


async def test_the_token_is_asked_for_again_after_a_while_and_the_client_stays(place: Place) -> None:
    await place.install()
    team = place.world.team_id
    client = await place.installed.client(team)
    place.seconds.now += REMEMBERED_SECONDS
    assert await place.installed.client(team) is client
    assert await place.installed.workspaces() == (team,)
    with pytest.raises(NotConnected):
        await place.installed.token("T0NOBODY")


async def test_a_workspace_whose_token_is_refused_rests_and_comes_back(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    await place.install()
    team = place.world.team_id
    for _ in range(2):
        await place.installed.lost(team, "invalid_auth")
    assert caplog.text.count("Slack refuses the token") == 1
    assert await place.installed.workspaces() == ()
    with pytest.raises(NotConnected):
        await place.installed.client(team)
    place.seconds.now += REST_SECONDS
    assert await place.installed.workspaces() == (team,)
    await keep_house(place.desk)
    async with place.desk.read() as session:
        known = await connections.get(session, team)
    assert known is not None
    assert known.lost_at is None, "Slack takes it again"


async def test_a_token_refused_for_a_day_counts_as_a_removal(place: Place, clock: SetClock) -> None:
    await place.install()
    team = place.world.team_id
    await place.world.faults.add("auth.test", "refuse", error="account_inactive", times=0)
    await place.installed.lost(team, "account_inactive")
    clock.advance(timedelta(hours=23))
    place.seconds.now += REST_SECONDS
    await keep_house(place.desk)
    assert not await ended(place)
    clock.advance(timedelta(hours=1))
    await place.world.faults.clear()
    await place.world.faults.add("auth.test", "drop", times=0)
    await keep_house(place.desk)
    assert not await ended(place), "a Slack that does not answer has not said so"
    await place.world.faults.clear()
    await place.world.faults.add("auth.test", "refuse", error="account_inactive", times=0)
    await keep_house(place.desk)
    assert await ended(place)


async def test_with_slack_out_of_reach_the_moment_of_the_event_decides(place: Place) -> None:
    await place.install()
    team = place.world.team_id
    await place.world.faults.add("auth.test", "drop", times=0)
    earlier = NOW - timedelta(minutes=1)
    await removed(place.desk, place.installed, team, told_at=earlier)
    assert not await ended(place)
    await removed(place.desk, place.installed, team, told_at=NOW + timedelta(minutes=1))
    assert await ended(place)
    await removed(place.desk, place.installed, "T0NOBODY", told_at=NOW)


async def test_a_request_from_a_workspace_that_never_installed_it_is_nobodys(place: Place) -> None:
    await place.install()
    authorize = Authorize(place.installed)
    alone = SimpleNamespace(is_enterprise_install=False)
    found = await authorize(context=alone, enterprise_id=None, team_id=place.world.team_id, user_id="U1")  # type: ignore[arg-type]  # all it asks of a context
    assert found is not None
    assert (found.bot_token, found.user_id) == (place.world.bot_token, "U1")
    org_wide = SimpleNamespace(is_enterprise_install=True)
    for team_id, context in ((None, alone), ("T0NOBODY", alone), ("T0NOBODY", org_wide)):
        answer = await authorize(context=context, enterprise_id="E1", team_id=team_id, user_id="U1")  # type: ignore[arg-type]  # all it asks of a context
        assert answer is None
