"""An avatar answers with real quotes in the thread, or says that nobody has told us yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import ids
from bot.avatars import asking
from bot.avatars.asking import nearest
from bot.avatars.sayings import sayings
from storage.database import Database
from tests.bot.avatars.conftest import NURSE, QUOTABLE, House, edited, told
from tests.bot.avatars.test_why import set_up
from tests.conftest import NOW, WORKSPACE

SAID = NURSE.quotes[0]


async def test_a_question_to_the_avatar_is_answered_in_its_thread(house: House) -> None:
    await house.story(QUOTABLE)
    story = await house.story(NURSE)
    await set_up(house)
    ana, pilot = house.person("ana"), house.world.channel("pilot")
    asked = await ana.say("@firsthand what would Maya say about passwords to log in?", channel="pilot")
    answer = await pilot.wait_for("comes nearest")
    assert SAID in answer.words()
    assert answer.raw["username"] == "Maya"
    assert answer.raw["thread_ts"] == asked.ts
    assert "Clinics, November 2026" in answer.words()
    assert "is not a person" in answer.words()

    back = replace(NURSE, agreed=(), agreed_before=("quoted_by_avatar",))
    await edited(house.desk.database, story, back, now=house.desk.now() + timedelta(minutes=1))
    house.desk.wake_outbox()
    await pilot.wait_until_gone(SAID)


async def test_what_nobody_told_is_refused_to_the_asker_alone_with_a_way_on(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    ana = house.person("ana")
    await ana.say("@firsthand which football club wins the cup?", channel="pilot")
    said = await house.world.channel("pilot").wait_for("Nobody has told us about that yet", as_="ana")
    assert said.raw.get("ephemeral_to")
    assert ids.TALK_PLAN in said.actions()


async def test_an_idea_is_put_to_the_customer_with_the_shortcut(house: House) -> None:
    await house.story(QUOTABLE)
    await house.story(NURSE)
    await set_up(house)
    ben = house.person("ben")
    idea = await ben.say("Idea: fewer passwords, people log in once a day", channel="pilot")
    await ben.shortcut(ids.ASK_THE_CUSTOMER, idea)
    answer = await house.world.channel("pilot").wait_for("comes nearest")
    assert answer.raw["thread_ts"] == idea.ts
    assert NURSE.quotes[0] in answer.words()


async def test_where_no_avatar_is_the_way_to_one_is_told(house: House) -> None:
    ana = house.person("ana")
    await ana.say("@firsthand would they pay?", channel="pilot")
    await house.world.channel("pilot").wait_for("/why sets up", as_="ana")


async def test_in_a_channel_without_the_bot_the_shortcut_is_answered_in_private(house: House) -> None:
    ana = house.person("ana")
    idea = await ana.say("Idea: fewer passwords", channel="general")
    await ana.shortcut(ids.ASK_THE_CUSTOMER, idea)
    await house.world.channel(await ana.dm()).wait_for("/why sets up")


async def test_questions_about_nps_are_not_for_the_avatar(house: House) -> None:
    await house.story(QUOTABLE)
    await house.story(NURSE)
    await set_up(house)
    await house.person("ana").say("@firsthand nps last quarter", channel="pilot")
    await house.world.channel("pilot").wait_for("I have no", as_="ana")
    assert not [
        m for m in await house.world.channel("pilot").messages(as_="ana") if "Nobody has told" in m.words()
    ]


@pytest.mark.parametrize("by_meaning", [True, False])
async def test_every_word_of_an_answer_was_said(
    database: Database, by_meaning: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "can_search_meaning", lambda: by_meaning)
    await told(database, NURSE)
    async with database.read() as session:
        known = await sayings(session, WORKSPACE, NOW, "C0")
    found = await nearest("log in with fewer passwords", known)
    assert {one.words for one in found} <= set(NURSE.quotes)
    assert bool(found)
    assert await nearest("which football club wins the cup?", known) == ()
