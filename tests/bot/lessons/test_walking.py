"""A lesson is walked through screen by screen, left and gone on with, and nothing of the answers is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Select, event, text
from sqlalchemy.orm import ORMExecuteState

from bot.lessons import examples, shelf, walking
from bot.lessons import ids as lesson_ids
from bot.lessons.settings import hints_off, wanted_by, with_wanted, without
from bot.messages import lesson_answers, lesson_screens, lessons
from bot.preferences import Private, wants
from storage import lessons as store
from storage import people, stories
from storage.database import Database
from stories.interviews import How
from stories.lessons.offering import Place, State
from stories.lessons.values import Kind, Lesson, Moment, Screen, Shows
from stories.story import StoryState, Telling
from tests.blockkit import assert_valid
from tests.conftest import NOW, WORKSPACE
from tests.storage.test_homes import DAY, publish, write

ANA = "UANA"
KEY = "listening"


def answered_with(view: dict[str, Any], value: object) -> dict[str, Any]:
    """The view as Slack sends it with this answer."""
    if isinstance(value, list):
        held: dict[str, Any] = {"type": "checkboxes", "selected_options": [{"value": v} for v in value]}
    elif isinstance(value, int):
        held = {"type": "radio_buttons", "selected_option": {"value": str(value)}}
    else:
        held = {"type": "plain_text_input", "value": value}
    return {**view, "state": {"values": {lesson_screens.ANSWER: {lesson_screens.ANSWER: held}}}}


def said(view: dict[str, Any]) -> str:
    return str(view["blocks"])


async def place_of(database: Database) -> Place | None:
    async with database.read() as session:
        return (await store.places(session, WORKSPACE, ANA)).get(KEY)


async def test_a_lesson_is_left_gone_on_with_and_finished_and_no_answer_is_kept(database: Database) -> None:
    async with database.begin() as session:
        view = await walking.begin(session, WORKSPACE, ANA, KEY, NOW)
        assert "You are the guest" in said(view)
        for _step in range(4):
            view = await walking.further(session, WORKSPACE, ANA, view, NOW)
    assert await place_of(database) == Place(lesson=KEY, screen=4, state=State.BEGUN)
    async with database.begin() as session:
        view = await walking.begin(session, WORKSPACE, ANA, KEY, NOW)
        assert "Which of these bring their answer" in said(view)
        answer = await walking.further(session, WORKSPACE, ANA, answered_with(view, ["1", "2"]), NOW)
        assert "That’s how we see it, too" in said(answer)
        again = await walking.back(session, WORKSPACE, ANA, answer, NOW)
        assert again["blocks"] == view["blocks"]
        view = await walking.further(session, WORKSPACE, ANA, answer, NOW)
        assert "made up" in said(view)
        view = await walking.further(session, WORKSPACE, ANA, view, NOW)
        wrote = answered_with(view, "Wasn’t it long, the secret waiting?")
        answer = await walking.further(session, WORKSPACE, ANA, wrote, NOW)
        assert "a little of the answer in it" in said(answer)
        view = await walking.further(session, WORKSPACE, ANA, answer, NOW)
        answer = await walking.further(session, WORKSPACE, ANA, answered_with(view, 3), NOW)
        assert "(your choice)" in said(answer)
        end = await walking.further(session, WORKSPACE, ANA, answer, NOW)
        assert end["callback_id"] == lesson_ids.LESSON_DONE_VIEW
        assert "Asking why" in said(end)
        kept = (await session.execute(text("SELECT * FROM lesson_places"))).all()
    assert "secret" not in str(kept)
    assert await place_of(database) == Place(lesson=KEY, screen=7, state=State.DONE)


async def test_whoever_was_through_stays_through_and_begins_anew(database: Database) -> None:
    async with database.begin() as session:
        done = Place(lesson=KEY, screen=7, state=State.DONE)
        await store.keep(session, WORKSPACE, ANA, done, now=NOW)
        view = await walking.begin(session, WORKSPACE, ANA, KEY, NOW)
        assert "You are the guest" in said(view)
        await walking.further(session, WORKSPACE, ANA, view, NOW)
        window = await walking.window(session, WORKSPACE, ANA)
    assert await place_of(database) == Place(lesson=KEY, screen=1, state=State.DONE)
    assert "You have been through it" in said(window)


async def test_a_lesson_that_is_gone_or_grew_shorter_is_survived(database: Database) -> None:
    async with database.begin() as session:
        assert "isn’t here any more" in said(await walking.begin(session, WORKSPACE, ANA, "gone", NOW))
        far = Place(lesson=KEY, screen=99, state=State.BEGUN)
        await store.keep(session, WORKSPACE, ANA, far, now=NOW)
        assert "They say" in said(await walking.begin(session, WORKSPACE, ANA, KEY, NOW))
        view = await walking.begin(session, WORKSPACE, ANA, KEY, NOW)
        spot = str(lesson_screens.Spot(lesson="gone", screen=0))
        stale = {**view, "private_metadata": spot}
        assert "isn’t here any more" in said(await walking.further(session, WORKSPACE, ANA, stale, NOW))


async def test_an_example_is_the_newest_story_that_fits_as_others_may_read_it(database: Database) -> None:
    async with database.begin() as session:
        assert await examples.example(session, WORKSPACE, ANA, Shows.QUOTE, NOW) is None
        first, own = await write(session, 1), await write(session, 2, by=ANA)
        await publish(session, first)
        await publish(session, own, after=5)
        found = await examples.example(session, WORKSPACE, ANA, Shows.QUOTE, NOW)
        assert found is not None
        assert (found.story_id, found.quotes) == (first, ("Paper is quicker.",))
        assert await examples.example(session, WORKSPACE, ANA, Shows.CHANGE, NOW) is None
        assert await examples.example(session, WORKSPACE, ANA, Shows.SO_WHAT, NOW) is None
        hidden = await examples.example(session, WORKSPACE, ANA, Shows.WITHOUT_NAME, NOW)
        assert hidden is not None
        assert "Marta" not in str(hidden)
        place = Place(lesson=KEY, screen=5, state=State.BEGUN)
        await store.keep(session, WORKSPACE, ANA, place, now=NOW)
        view = await walking.begin(session, WORKSPACE, ANA, KEY, NOW)
        assert "Paper is quicker." in said(view)
        assert "From your own stories" in said(view)
        await stories.take_back(session, WORKSPACE, first, state=StoryState.WITHDRAWN)
        view = await walking.begin(session, WORKSPACE, ANA, KEY, NOW)
        assert "Paper is quicker." in said(view)
        await stories.take_back(session, WORKSPACE, own, state=StoryState.WITHDRAWN)
        view = await walking.begin(session, WORKSPACE, ANA, KEY, NOW)
        assert "Paper is quicker." not in said(view)


def test_an_example_has_to_show_what_it_is_for() -> None:
    telling = Telling(
        story_id=1, author_id="U2", who="a baker", named=True, company="", segment="", talked_on=DAY,
        how=How.CALL, title="", trying_to="", happened="She waited four days.",
        meaning="She waited for four days.", quotes=("She said that it is slow.",), themes=(),
    )  # fmt: skip
    assert not any(examples.fits(telling, shows) for shows in Shows)
    better = replace(telling, meaning="We thought of five days as fast, and nobody else does.", named=False)
    assert examples.fits(better, Shows.SO_WHAT)
    assert examples.fits(better, Shows.WITHOUT_NAME)


async def test_what_is_wanted_is_kept_with_somebodys_own_settings(database: Database) -> None:
    before = {"off": ["thanks"], "follows": [["plan", "large"]]}
    assert wanted_by(before) == {"own_words", "questions", "so_what", "offers"}
    after = with_wanted(before, {"questions", "so_what"})
    assert hints_off(after) == {"own_words"}
    assert not wants(after, Private.LESSONS)
    assert not wants(after, Private.THANKS)
    assert wants(after, Private.REMINDERS)
    assert after["follows"] == before["follows"]
    assert wanted_by(without(after, "so_what")) == {"questions"}
    async with database.begin() as session:
        await people.meet(session, WORKSPACE, ANA, now=NOW)
        await people.choose(session, WORKSPACE, ANA, after)
        held: list[bool] = []
        event.listen(session.sync_session, "do_orm_execute", lambda asked: held.append(_holds(asked)))
        assert await people.held_settings(session, WORKSPACE, ANA) == after
        assert held == [True], "of two things chosen at once the second would undo the first"
        view = await walking.window(session, WORKSPACE, ANA)
    (boxes,) = [block for block in view["blocks"] if block.get("block_id") == lessons.WANTED]
    assert [one["value"] for one in boxes["elements"][0]["initial_options"]] == ["questions", "so_what"]


def _holds(asked: ORMExecuteState) -> bool:
    """Whether others wait for what is read until the transaction ends, where a server keeps the database."""
    asks = asked.statement
    return isinstance(asks, Select) and asks._for_update_arg is not None


def bodies(screen: Screen) -> list[list[dict[str, Any]]]:
    """Everything that a screen may show."""
    if screen.kind is Kind.EXAMPLE:
        return [lesson_screens.example_blocks(screen, None)]
    if screen.kind is Kind.REWRITE:
        return [lesson_screens.unanswered(screen), lesson_answers.rewritten(screen, "x" * 500)]
    answers = [lesson_answers.chosen(screen, {0})] if screen.kind.asks else []
    return [lesson_screens.unanswered(screen), *answers]


@pytest.mark.parametrize("lesson", shelf.lessons(), ids=lambda lesson: lesson.key)
def test_slack_takes_every_screen_and_every_answer(lesson: Lesson) -> None:
    for at, screen in enumerate(lesson.screens):
        for body in bodies(screen):
            assert_valid(lesson_screens.screen_modal(lesson, at, body), "modal")


def test_slack_takes_the_windows_and_messages_around() -> None:
    every = shelf.lessons()
    begun = {KEY: Place(lesson=KEY, screen=2, state=State.BEGUN)}
    assert_valid(lessons.list_modal(every, begun, ()), "modal")
    assert_valid(lessons.done_modal(every[0], every, begun), "modal")
    assert_valid(lessons.gone_modal(), "modal")
    for moment in Moment:
        assert_valid(lessons.offer_note(every[0], moment, "lesson:listening:2026-11-19"), "message")
    for for_good in (True, False):
        assert_valid(lessons.put_off_note(for_good=for_good), "message")


def test_where_a_lesson_is_not_written_in_a_language_it_is_in_english_or_in_any_other() -> None:
    one = shelf.lessons()[0]
    there = replace(one, language="fr", title="Écouter")
    known = {("listening", "en"): one, ("listening", "fr"): there, ("nur", "de"): replace(one, key="nur")}
    assert [each.title for each in shelf.in_language(known, "fr")] == ["Écouter", "Listening"]
    assert [each.title for each in shelf.in_language(known, "sv")] == ["Listening", "Listening"]
