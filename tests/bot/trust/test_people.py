"""Admins name editors, privacy officers and managers; every change is in the audit log."""

from __future__ import annotations

import pytest

from bot.listeners.people import _refuse_outsiders
from bot.messages.people import people_modal
from bot.permissions import Role
from storage import audit, people
from stories.errors import UserError
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import House
from tests.conftest import WORKSPACE


async def test_all_roles_are_given_and_taken_in_one_view_and_audited(house: House) -> None:
    ana, ben, mika = (house.person(name) for name in ("ana", "ben", "mika"))
    await ana.command("/firsthand people", channel="pilot")
    await (await ana.modal("Who does what")).submit({"editors": ["ben"], "privacy": ["ben", "mika"]})
    await ana.modal("Saved")
    await ana.command("/firsthand people", channel="pilot")
    view = await ana.modal("Who does what")
    noor = house.person("noor")
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, noor.id, Role.EDITOR, by="UADMIN", now=house.desk.now())
    await view.submit({"editors": [], "privacy": ["mika"], "managers": ["ben"]})
    await ana.modal("Saved")
    async with house.desk.read() as session:
        held = {role: await people.holders(session, WORKSPACE, role) for role in Role}
        lines = await audit.latest(session, WORKSPACE)
    assert held[Role.EDITOR] == (noor.id,), "whom another admin named meanwhile stays"
    assert held[Role.PRIVACY] == (mika.id,)
    assert held[Role.MANAGER] == (ben.id,)
    assert {(line.act, line.object_id) for line in lines} == {
        ("name_editor", ben.id),
        ("name_privacy", ben.id),
        ("name_privacy", mika.id),
        ("unname_editor", ben.id),
        ("unname_privacy", ben.id),
        ("name_manager", ben.id),
    }
    assert {line.actor_id for line in lines} == {ana.id}
    client = await house.desk.connections.client(WORKSPACE)
    with pytest.raises(UserError, match="Slack doesn’t know U0GONE0001 in this workspace") as refused:
        await _refuse_outsiders(house.desk, client, WORKSPACE, {Role.PRIVACY: (ben.id, "U0GONE0001")})
    assert refused.value.field == "privacy"


async def test_only_admins_name_people(house: House) -> None:
    noor = house.person("noor")
    await noor.command("/firsthand people", channel="pilot")
    assert "Only workspace admins name people" in (await noor.ephemerals("pilot"))[-1].words()


async def test_admins_have_the_way_there_in_their_app_home_and_others_do_not(house: House) -> None:
    ana, noor = house.person("ana"), house.person("noor")
    await ana.open_home()
    await noor.open_home()
    assert "Who does what" in (await ana.home()).words()
    assert "Who does what" not in (await noor.home()).words()


def test_the_view_is_one_that_slack_takes() -> None:
    assert_valid(people_modal({Role.EDITOR: ["U1"], Role.PRIVACY: []}), "modal")
