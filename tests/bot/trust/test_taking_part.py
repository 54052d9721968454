"""What managers see is what each person chose to show them, and nobody's where that is switched off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import ids
from bot.messages.parts import part_page, switched_off
from storage import parts, people, workspace_settings
from stories.workspace_rules import WorkspaceRules
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE


async def _manager(house: House, name: str = "mika") -> str:
    user = house.person(name).id
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, user, "manager", by="UADMIN", now=NOW)
    return user


async def _part(house: House, who: str = "mika") -> str:
    await house.person(who).command("/firsthand part", channel="pilot")
    return (await house.person(who).ephemerals("pilot"))[-1].words()


async def _choose(house: House, who: str, manager: str) -> None:
    """Somebody lets a manager see it, on their Home."""
    person = house.person(who)
    await person.open_home()
    home = await person.home("Who sees that you take part")
    await person.click(home, ids.HOME_PART_SHOW, {"selected_user": manager})


async def test_nobody_is_seen_who_did_not_say_so_and_nobody_is_ranked(house: House) -> None:
    mika = await _manager(house)
    for number in range(3):
        await house.story(replace(BAKER, title=f"Talk {number}"), by="noor", published=False)
    await house.story(by="ana", published=False)
    assert "Nobody lets you see" in await _part(house)
    await _choose(house, "ana", mika)
    await house.world.until(lambda: _shown(house, 1), "Ana's choice is kept")
    seen = await _part(house)
    assert "Ana" in seen
    assert "one conversation" in seen
    assert "Noor" not in seen
    await _choose(house, "noor", mika)
    await house.world.until(lambda: _shown(house, 2), "Noor's choice is kept")
    seen = await _part(house)
    assert seen.index("Ana") < seen.index("Noor"), "by the alphabet, though Noor wrote more"
    assert "3 conversations" in seen
    assert BAKER.title not in seen


async def _shown(house: House, number: int) -> bool:
    return await house.rows("SELECT count(*) FROM parts") == [(number,)]


async def test_whoever_takes_it_back_is_gone_at_once(house: House) -> None:
    mika = await _manager(house)
    await _choose(house, "ana", mika)
    await house.world.until(lambda: _shown(house, 1), "Ana's choice is kept")
    ana = house.person("ana")
    home = await ana.home("This manager sees")
    await ana.click(home, ids.HOME_PART_STOP)
    await house.world.until(lambda: _shown(house, 0), "it is taken back")
    assert "Nobody lets you see" in await _part(house)


async def test_switched_off_for_everybody_nothing_is_seen_or_chosen(house: House) -> None:
    mika = await _manager(house)
    async with house.desk.begin() as session:
        await parts.show_to(session, WORKSPACE, house.person("ana").id, mika, now=NOW)
        off = WorkspaceRules(participation=False).as_chosen()
        await workspace_settings.choose(session, WORKSPACE, off, by="UADMIN", now=NOW)
    said = await _part(house)
    assert "switched off for everybody" in said
    assert "Ana" not in said
    noor = house.person("noor")
    await noor.open_home()
    assert "Who sees that you take part" not in (await noor.home("Your next step")).words()


async def test_it_is_for_managers_and_shown_to_managers_alone(house: House) -> None:
    assert "for managers whom admins named" in await _part(house, "noor")
    await _manager(house)
    await _choose(house, "ana", house.person("ben").id)
    await house.world.channel(await house.person("ana").dm()).wait_for("no manager here")
    assert await _shown(house, 0)


@pytest.mark.parametrize("number", [0, 1, 200])
def test_what_people_see_is_what_slack_takes(number: int) -> None:
    some = [(f"<!here> {n:03} {'Müller-Lüdenscheidt ' * 3}", n) for n in range(number)]
    page = part_page(some, command="/firsthand")
    assert_valid(page, "message")
    assert ("099 Müller" in str(page["blocks"])) == ("… and 100 more" in str(page["blocks"])) == (number > 99)
    assert "<!here>" not in str(page)
    assert_valid(switched_off(), "message")
