"""Seats, changes, calling off: who hears what, and what stands where once a customer takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot import publishing
from bot.desk import Desk
from bot.erasing.work import Worker, carry_on
from bot.stage import asking, notes, planning, recording, seating
from bot.stage.rounds import look
from storage import erasing, event_questions, events
from storage.database import Database
from storage.event_posts import event_in
from storage.holdings import About
from stories.consent import Purpose
from stories.errors import UserError
from stories.stage.events import Asked, Event, Place, State
from tests.bot.stage.conftest import again, agrees, customer, planned, rows
from tests.conftest import NOW, WORKSPACE, SetClock


async def said(database: Database, what: str) -> list[str]:
    """Who was told this kind of message, in the order in which they were."""
    sql = "SELECT channel_id, slot_key FROM deliveries WHERE kind = 'event' ORDER BY id"
    return [place for place, slot in await rows(database, sql) if event_in(slot)[1] == what]


async def everything(database: Database) -> str:
    """All that stands anywhere or waits to be said."""
    sql = "SELECT method, payload FROM deliveries WHERE state != 'cancelled' ORDER BY id"
    return str(await rows(database, sql))


async def come(database: Database, event: Event, *people: str, zone: str = "UTC") -> list[Place]:
    places = []
    for person in people:
        async with database.begin() as session:
            places.append(await seating.sign_up(session, WORKSPACE, event.id, person, zone=zone, now=NOW))
    return places


async def erase(desk: Desk, customer_id: int) -> None:
    """Erase a customer, when all that waited has been posted."""
    async with desk.begin() as session:
        await session.execute(text("UPDATE deliveries SET state = 'sent', slack_ts = id, posted_in = 'C'"))
        await erasing.begin(
            session,
            WORKSPACE,
            About.CUSTOMER,
            str(customer_id),
            needles=("Nia Prothero",),
            by="UADMIN",
            now=NOW,
        )
    await carry_on(Worker(database=desk.database, now=desk.now), WORKSPACE)


async def with_nia(database: Database, **changes: object) -> tuple[int, Event]:
    number = await customer(database)
    await agrees(database, number)
    return number, await planned(database, number, **changes)


async def test_two_seats_three_people_and_the_one_who_waits_moves_up(database: Database) -> None:
    _number, event = await with_nia(database, seats=2)
    assert await come(database, event, "U1", "U2", "U3", "U1") == [
        Place.GOING,
        Place.GOING,
        Place.WAITING,
        Place.GOING,
    ]
    assert await said(database, "ticket") == ["U1", "U2", "U3"]
    async with database.begin() as session:
        assert await seating.step_back(session, WORKSPACE, event.id, "U1", now=NOW)
        assert not await seating.step_back(session, WORKSPACE, event.id, "U1", now=NOW)
    assert await said(database, "up") == ["U3"]
    assert await rows(database, "SELECT user_id, place, step FROM event_seats ORDER BY user_id") == [
        ("U1", "left", None),
        ("U2", "going", "day"),
        ("U3", "going", "day"),
    ]
    assert await come(database, event, "U1") == [Place.WAITING], "at the end of the queue again"


async def test_a_new_room_is_told_and_a_new_title_is_not(desk: Desk) -> None:
    database = desk.database
    _number, event = await with_nia(database)
    await come(database, event, "U1")
    async with database.begin() as session:
        renamed = replace(event, title="Another title")
        event = await planning.change(session, WORKSPACE, event, renamed, by="UHOST", now=NOW)
    await look(desk, WORKSPACE)
    assert (event.sequence, await said(database, "moved")) == (0, [])
    async with database.begin() as session:
        event = await planning.change(
            session, WORKSPACE, event, replace(event, place="Room 4"), by="UHOST", now=NOW
        )
    await come(database, event, "U2")
    await look(desk, WORKSPACE)
    assert (event.sequence, await said(database, "moved")) == (1, ["U1", "U2"])
    await look(desk, WORKSPACE)
    assert (await again(database, event.id)).told == 1
    assert "An hour with Nia" not in await everything(database), "the announcement follows at once"
    past = replace(event, when=replace(event.when, wall=event.when.wall - timedelta(days=9)))
    async with database.begin() as session:
        with pytest.raises(UserError, match="has passed"):
            await planning.change(session, WORKSPACE, event, past, by="UHOST", now=NOW)


async def test_a_channel_that_is_left_out_loses_it_and_has_it_anew_later(database: Database) -> None:
    _number, event = await with_nia(database)
    async with database.begin() as session:
        elsewhere = replace(event, channels=("C0OTHER",))
        there = await planning.change(session, WORKSPACE, event, elsewhere, by="UHOST", now=NOW)
        back = replace(there, channels=("C0PILOT", "C0OTHER"))
        later = NOW + timedelta(minutes=5)
        await planning.change(session, WORKSPACE, there, back, by="UHOST", now=later)
    standing = "SELECT channel_id FROM deliveries WHERE kind = 'event' AND state = 'pending' ORDER BY id"
    assert await rows(database, standing) == [("C0OTHER",), ("C0PILOT",)]


async def test_called_off_everybody_who_signed_up_hears_and_nobody_is_reminded(desk: Desk) -> None:
    database = desk.database
    _number, event = await with_nia(database, seats=1)
    await come(database, event, "U1", "U2")
    async with database.begin() as session:
        await planning.call_off(session, WORKSPACE, event, by="UHOST", now=NOW)
    await look(desk, WORKSPACE)
    assert await said(database, "off") == ["U1", "U2"]
    assert "Called off:" in await everything(database)
    assert await rows(database, "SELECT count(*) FROM event_seats WHERE next_at IS NOT NULL") == [(0,)]
    with pytest.raises(UserError, match="off or over"):
        await come(database, event, "U3")


async def test_a_rule_of_the_zone_that_changes_moves_the_instant_and_not_the_clock(
    desk: Desk, clock: SetClock
) -> None:
    """As if it had been announced under rules by which it began an hour earlier elsewhere."""
    database = desk.database
    _number, event = await with_nia(database)
    await come(database, event, "U1")
    async with database.begin() as session:
        await session.execute(text("UPDATE events SET starts_at = '2026-11-20 14:00:00.000000'"))
    await look(desk, WORKSPACE)
    assert await said(database, "moved") == ["U1"]
    assert (await again(database, event.id)).sequence == 1
    clock.moment = NOW + timedelta(minutes=1)
    assert await look(desk, WORKSPACE) == 0, "reckoned once"


async def test_taken_back_it_is_off_and_nothing_says_who_or_what_it_was(desk: Desk) -> None:
    database = desk.database
    number, event = await with_nia(database)
    await come(database, event, "U1", "UHOST")
    await agrees(database, number, granted=False, at=NOW + timedelta(hours=1))
    async with database.begin() as session:
        later = NOW + timedelta(hours=1)
        await publishing.follow_customer(session, WORKSPACE, number, but=0, now=later)
    assert (await again(database, event.id)).state is State.GONE
    await look(desk, WORKSPACE)
    assert sorted(await said(database, "off")) == ["U1", "UHOST"]
    standing = await everything(database)
    assert "Nia" not in standing
    assert "talk that was to be on" in standing


async def test_one_that_was_called_off_before_says_nothing_of_them_once_they_are_erased(desk: Desk) -> None:
    database = desk.database
    number, event = await with_nia(database)
    await come(database, event, "U1")
    async with database.begin() as session:
        await planning.call_off(session, WORKSPACE, event, by="UHOST", now=NOW)
    await look(desk, WORKSPACE)
    assert "An hour with Nia" in await everything(database)
    await erase(desk, number)
    assert "Nia" not in await everything(database)


async def test_erased_they_are_gone_and_those_who_signed_up_know_that_it_is_off(desk: Desk) -> None:
    database = desk.database
    number, event = await with_nia(database)
    await come(database, event, "U1")
    async with database.begin() as session:
        await asking.ask(session, WORKSPACE, event.id, "U1", "Why, Nia?", anonymous=True, now=NOW)
    await erase(desk, number)
    for table in ("events", "event_seats", "event_questions", "event_drafts"):
        assert await rows(database, f"SELECT count(*) FROM {table}") == [(0,)]
    assert sorted(await said(database, "off")) == ["U1", "UHOST"]
    assert "Nia" not in await everything(database)
    assert ("chat.delete",) in await rows(database, "SELECT method FROM deliveries")


async def test_a_recording_is_shown_while_they_agree_to_it_and_their_name_stays(database: Database) -> None:
    number, event = await with_nia(database, state=State.PLANNED)
    async with database.begin() as session:
        with pytest.raises(UserError, match="begins with https"):
            await recording.show(
                session, WORKSPACE, event, "ftp://x", agreed=True, words="", by="UHOST", now=NOW
            )
        await events.save(session, WORKSPACE, replace(event, state=State.OVER, next_at=None))
        over = replace(event, state=State.OVER, next_at=None)
        link = "https://watch.example/nia"
        await recording.show(session, WORKSPACE, over, link, agreed=True, words="", by="UHOST", now=NOW)
    assert "watch.example" in await everything(database)
    await agrees(database, number, Purpose.RECORDED, granted=False, at=NOW + timedelta(hours=1))
    async with database.begin() as session:
        later = NOW + timedelta(hours=1)
        await publishing.follow_customer(session, WORKSPACE, number, but=0, now=later)
    standing = await everything(database)
    assert "watch.example" not in standing
    assert "An hour with Nia" in standing


async def test_questions_are_shown_once_the_host_has_seen_them_and_voted_on_once(database: Database) -> None:
    _number, event = await with_nia(database)
    async with database.begin() as session:
        asked = await asking.ask(session, WORKSPACE, event.id, "U1", "Why?", anonymous=True, now=NOW)
        assert asked is Asked.WAITING
        with pytest.raises(UserError, match="not shown"):
            await asking.vote(session, WORKSPACE, 1, "U2", NOW)
        with pytest.raises(UserError, match="Only the host"):
            await asking.settle(session, WORKSPACE, 1, "U1", Asked.SHOWN, NOW)
        await asking.settle(session, WORKSPACE, 1, "UHOST", Asked.SHOWN, NOW)
        for voter in ("U2", "U3", "U2"):
            await asking.vote(session, WORKSPACE, 1, voter, NOW)
        (only,) = await event_questions.of_event(session, WORKSPACE, event.id)
        assert only.votes == 1
        with pytest.raises(UserError, match="write your question"):
            await asking.ask(session, WORKSPACE, event.id, "U1", " … ", anonymous=False, now=NOW)
    assert await said(database, notes.QUESTIONS) == ["UHOST"], "told once, however many come"
