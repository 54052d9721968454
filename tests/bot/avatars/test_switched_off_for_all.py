"""Admins switch listening off for everybody: nobody is listened to, and nothing that was noticed is said."""

from __future__ import annotations

import pytest

pytest.importorskip("wordllama", reason="the extra `meaning` is not installed")

from bot.attention_rounds import decide_for
from bot.avatars import listening_switch
from bot.avatars.listening import Ears, Talk
from bot.avatars.speaking_up import speak_up
from storage import projects, workspace_settings
from stories.drift.talk import WINDOW
from stories.errors import UserError
from stories.workspace_rules import WorkspaceRules
from tests.bot.avatars.conftest import House
from tests.bot.avatars.listening import SWERVE, begun
from tests.conftest import NOW, WORKSPACE


async def _off(house: House) -> None:
    async with house.desk.begin() as session:
        off = WorkspaceRules(drift=False).as_chosen()
        await workspace_settings.choose(session, WORKSPACE, off, by="UADMIN", now=NOW)


async def test_nothing_that_was_noticed_before_is_said_after(house: House) -> None:
    ana = house.person("ana").id
    project = await begun(house.desk, await house.channel_id("pilot"), ana)
    async with house.desk.begin() as session:
        reason = project.reasons[0]
        await speak_up(session, WORKSPACE, project, reason, ("museums",), in_channel=False, now=NOW)
    await _off(house)
    assert await decide_for(house.desk, WORKSPACE, ana) == 0


async def test_nobody_is_listened_to_and_nobody_switches_it_on(house: House) -> None:
    place = await house.channel_id("pilot")
    project = await begun(house.desk, place, house.person("ana").id)
    await _off(house)
    judged: list[object] = []

    def judge() -> None:
        judged.append("a window")
        raise AssertionError

    ears = Ears(judge=judge)  # type: ignore[arg-type]  # it is never to be made
    for number in range(WINDOW * 2):
        assert not await ears.hear(house.desk, WORKSPACE, Talk(place, f"{number}.0", SWERVE.talk[0]))
    assert judged == []
    async with house.desk.begin() as session:
        await projects.listen(session, WORKSPACE, project.id, since=None, by=None)
    async with house.desk.read() as session:
        silent = await projects.get(session, WORKSPACE, project.id)
    assert silent is not None
    with pytest.raises(UserError, match="off for everybody"):
        async with house.desk.begin() as session:
            await listening_switch.switch_on(session, WORKSPACE, silent, by="UANA", now=NOW)
