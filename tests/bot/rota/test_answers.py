"""What follows an answer: missed, paused, left, taken along; what the guide tells; who was erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import publishing
from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.work import Worker, carry_on
from bot.rota import answering, joining
from bot.rota.about import about
from bot.rota.guide import gather
from bot.rota.rounds import hold_round
from storage import interviews, rota, rota_talks
from storage.contacts import Became
from storage.database import Database
from storage.holdings import About
from stories.errors import UserError
from stories.forms import Form
from stories.rota.talks import Kind, State
from tests.bot.erasing.conftest import slack_takes
from tests.bot.rota.asking import ANA, again, due, invited, one_talk, rows, says
from tests.bot.rota.conftest import NIA, ask, joined
from tests.conftest import NOW, WORKSPACE, SetClock


async def test_a_talk_that_was_missed_leaves_nothing_to_write_up(desk: Desk, clock: SetClock) -> None:
    talk = await invited(desk, clock)
    async with desk.database.begin() as session:
        yes = await answering.say_yes(session, WORKSPACE, talk, desk.now())
        await answering.missed(session, WORKSPACE, yes, desk.now())
    assert await rows(desk.database, "SELECT id FROM drafts") == []
    assert "These things happen" in await says(desk)
    async with desk.read() as session:
        assert await rota.conversations(session, WORKSPACE, "UANA") == 0


async def test_who_pauses_keeps_what_was_agreed_and_who_leaves_is_not_askedagain(
    desk: Desk, clock: SetClock
) -> None:
    talk = await invited(desk, clock)
    async with desk.database.begin() as session:
        await joining.pause(session, WORKSPACE, ANA, desk.now())
    assert "You are pausing" in await says(desk)
    assert await rows(desk.database, "SELECT state FROM rota_talks") == [("paused",)]
    async with desk.database.begin() as session:
        await joining.resume(session, WORKSPACE, ANA)
    clock.advance(timedelta(days=1))
    assert await hold_round(desk, WORKSPACE) == 1
    await due(desk, clock)
    async with desk.database.begin() as session:
        await answering.say_yes(session, WORKSPACE, await one_talk(desk.database), desk.now())
        await joining.pause(session, WORKSPACE, ANA, desk.now())
    assert (await one_talk(desk.database)).state is State.ACCEPTED
    async with desk.database.begin() as session:
        await joining.leave(session, WORKSPACE, ANA, desk.now())
    clock.advance(timedelta(days=200))
    assert await hold_round(desk, WORKSPACE) == 0
    assert talk.customer_id is not None


async def test_who_left_the_company_is_asked_nothing_more(desk: Desk, clock: SetClock) -> None:
    await ask(desk.database)
    await joined(desk.database, "UANA")
    await hold_round(desk, WORKSPACE)
    await due(desk, clock, colleague=None)
    assert await rows(desk.database, "SELECT state FROM rota_talks") == [("called_off",)]
    assert await rows(desk.database, "SELECT left_at IS NOT NULL FROM rota_people") == [(1,)]
    assert await rows(desk.database, "SELECT id FROM deliveries") == []


async def test_a_newcomer_is_taken_along_once_the_old_hand_said_yes(desk: Desk, clock: SetClock) -> None:
    await joined(desk.database, "UNEW", pairs=True)
    async with desk.database.begin() as session:
        for number in range(3):
            had = rota_talks.NewTalk(
                user_id="UANA",
                kind=Kind.HELPING,
                state=State.DONE,
                on_day=NOW.date() - timedelta(days=60 + number),
            )
            await rota_talks.begin(session, WORKSPACE, had, now=NOW)
    talk = await invited(desk, clock, pairs=True)
    assert talk.partner_id == "UNEW"
    assert "would like to come along" in await says(desk)
    async with desk.database.begin() as session:
        await answering.say_yes(session, WORKSPACE, talk, desk.now())
    kinds = await rows(
        desk.database, "SELECT user_id, kind, state FROM rota_talks WHERE state != 'done' ORDER BY id"
    )
    assert kinds == [("UANA", "talk", "accepted"), ("UNEW", "listening", "matched")]
    async with desk.database.begin() as session:
        await answering.missed(session, WORKSPACE, await again(session, talk), desk.now())
    assert ("UNEW", "called_off") in await rows(desk.database, "SELECT user_id, state FROM rota_talks")


async def test_another_ones_invitation_and_a_time_gone_by_are_refused(desk: Desk, clock: SetClock) -> None:
    talk = await invited(desk, clock)
    async with desk.database.begin() as session:
        with pytest.raises(UserError, match="not here"):
            await answering.own_talk(session, WORKSPACE, talk.id, "UBEN")
        with pytest.raises(UserError, match="passed"):
            await answering.say_yes(session, WORKSPACE, talk, desk.now(), at=NOW - timedelta(days=1))


FORM = Form(
    name=NIA.name,
    alias="the nurse from Cardiff",
    company=NIA.company,
    segment=NIA.segment,
    talked_on="2026-03-12",
    how="call",
    title="Paper on every ward",
    trying_to="Get forms done.",
    happened="She printed them.",
    quotes=("Paper never asks me to log in.",),
    sharing="without_name",
    promise="Send her the new form",
)


@pytest.mark.parametrize(
    ("sharing", "author", "seen"),
    [
        ("without_name", "UBEN", False),
        ("with_name", "UBEN", True),
        ("without_name", "UANA", True),
        ("not_shared", "UBEN", False),
    ],
)
async def test_the_guide_tells_what_was_shared_with_a_name_and_ones_own_talks(
    desk: Desk, clock: SetClock, sharing: str, author: str, seen: bool
) -> None:
    form = replace(FORM, sharing=sharing)
    async with desk.database.begin() as session:
        story = await interviews.store(session, WORKSPACE, form, source_key="one", author_id=author, now=NOW)
        if sharing != "not_shared":
            await publishing.publish(session, WORKSPACE, story, by=author, now=NOW)
    talk = await invited(desk, clock)
    async with desk.read() as session:
        shown, known = await about(session, WORKSPACE, talk)
        assert known is not None
        guide, stories, subjects = await gather(session, WORKSPACE, shown, known, desk.now())
    assert bool(guide.earlier) is seen
    assert bool(guide.promises) is seen
    assert guide.kept == (0 if seen else 1)
    assert bool(stories) is seen
    assert len(guide.questions) == 3
    assert {subject.customer_id for subject in subjects} == {talk.customer_id}


async def test_an_erased_customer_is_in_no_message_and_comes_back_with_no_file(
    database: Database, desk: Desk, clock: SetClock
) -> None:
    talk = await invited(desk, clock)
    async with desk.database.begin() as session:
        await answering.say_yes(session, WORKSPACE, talk, desk.now())
        whom = await asking.subject(session, WORKSPACE, About.CUSTOMER, str(talk.customer_id))
        await asking.begin(session, WORKSPACE, whom, by="UPRIVACY", now=desk.now())
    worker = Worker(database=database, now=clock.now)
    for _turn in range(3):
        await slack_takes(database)
        await carry_on(worker, WORKSPACE)
    assert "Nia" not in await says(desk)
    assert await rows(desk.database, "SELECT count(*) FROM contacts") == [(0,)]
    assert await rows(desk.database, "SELECT count(*) FROM rota_talks") == [(0,)]
    assert await ask(desk.database, now=desk.now()) is Became.ERASED
