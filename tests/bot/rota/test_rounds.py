"""Rounds, answers and what follows, against the functions: who is asked, who never is, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.desk import Desk
from bot.messages.rota import switched_off
from bot.rota import answering, joining
from bot.rota.rounds import hold_round
from storage import contacts_free, rota, rota_talks, workspace_settings
from storage.contacts import Became
from stories.errors import UserError
from stories.rota.hours import is_working
from stories.rota.people import Member
from stories.rota.talks import State, Step
from tests.blockkit import assert_valid
from tests.bot.rota.asking import ANA, again, due, invited, one_talk, rows, says, takes_back
from tests.bot.rota.conftest import LONDON, NIA, ask, joined
from tests.conftest import NOW, WORKSPACE, SetClock


async def test_a_round_is_held_once_a_day_and_asks_in_working_hours_alone(
    desk: Desk, clock: SetClock
) -> None:
    clock.moment = datetime(2026, 11, 14, 22, tzinfo=NOW.tzinfo)
    await ask(desk.database, now=clock.moment)
    await joined(desk.database, "UANA")
    assert [await hold_round(desk, WORKSPACE) for _time in range(2)] == [1, 0]
    await due(desk, clock)
    talk = await one_talk(desk.database)
    assert talk.state is State.INVITED
    assert is_working(LONDON, clock.moment)
    assert clock.moment.weekday() == 0, "not on the Saturday on which the round was held"
    assert "Would you talk with Nia Prothero" in await says(desk)
    assert NIA.reach not in str(await rows(desk.database, "SELECT * FROM customers, deliveries, contacts"))


async def test_nobody_is_asked_who_did_not_join_pauses_left_or_works_where_it_is_off(
    desk: Desk, clock: SetClock
) -> None:
    await ask(desk.database)
    async with desk.database.begin() as session:
        await rota.choose(session, WORKSPACE, Member(user_id="ULIST", party=LONDON))
        await rota.choose(
            session, WORKSPACE, Member(user_id="UPAUSE", party=LONDON, joined_at=NOW, paused_at=NOW)
        )
        await rota.choose(
            session, WORKSPACE, Member(user_id="ULEFT", party=LONDON, joined_at=NOW, left_at=NOW)
        )
    assert await hold_round(desk, WORKSPACE) == 0
    await joined(desk.database, "UANA")
    async with desk.database.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, {"rota": False}, by="UADMIN", now=NOW)
    clock.advance(timedelta(days=1))
    assert await hold_round(desk, WORKSPACE) == 0
    async with desk.database.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, {}, by="UADMIN", now=NOW)
    assert await hold_round(desk, WORKSPACE) == 1, "and on again, it is Ana's turn"


async def test_switched_off_for_all_whoever_agreed_keeps_their_talk_and_nothing_new_comes(
    desk: Desk, clock: SetClock
) -> None:
    ben = Member(user_id="UBEN", party=LONDON, joined_at=NOW, pairs=True)
    talk = await invited(desk, clock)
    async with desk.begin() as session:
        await rota.choose(session, WORKSPACE, ben)
        await rota_talks.change(session, WORKSPACE, talk.id, partner_id="UBEN")
        await workspace_settings.choose(session, WORKSPACE, {"rota": False}, by="UADMIN", now=NOW)
        with pytest.raises(UserError, match="switched off"):
            await answering.say_yes(session, WORKSPACE, talk, desk.now())
        await workspace_settings.choose(session, WORKSPACE, {}, by="UADMIN", now=NOW)
    async with desk.begin() as session:
        await answering.say_yes(session, WORKSPACE, replace(talk, partner_id=None), desk.now())
        await workspace_settings.choose(session, WORKSPACE, {"rota": False}, by="UADMIN", now=NOW)
    async with desk.begin() as session:
        later = (talk.starts_at or NOW) + timedelta(days=1)
        own = await again(session, talk)
        await answering.say_yes(session, WORKSPACE, own, desk.now(), at=later)
        assert await rota_talks.coming_along(session, WORKSPACE, talk.id) == (), "nobody new is asked along"
        kept = await joining.agreed(session, WORKSPACE, ANA)
    assert_valid(switched_off(kept), "message")
    assert "stays yours" in str(switched_off(kept))
    await due(desk, clock)
    assert "since you said yes" in await says(desk), "the reminder comes all the same, and says so"


async def test_a_customer_who_takes_it_back_is_called_off_at_once_everywhere(
    desk: Desk, clock: SetClock
) -> None:
    talk = await invited(desk, clock)
    async with desk.database.begin() as session:
        await answering.say_yes(session, WORKSPACE, talk, desk.now())
    assert "Before you talk with Nia Prothero" in await says(desk)
    assert talk.customer_id is not None
    await takes_back(desk, talk.customer_id)
    assert "Nia" not in await says(desk)
    assert await rows(desk.database, "SELECT state, next_at FROM rota_talks") == [("called_off", None)]
    assert await rows(desk.database, "SELECT id FROM drafts") == []
    again = replace(NIA, agreed_on=NOW.date())
    assert await ask(desk.database, again, now=desk.now()) is Became.SAID_NO, (
        "an older file asks nobody again"
    )
    never = replace(NIA, agreed_on=NOW.date() + timedelta(days=400))
    assert await ask(desk.database, never, now=desk.now()) is Became.SAID_NO, "nor one that cannot be true"
    async with desk.read() as session:
        assert await contacts_free.how_many(session, WORKSPACE, desk.now()) == (1, 0)


async def test_not_me_and_later_and_silence_leave_people_in_peace(desk: Desk, clock: SetClock) -> None:
    talk = await invited(desk, clock)
    async with desk.database.begin() as session:
        await answering.say_no(session, WORKSPACE, talk, desk.now())
    assert "Nobody is told" in await says(desk)
    assert "Nia" not in await says(desk)
    for days, matched in ((1, 0), (16, 0)):
        clock.advance(timedelta(days=days))
        assert await hold_round(desk, WORKSPACE) == matched, "never again with this customer"
    await ask(desk.database, replace(NIA, key="crm-8", name="Ada Byron", company="Engines"))
    clock.advance(timedelta(days=1))
    assert await hold_round(desk, WORKSPACE) == 1
    await due(desk, clock)
    async with desk.database.begin() as session:
        await answering.ask_later(session, WORKSPACE, await one_talk(desk.database), 4, desk.now())
    clock.advance(timedelta(weeks=3))
    assert await hold_round(desk, WORKSPACE) == 0
    clock.advance(timedelta(weeks=2))
    assert await hold_round(desk, WORKSPACE) == 1
    await due(desk, clock)
    await due(desk, clock)
    assert "This invitation has passed" in await says(desk)
    clock.advance(timedelta(weeks=2))
    assert await hold_round(desk, WORKSPACE) == 0


async def test_reminders_come_the_day_before_and_twice_after_and_end(desk: Desk, clock: SetClock) -> None:
    talk = await invited(desk, clock)
    async with desk.database.begin() as session:
        await answering.say_yes(session, WORKSPACE, talk, desk.now())
        await answering.say_yes(session, WORKSPACE, await again(session, talk), desk.now())
    assert len(await rows(desk.database, "SELECT id FROM drafts")) == 1, "said twice, it is begun once"
    for step in (Step.DAY_BEFORE, Step.WRITE_UP, Step.WRITE_UP_AGAIN):
        assert (await one_talk(desk.database)).step is step
        await due(desk, clock)
        assert is_working(LONDON, clock.moment)
    told = await rows(desk.database, "SELECT kind, slot_key FROM deliveries WHERE kind = 'rota_reminder'")
    assert [slot.partition(":")[0] for _, slot in told] == [
        "rota_day_before",
        "rota_write_up",
        "rota_write_up_again",
    ]
    await due(desk, clock)
    assert await rows(desk.database, "SELECT state FROM rota_talks") == [("done",)]
    async with desk.read() as session:
        assert await rota.conversations(session, WORKSPACE, "UANA") == 1
        assert await contacts_free.free(session, WORKSPACE, desk.now()) == (), "the customer rests"
