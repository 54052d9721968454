"""What is for an account's team alone: its people read it, and nobody else finds it anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from bot import account_team, digest, ids, publishing
from bot.home_gathering import gather
from bot.messages.labels import ACCOUNT_ONLY, Labels, labels_modal, labels_said
from bot.messages.stories_list import MOST_OF_TEAM, of_team
from storage import homes_due, people, stories, workspace_settings
from storage import moderation as kept
from stories.digest import DigestSettings
from stories.story import StoryState
from stories.workspace_rules import WorkspaceRules
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE


async def _label(house: House, team: list[str], **more: object) -> str:
    """Ana labels her newest story; what she is told then."""
    ana = house.person("ana")
    await ana.command("/stories mine", channel="general")
    mine = await house.world.channel("general").wait_for("Your stories", as_="ana")
    await ana.click(mine, ids.STORY_PREVIEW)
    await ana.click(await ana.modal(), ids.LABELS_OPEN)
    view = await ana.modal("Labels")
    await view.submit({"labels": [ACCOUNT_ONLY], "team": team, **more})
    return (await ana.modal("Saved")).words()


async def _reads(house: House, name: str) -> tuple[str, ...]:
    async with house.desk.read() as session:
        found = await account_team.readable(session, WORKSPACE, house.person(name).id, NOW)
    return tuple(telling.title for telling in found)


async def _said_to(house: House, name: str, command: str) -> str:
    await house.person(name).command(command, channel="pilot")
    return (await house.person(name).ephemerals("pilot"))[-1].words()


async def test_its_people_read_it_and_nobody_else_finds_it(house: House) -> None:
    story_id = await house.story()
    await house.share(story_id)
    pilot = house.world.channel("pilot")
    await pilot.wait_for("flour on the screen")
    assert "reads it from now on, and nobody else" in await _label(house, ["ben"])
    await pilot.wait_until_gone("flour on the screen")
    assert BAKER.title in await _said_to(house, "ben", "/stories team")
    assert BAKER.title not in await _said_to(house, "noor", "/stories team")
    ben, noor = house.person("ben"), house.person("noor")
    async with house.desk.read() as session:
        for words, found in (("FLOUR inv", 1), ("flour elephants", 0), ("marta", 0), ("!?", 0)):
            theirs = await account_team.find(session, WORKSPACE, ben.id, words, NOW)
            assert len(theirs) == found, words
            assert await account_team.find(session, WORKSPACE, noor.id, words, NOW) == ()
    await ben.open_home()
    home = await ben.home("For your account’s team alone")
    assert BAKER.title in home.words()
    await noor.open_home()
    assert BAKER.title not in (await noor.home("Your next step")).words()
    await ben.command("/stories team", channel="pilot")
    mine = (await ben.ephemerals("pilot"))[-1]
    await ben.click(mine, ids.STORY_READ)
    whole = await ben.modal("A customer’s story")
    assert "Only its author and the account’s team read this" in whole.words()
    assert ids.STORY_SHARE not in whole.actions()
    async with house.desk.read() as session:
        place = await house.channel_id("pilot")
        assert await digest.decide(session, WORKSPACE, place, DigestSettings(), NOW) == ()
        assert await account_team.telling(session, WORKSPACE, story_id, noor.id, NOW) is None
    ana = house.person("ana")
    await ana.command("/stories mine", channel="pilot")
    own = (await ana.ephemerals("pilot"))[-1]
    assert "one colleague reads it" in own.words()
    assert ids.STORY_PUBLISH not in own.actions()
    async with house.desk.begin() as session:
        await publishing.follow_edit(session, WORKSPACE, story_id, by=ana.id, now=NOW)
        assert {one.user_id for one in await homes_due.waiting(session, WORKSPACE, most=9)} >= {ben.id}


async def test_a_team_is_of_its_author_and_opens_nothing_of_anybody_elses(house: House) -> None:
    story_id = await house.story(replace(BAKER, title="By Mika"), by="mika", published=False)
    async with house.desk.begin() as session:
        await kept.label(session, WORKSPACE, story_id, account_only=True, not_before=None)
    await house.story(published=False)
    await _label(house, ["ben", "ana"])
    assert await _reads(house, "ben") == (BAKER.title,)
    assert await _reads(house, "ana") == (BAKER.title,), "naming oneself opens no colleague's story"


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        ("UPDATE stories SET state = 'withdrawn'", "its author took it back"),
        ("UPDATE story_terms SET account_only = 0", "the label was taken off"),
        ("UPDATE story_terms SET not_before = '2027-01-01'", "its day has not come"),
        ("UPDATE consents SET purpose = 'not_shared'", "the customer did not agree"),
        ("DELETE FROM account_teams", "somebody is on the team no more"),
        ("UPDATE customers SET company = 'Another'", "it is another account's now"),
    ],
)
async def test_whoever_is_on_the_team_reads_it_only_as_long_as_all_of_it_holds(
    house: House, ends: str, why: str
) -> None:
    await house.story(published=False)
    await _label(house, ["ben"])
    assert await _reads(house, "ben") == (BAKER.title,)
    async with house.desk.begin() as session:
        await session.execute(text(ends))
    assert await _reads(house, "ben") == (), why


async def test_where_stories_need_an_editor_the_team_waits_for_the_yes_too(house: House) -> None:
    async with house.desk.begin() as session:
        rules = WorkspaceRules(sensitive=("small business",)).as_chosen()
        await workspace_settings.choose(session, WORKSPACE, rules, by="UADMIN", now=NOW)
        await people.grant(session, WORKSPACE, house.person("mika").id, "editor", by="UADMIN", now=NOW)
    story_id = await house.story(published=False)
    assert "An editor reads it before" in await _label(house, ["ben"])
    assert await _reads(house, "ben") == ()
    mika = house.person("mika")
    question = await house.world.channel(await mika.dm()).wait_for("waits for an editor")
    await mika.click(question, ids.WAITING_YES)
    await house.world.until(lambda: _has(house, "ben"), "the team reads it")
    async with house.desk.read() as session:
        story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    assert story.state is StoryState.KEPT, "no channel hears it, whatever the editor said"


async def _has(house: House, name: str) -> bool:
    return bool(await _reads(house, name))


async def test_guests_are_on_no_team(house: House) -> None:
    await house.story(published=False)
    ana = house.person("ana")
    await ana.command("/stories mine", channel="general")
    mine = await house.world.channel("general").wait_for("Your stories", as_="ana")
    await ana.click(mine, ids.STORY_PREVIEW)
    await ana.click(await ana.modal(), ids.LABELS_OPEN)
    view = await ana.modal("Labels")
    await view.submit({"labels": [ACCOUNT_ONLY], "team": ["gus"]})
    assert "guest" in view.errors["team"]
    assert await house.rows("SELECT 1 FROM account_teams") == []


async def test_a_home_of_a_team_follows_the_story(house: House) -> None:
    await house.story(published=False)
    await _label(house, ["ben"])
    colleague = await house.desk.colleagues.get(
        house.desk.connections.only_client,  # type: ignore[attr-defined]  # one workspace
        WORKSPACE,
        house.person("ben").id,
    )
    async with house.desk.read() as session:
        home, _last = await gather(session, WORKSPACE, colleague, NOW)
    assert [one.title for one in home.team] == [BAKER.title]
    assert {one.story_id for one in home.team} <= home.made_of, "taken back, it leaves this Home"


def test_what_people_see_is_what_slack_takes() -> None:
    full = Labels(
        account_only=True,
        not_before=date(2026, 12, 1),
        team=tuple(f"U{n}" for n in range(50)),
        account="<!here>" * 10,
        colleague="U1",
    )
    assert_valid(labels_modal(1, full), "modal")
    assert_valid(labels_modal(1, Labels()), "modal")
    assert labels_said(full) == "account team only (50 people), not before 1 December 2026"
    assert labels_said(Labels()) == "no labels"
    assert_valid(of_team(()), "message")
    assert MOST_OF_TEAM * 2 < 45
