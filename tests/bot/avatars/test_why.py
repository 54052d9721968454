"""/why: set up in a minute, shown to anybody, changed with its reasons kept, and ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot import ids
from playground.client import Modal
from storage import projects
from stories.avatars.project import Project, ProjectState
from tests.bot.avatars.conftest import NURSE, QUOTABLE, House, edited
from tests.conftest import WORKSPACE

FIELDS = {
    "name": "Invoices before dawn",
    "goal": "A baker sends the month’s invoices in ten minutes.",
    "reason": "Every baker we met does the books at night.",
    "avatar": "Maya",
    "emoji": ":bread:",
}
WORDS = QUOTABLE.quotes[0]


async def set_up(house: House, more: Mapping[str, object] | None = None, *, by: str = "ben") -> Modal:
    """Ben sets the pilot channel's project up with the baker's quote."""
    who = house.person(by)
    await who.command("/why", channel="pilot")
    modal = await who.modal()
    await modal.fill({**FIELDS, ids.WHY_QUOTES: ["at four in the morning"], **(more or {})})
    await modal.submit()
    return await who.modal()


async def project_of(house: House) -> Project:
    async with house.desk.read() as session:
        (project,) = await projects.active(session, WORKSPACE)
    return project


async def test_a_project_is_set_up_in_one_window_and_its_avatar_introduces_itself(house: House) -> None:
    await house.story(QUOTABLE)
    shown = await set_up(house)
    assert FIELDS["goal"] in shown.words()
    assert WORDS in shown.words()
    message = await house.world.channel("pilot").wait_for(WORDS)
    assert message.raw["username"] == "Maya"
    assert "is not a person" in message.words()
    assert "Small business, November 2026" in message.words()


async def test_when_consent_goes_the_words_go_from_the_channel_at_once(house: House) -> None:
    story = await house.story(QUOTABLE)
    await set_up(house)
    pilot = house.world.channel("pilot")
    await pilot.wait_for(WORDS)
    back = replace(QUOTABLE, agreed=(), agreed_before=("quoted_by_avatar",))
    await edited(house.desk.database, story, back, now=house.desk.now() + timedelta(minutes=1))
    house.clock.advance(timedelta(minutes=2))
    house.desk.wake_outbox()
    await pilot.wait_until_gone(WORDS)
    left = await pilot.wait_for("Nobody’s words stand behind this yet")
    assert left.raw["username"] == "Maya", "an update keeps the avatar's name"


async def test_others_see_the_why_and_may_not_change_it(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    noor = house.person("noor")
    await noor.command("/why", channel="pilot")
    shown = await noor.modal()
    assert WORDS in shown.words()
    assert ids.WHY_REASON not in shown.actions()
    assert ids.STORY_READ in shown.actions()


async def test_reasons_change_and_why_is_kept(house: House) -> None:
    await house.story(QUOTABLE)
    await house.story(NURSE)
    shown = await set_up(house)
    ben = house.person("ben")
    await ben.click(shown, ids.WHY_REASON_NEW)
    modal = await ben.modal()
    await modal.fill({"reason": "Nobody likes logging in.", ids.WHY_QUOTES: ["Paper never"]})
    await modal.submit()
    shown = await ben.modal()
    assert NURSE.quotes[1] in shown.words()
    await ben.click(shown, ids.WHY_REASON)
    modal = await ben.modal()
    await modal.fill({"state": ["given_up"], "why": "We changed course on purpose."})
    await modal.submit()
    shown = await ben.modal()
    assert "We changed course on purpose." in shown.words()
    assert [reason.words for reason in (await project_of(house)).reasons] == ["Nobody likes logging in."]
    await house.world.channel("pilot").wait_until_gone(WORDS)


async def test_a_project_ends_with_what_came_of_it(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    project, ben = await project_of(house), house.person("ben")
    await ben.command("/why done", channel="pilot")
    modal = await ben.modal()
    await modal.fill({"outcome": "Invoices take eight minutes now."})
    await modal.submit()
    told = await house.world.channel("pilot").wait_for("eight minutes")
    assert WORDS in told.words()
    async with house.desk.read() as session:
        ended = await projects.get(session, WORKSPACE, project.id)
    assert ended is not None
    assert ended.state is ProjectState.DONE


async def test_a_wrong_emoji_is_said_beside_its_field(house: House) -> None:
    ben = house.person("ben")
    await ben.command("/why", channel="pilot")
    modal = await ben.modal()
    await modal.fill({**FIELDS, "emoji": "two words"})
    await modal.submit()
    assert ":seedling:" in (await ben.errors())["emoji"]


async def test_where_guests_read_no_avatar_speaks(house: House) -> None:
    ben = house.person("ben")
    await ben.command("/why", channel="lobby")
    modal = await ben.modal()
    await modal.fill(FIELDS)
    await modal.submit()
    assert "Guests read that channel" in str(await ben.errors())
