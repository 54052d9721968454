"""Movements that were told and turned out otherwise: put right where they stand, silent where asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import attention_digest
from bot.attention import made_now
from bot.desk import Desk
from bot.messages.digest import digest_post
from bot.nps.watching import watch
from storage import attention, deliveries, posted
from storage.deliveries import Post, Seat
from tests.blockkit import assert_valid
from tests.bot.nps.asking.conftest import Company
from tests.bot.nps.asking.test_watching import (
    CHANNEL,
    ENTERPRISE,
    following,
    post_all,
    standing,
    weeks,
    words,
)
from tests.conftest import WORKSPACE, SetClock


async def test_a_blip_is_put_right_in_its_post(
    empty: Company, desk: Desk, clock: SetClock, tuesday: datetime
) -> None:
    await empty.take(weeks(20, drop_from=15, back_from=20))
    await following(empty, cells=(ENTERPRISE,), every_segment=False)
    assert await watch(desk, WORKSPACE) == 1
    before = await post_all(empty, tuesday)
    later = [
        replace(answer, key=f"later-{answer.key}", at=answer.at + timedelta(weeks=9)) for answer in weeks(9)
    ]
    await empty.take(later)
    clock.advance(timedelta(weeks=9))
    await watch(desk, WORKSPACE)
    after = await standing(empty)
    assert "it was a blip" in words(after)
    assert "Looking back" in words(after)
    assert after != before
    assert_valid(after[0], "message")


async def test_a_blip_is_put_right_in_a_digest_that_took_it_along_before_it_went_alone(
    empty: Company, desk: Desk, clock: SetClock, tuesday: datetime
) -> None:
    await empty.take(weeks(20, drop_from=15, back_from=20))
    await following(empty, cells=(ENTERPRISE,), every_segment=False)
    await watch(desk, WORKSPACE)
    async with desk.begin() as session:
        assert await attention_digest.board(session, WORKSPACE, CHANNEL, "digest:now", tuesday) is None, (
            "alone"
        )
        (waits,) = await attention.waiting_for(session, WORKSPACE, CHANNEL)
        made = await made_now(session, WORKSPACE, waits, tuesday)
        assert made is not None
        payload = digest_post([], first=attention_digest.leading([(waits, made)]))
        assert payload is not None
        post = Post(channel_id=CHANNEL, kind="digest", slot_key="digest:today", payload=payload)
        planned = await deliveries.plan(
            session, WORKSPACE, post, now=tuesday, seat=Seat(window="day", number=1)
        )
        assert planned is not None
        await attention_digest.ride_along(session, WORKSPACE, [(waits, made)], planned)
    later = [
        replace(answer, key=f"later-{answer.key}", at=answer.at + timedelta(weeks=9)) for answer in weeks(9)
    ]
    await empty.take(later)
    clock.advance(timedelta(weeks=9))
    await watch(desk, WORKSPACE)
    async with desk.read() as session:
        says = await posted.says(session, WORKSPACE, planned)
    assert "NPS of Enterprise fell" in words([payload])
    assert says is not None
    assert "it was a blip" in words([says])
    assert_valid(says, "message")


async def test_comments_leave_a_post_as_soon_as_they_may_not_be_shown(
    empty: Company, desk: Desk, tuesday: datetime
) -> None:
    await empty.take(weeks(20, drop_from=15))
    await empty.share_comments()
    await following(empty, cells=(ENTERPRISE,), every_segment=False)
    await watch(desk, WORKSPACE)
    assert "late again" in words(await post_all(empty, tuesday))
    await empty.share_comments(shared=False)
    await watch(desk, WORKSPACE)
    assert "late again" not in words(await standing(empty))
