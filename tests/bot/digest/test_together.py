"""Channels that are served together hear what each would have heard by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention, digest, digests_together
from bot.attention_composers import COMPOSERS, Made
from bot.delivery.asking import consent_asked
from bot.messages.blocks import context
from bot.schedule import Rounds
from storage import attention as store
from storage import sending
from storage.attention import Unasked, Waiting
from stories.digest import DigestSettings
from tests.bot.digest.conftest import form, listens, ticks
from tests.bot.stories.conftest import House
from tests.conftest import WORKSPACE

TUESDAY = datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)
WANTED = {
    "C1": DigestSettings(how_many=3),
    "C2": DigestSettings(how_many=2, themes=frozenset({"Theme 4", "theme 1"})),
    "C3": DigestSettings(how_many=1, segments=frozenset({"nobody's"})),
    "C4": DigestSettings(segments=frozenset({"nobody's"}), retell=True),
}


async def _told(house: House, channel: str, story: int, at: datetime) -> None:
    async with house.desk.begin() as session:
        composed = await digest.gather(session, WORKSPACE, [(story, False)], at)
        assert composed is not None
        slot = digest.asked_slot("U1", f"{channel}{story}")
        await digest.plan(session, WORKSPACE, channel, composed, slot=slot, now=at, asked_by="U1")


async def test_decided_together_is_decided_alone(house: House) -> None:
    ids = [await house.story(form(number)) for number in range(6)]
    house.clock.moment = TUESDAY
    await _told(house, "C1", ids[5], TUESDAY - timedelta(hours=1))
    await _told(house, "C2", ids[4], TUESDAY - timedelta(hours=1))
    async with house.desk.begin() as session:
        await session.execute(text("UPDATE stories SET appreciation = 2 WHERE id = :id"), {"id": ids[0]})
        await session.execute(text("UPDATE consents SET valid_until='2026-11-17 00:00:00' WHERE id = 3"))
    async with house.desk.read() as session:
        together = await digests_together.decide(session, WORKSPACE, WANTED, TUESDAY)
        alone = {c: await digest.decide(session, WORKSPACE, c, w, TUESDAY) for c, w in WANTED.items()}
    assert together == {channel: choices for channel, choices in alone.items() if choices}
    assert {channel: len(choices) for channel, choices in together.items()} == {"C1": 3, "C2": 1}


async def test_what_a_channel_was_told_of_late_is_not_told_again_in_other_words(house: House) -> None:
    told, _again = await house.story(form(1)), await house.story(form(1, customer_id=1, title="Once more"))
    house.clock.moment = TUESDAY
    await _told(house, "C1", told, TUESDAY)
    wanted = {"C1": DigestSettings(), "C2": DigestSettings(how_many=1)}
    async with house.desk.read() as session:
        later = TUESDAY + timedelta(days=20)
        together = await digests_together.decide(session, WORKSPACE, wanted, later)
        alone = await digest.decide(session, WORKSPACE, "C1", wanted["C1"], later)
    assert together.get("C1", ()) == alone == ()
    assert len(together["C2"]) == 1, "another channel has not heard it"


async def test_one_tick_serves_all_and_what_waits_rides_along_in_its_own_channel(house: House) -> None:
    for number in range(3):
        await house.story(form(number))
    for name in ("pilot", "lobby"):
        await listens(house, name, how_many=2)
    pilot = await house.channel_id("pilot")
    house.clock.moment = TUESDAY
    about = {"by": "U1", "command": "/firsthand"}
    async with house.desk.begin() as session:
        what = Unasked(place=pilot, kind="avatar_line", slot_key="line:x", about=about | {"line": 404})
        await attention.offer(session, WORKSPACE, what, now=TUESDAY)
        await session.execute(text("UPDATE channels SET guests_allowed_by='U1'"))
    assert await ticks(house) == 2
    assert await house.rows("SELECT state, reason FROM unasked WHERE slot_key='line:x'") == [
        ("lapsed", "nothing_to_tell")
    ]
    seats = "SELECT count(DISTINCT channel_id), min(attention_seat), max(attention_seat) FROM deliveries"
    assert await house.rows(f"{seats} WHERE kind='digest'") == [(2, 1, 1)]
    assert await house.rows("SELECT count(*), count(DISTINCT story_id) FROM tellings") == [(4, 2)]
    assert await ticks(house) == 0


async def test_a_channel_that_spoils_the_common_transaction_is_served_alone(house: House) -> None:
    good, bad = await house.story(form(1)), await house.story(form(2, themes=("odd",)))
    await listens(house, "pilot", how_many=1, themes=frozenset({"theme 1"}))
    await listens(house, "lobby", how_many=1, themes=frozenset({"odd"}))
    async with house.desk.begin() as session:
        await session.execute(text("UPDATE channels SET guests_allowed_by='U1'"))
        sql = "UPDATE interviews SET how='telepathy' WHERE id=(SELECT interview_id FROM stories WHERE id=:id)"
        await session.execute(text(sql), {"id": bad})
    house.clock.moment = TUESDAY
    rounds = Rounds(house.desk)
    assert await rounds.serve() == 1
    assert await house.rows("SELECT story_id FROM tellings") == [(good,)]
    lobby = await house.channel_id("lobby")
    left = await house.rows(f"SELECT next_at FROM channels WHERE channel_id='{lobby}'")
    assert str(left[0][0]).startswith("2026-11-17"), "it is tried again later"


async def test_what_rode_along_is_asked_again_when_the_digest_goes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def plainly(_: AsyncSession, __: str, one: Waiting, ___: datetime) -> Made | None:
        return None if one.about.get("gone") else Made(payload={}, line=(context("An avatar's word."),))

    monkeypatch.setitem(COMPOSERS, "avatar_line", plainly)
    story = await house.story(form(1))
    await listens(house)
    pilot, house.clock.moment = await house.channel_id("pilot"), TUESDAY
    async with house.desk.begin() as session:
        what = Unasked(place=pilot, kind="avatar_line", slot_key="line:x", about={})
        rider = await attention.offer(session, WORKSPACE, what, now=TUESDAY)
        composed = await digest.gather(session, WORKSPACE, [(story, False)], TUESDAY)
        assert composed is not None
        slot = "digest:2026-11-17"
        planned = await digest.plan(session, WORKSPACE, pilot, composed, slot=slot, now=TUESDAY)
        assert planned is not None
        claimed = await sending.claim(session, WORKSPACE, "me", [planned])
        assert "An avatar's word." in str(claimed[0].payload)
        await store.widen(session, WORKSPACE, rider.id, {"gone": True})
        said = await consent_asked(house.desk)(session, claimed)
    assert "Story 1" in str(said[planned])
    assert "An avatar's word." not in str(said[planned])
