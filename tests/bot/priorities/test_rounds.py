"""Who is asked and told what of the top three, when, and who is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib.util import find_spec

import pytest

from bot.attention_composers import COMPOSERS
from bot.desk import Desk
from bot.preferences import Private, chosen
from bot.priorities import rounds
from bot.search_gleaning import glean
from storage import attention as store
from storage import (
    interviews,
    nps_answers,
    nps_movements,
    nps_sources,
    people,
    priorities,
    stories,
)
from storage.attention import Waiting
from storage.nps_answers import Answer
from storage.priorities import NewPriority
from stories.attention import NOBODY_ASKED, PROGRESS
from stories.nps.counts import Counts
from stories.nps.watch import HISTORY
from stories.priorities.priority import Happening, State
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form
from tests.bot.priorities.conftest import theme
from tests.conftest import NOW, WORKSPACE, SetClock

pytestmark = pytest.mark.skipif(find_spec("wordllama") is None, reason="the extra `meaning` is not installed")

LONG_AGO = "2026-09-28"


async def talk(desk: Desk, number: int, words: str, *, agreed: bool = True, on: str = LONG_AGO) -> None:
    """A published conversation of a customer of its own."""
    told = form(number, quotes=(words,), talked_on=on, alias=f"baker no. {number}", segment="Pro")
    told = replace(told, agreed=("contacted_again",) if agreed else ())
    async with desk.begin() as session:
        story_id = await interviews.store(
            session, WORKSPACE, told, source_key=str(number), author_id="U3", now=desk.now()
        )
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        await stories.publish(session, WORKSPACE, story, now=desk.now())


async def own_one(desk: Desk, theme_id: int, chosen_on: date) -> int:
    new = NewPriority(
        theme_id=theme_id,
        quarter=date(2026, 10, 1),
        last_day=date(2026, 12, 31),
        owner_id="U1",
        done_means="Nobody prints an order.",
        segment=(),
        start=Counts(promoters=5, passives=3, detractors=2),
        chosen_by="U9",
        chosen_on=chosen_on,
    )
    async with desk.begin() as session:
        found = await priorities.choose(session, WORKSPACE, new, now=desk.now())
    assert found is not None
    return found


async def waiting(desk: Desk, place: str, kind: str) -> list[Waiting]:
    async with desk.read() as session:
        return [one for one in await store.waiting_for(session, WORKSPACE, place) if one.kind == kind]


async def words(desk: Desk, one: Waiting) -> str | None:
    """What it says at this moment; None when it says nothing."""
    async with desk.read() as session:
        made = await COMPOSERS[one.kind](session, WORKSPACE, one, desk.now())
    if made is None:
        return None
    assert_valid(made.payload, "message")
    return str(made.payload)


async def turned_off(desk: Desk, user_id: str) -> None:
    async with desk.begin() as session:
        await people.meet(session, WORKSPACE, user_id, now=NOW)
        await people.choose(session, WORKSPACE, user_id, chosen({}, [Private.THANKS]))


async def test_an_owner_is_asked_once_a_month_until_something_was_said(desk: Desk, clock: SetClock) -> None:
    await talk(desk, 1, "I print it all.")
    priority = await own_one(desk, await theme(desk, "Paper <!here>", "I print it all."), NOW.date())
    await rounds.look(desk, WORKSPACE)
    assert await waiting(desk, "U1", PROGRESS) == []
    clock.advance(timedelta(days=29))
    await rounds.look(desk, WORKSPACE)
    await rounds.look(desk, WORKSPACE)
    clock.advance(timedelta(days=1))
    await rounds.look(desk, WORKSPACE)
    (asked,) = await waiting(desk, "U1", PROGRESS)
    said = await words(desk, asked)
    assert said is not None
    assert "What changed about “Paper &lt;!here&gt;”?" in said
    assert "too few answers since to tell" in said
    async with desk.begin() as session:
        await priorities.tell(
            session, WORKSPACE, priority, Happening.PROGRESS, "U1", "We tried.", now=clock.now()
        )
    clock.advance(timedelta(days=20))
    await rounds.look(desk, WORKSPACE)
    assert len([one for one in await waiting(desk, "U1", PROGRESS) if "2027" in one.slot_key]) == 0
    await turned_off(desk, "U1")
    assert await words(desk, asked) is None


async def test_when_the_quarter_is_over_its_owner_is_asked_how_it_ended(desk: Desk, clock: SetClock) -> None:
    await talk(desk, 1, "I print it all.")
    priority = await own_one(desk, await theme(desk, "Paper", "I print it all."), NOW.date())
    clock.advance(timedelta(days=50))
    await rounds.look(desk, WORKSPACE)
    (asked,) = await waiting(desk, "U1", PROGRESS)
    assert "The quarter is over: is “Paper” done?" in str(await words(desk, asked))
    async with desk.begin() as session:
        await priorities.end(
            session, WORKSPACE, priority, State.DONE, by="U1", words="Two of nine.", now=clock.now()
        )
    assert await words(desk, asked) is None


async def commented(desk: Desk) -> list[str]:
    """Comments of every week, of which more and more are about one thing; those about it."""
    about = []
    async with desk.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind="file", name="shop", now=NOW)
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=True)
        said = []
        for week in range(HISTORY):
            for number in range(20):
                theirs = number < (2 if week < HISTORY - 5 else 10)
                comment = f"{'The printer' if theirs else 'Something'} {week} {number}"
                about += [comment] if theirs else []
                at = NOW - timedelta(days=7 * (HISTORY - week))
                said.append(Answer(key=comment, score=3, at=at, comment=comment))
        await nps_answers.take_in(session, WORKSPACE, source, said)
    await glean(desk, WORKSPACE)
    return about


async def test_a_rise_that_nobody_asked_about_is_brought_to_editors_with_whom_to_ask(
    desk: Desk, clock: SetClock
) -> None:
    await talk(desk, 1, "The printer again.")
    await talk(desk, 2, "The printer is loud.", agreed=False)
    await talk(desk, 3, "The printer is my friend.", on="2026-11-12")
    about = await commented(desk)
    printer = ("The printer again.", "The printer is loud.", "The printer is my friend.")
    await theme(desk, "Printers", *about, *printer)
    async with desk.begin() as session:
        await people.grant(session, WORKSPACE, "U7", "editor", by="U0", now=NOW)
    clock.advance(timedelta(days=1))
    assert await rounds.look(desk, WORKSPACE) == 1
    (told,) = await waiting(desk, "U7", NOBODY_ASKED)
    assert await words(desk, told) is None, "three were asked why already"
    clock.advance(timedelta(days=7))
    assert await rounds.look(desk, WORKSPACE) == 0, "eight weeks of silence"


async def test_whom_to_ask_are_those_who_agreed_and_were_left_alone(desk: Desk, clock: SetClock) -> None:
    await talk(desk, 1, "The printer again.", on="2026-08-03")
    await talk(desk, 2, "The printer is loud.", agreed=False, on="2026-08-03")
    about = await commented(desk)
    await theme(desk, "Printers", *about, "The printer again.", "The printer is loud.")
    async with desk.begin() as session:
        await people.grant(session, WORKSPACE, "U7", "editor", by="U0", now=NOW)
    clock.advance(timedelta(days=1))
    await rounds.look(desk, WORKSPACE)
    (told,) = await waiting(desk, "U7", NOBODY_ASKED)
    said = str(await words(desk, told))
    assert "nobody has asked these" in said
    assert "baker no. 1; <@U3> talked with them" in said
    assert "baker no. 2" not in said
    assert "Nadia" not in said, "they are called as they let themselves be called"
    await turned_off(desk, "U7")
    assert await words(desk, told) is None


async def test_a_score_that_surprises_brings_conversations_to_mind(desk: Desk) -> None:
    await talk(desk, 1, "Fine.", on="2026-08-03")
    sides = (
        Counts(promoters=80, passives=10, detractors=10),
        Counts(promoters=10, passives=10, detractors=30),
    )
    async with desk.begin() as session:
        await people.grant(session, WORKSPACE, "U7", "editor", by="U0", now=NOW)
        for channel in ("C1", "C2"):
            await nps_movements.tell(
                session, WORKSPACE, channel, (("plan", "Pro"),), date(2026, 11, 15), sides, now=NOW
            )
    await rounds.look(desk, WORKSPACE)
    (told,) = await waiting(desk, "U7", NOBODY_ASKED)
    said = str(await words(desk, told))
    assert "NPS of Pro surprises, and nobody has asked these 50 why" in said
    assert "baker no. 1" in said
