"""Hints in the write-up and lessons in their window, as somebody meets them in Slack."""

from __future__ import annotations

from datetime import timedelta

from bot.attention_rounds import decide_waiting
from bot.hints import ids as hint_ids
from bot.lessons import ids as lesson_ids
from bot.lessons.settings import hints_off
from bot.preferences import Private, wants
from storage import lessons as store
from storage import people, posted
from stories.attention_kinds import LESSON
from stories.lessons.offering import State
from tests.bot.interview.conftest import ALIAS, WHO, World, slack, world
from tests.conftest import NOW, SetClock

__all__ = ["slack", "world"]

WHAT = {"trying_to": "Send the wages.", "happened": "It stopped.\nI asked: “Don’t you find that annoying?”"}
WORDS = {"quote_0": "She said that it stops."}
MEANING = {"meaning": "Interesting talk."}
AGREED = {"sharing": "Without their name"}
RETOLD, LEADING, NOTHING = "Are these their words", "has its answer in it", "would fit under any talk"


async def test_hints_are_met_put_away_followed_to_a_lesson_and_turned_off(world: World) -> None:
    modal = await world.opened()
    await world.walked(modal, WHO | {ALIAS: "the clerk"}, WHAT, WORDS, MEANING, AGREED)
    assert RETOLD in modal.words()
    assert NOTHING in modal.words()
    assert "For you alone" in modal.words()

    await modal.choose(hint_ids.HINT_FINE)
    assert RETOLD not in modal.words()
    assert LEADING in modal.words()

    await modal.choose(lesson_ids.LESSON_BEGIN)
    lesson = await world.ana.modal("From story to insight")
    assert "easiest to leave empty" in lesson.words()
    assert (await lesson.submit())["ok"]
    await lesson.close()
    async with world.desk.read() as session:
        places = await store.places(session, world.team, world.ana.id)
    assert (places["insight"].screen, places["insight"].state) == (1, State.BEGUN)

    modal = await world.ana.modal()
    await modal.choose(hint_ids.HINT_OFF)
    assert NOTHING not in modal.words()
    assert LEADING in modal.words()
    async with world.desk.read() as session:
        assert hints_off(await people.settings(session, world.team, world.ana.id)) == {"so_what"}

    await modal.choose(hint_ids.HINT_CHANGE)
    assert "what happened" in modal.words()
    assert WHAT["trying_to"] in str(modal.values)
    for given in ({"happened": "It stopped."}, {}, {}, {}):
        await modal.submit(given)
    assert "For you alone" not in modal.words()
    assert (await modal.submit())["ok"]
    assert "is published" in modal.words()


async def test_an_offer_is_turned_down_with_a_click_and_the_message_says_so(
    world: World, clock: SetClock
) -> None:
    modal = await world.previewed()
    assert (await modal.submit())["ok"]
    async with world.desk.begin() as session:
        ((key, _since),) = await store.offers(session, world.team, world.ana.id)
    clock.advance(timedelta(days=3))
    await decide_waiting(world.desk, world.team)
    for action in (lesson_ids.LESSON_NOT_NOW, lesson_ids.LESSON_NO_MORE):
        slot = f"lesson:{key}:{NOW.date().isoformat()}"
        await world.clicked(None, action, slot, words="")
        async with world.desk.read() as session:
            post = await posted.decided(session, world.team, world.ana.id, LESSON, slot)
            assert post is not None
            says = await posted.says(session, world.team, post.id)
            known = await store.places(session, world.team, world.ana.id)
            wanted = wants(await people.settings(session, world.team, world.ana.id), Private.LESSONS)
        assert known[key].state is State.NOT_NOW
        assert wanted is (action == lesson_ids.LESSON_NOT_NOW)
        assert "Home tab whenever you like" in str(says)


async def test_lessons_open_by_command_and_guests_are_told_that_they_are_not_for_them(world: World) -> None:
    await world.ana.command("/firsthand lessons", channel="pilot")
    window = await world.ana.modal("Lessons")
    for words in ("Listening", "From insight to change", "nobody sees what you answer"):
        assert words in window.words()
    await world.slack.person("gus").command("/firsthand lessons", channel="general")
    assert not await world.slack.person("gus").modals()
