"""Movements of NPS: told once a channel, put right when they were a blip, silent where comments are."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import text

from bot import attention
from bot.desk import Desk
from bot.messages import nps_movement
from bot.messages.nps_follow import choices_of, followed, saved, stopped, view
from bot.nps.movements import KIND, gathered, movement_slot
from bot.nps.watching import next_look, watch
from bot.search_gleaning import glean
from storage import attention as waiting
from storage import channels, nps_follows, nps_movements, posted, themes
from storage.attention import Unasked
from storage.nps_answers import Answer
from storage.nps_follows import Follow
from storage.themes import NewTheme
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.schedule import DigestTimes
from tests.blockkit import assert_valid
from tests.bot.nps.asking.conftest import Company
from tests.conftest import NOW, WORKSPACE

CHANNEL = "C1"
LONDON = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London", country="GB")
LAST_SUNDAY = date(2026, 11, 15)
ENTERPRISE = (("plan", "Enterprise"),)


def weeks(number: int, *, drop_from: int = 999, back_from: int = 999, seed: int = 3) -> list[Answer]:
    """Forty answers a week up to the Sunday before NOW; Enterprise falls at a week, and may come back."""
    chance = random.Random(seed)
    monday = datetime.combine(LAST_SUNDAY, time(12), UTC) - timedelta(weeks=number, days=-1)
    found = []
    for week in range(number):
        fallen = drop_from <= week < back_from
        for one in range(80):
            plan = ("Enterprise", "SMB")[one % 2]
            low = fallen and plan == "Enterprise"
            score = chance.choices([10, 8, 3], [20, 30, 50] if low else [60, 25, 15])[0]
            comment = "The invoices are late again" if low and score == 3 else f"Fine, number {one}"
            found.append(
                Answer(
                    key=f"w{week}-{one}",
                    score=score,
                    at=monday + timedelta(weeks=week, hours=one),
                    comment=comment,
                    properties={"plan": plan},
                    person_key=f"p{week}-{one}",
                )
            )
    return found


async def following(company: Company, **more: Any) -> None:
    """Have a channel that hears digests hear of every segment too."""
    channel = ChannelSettings(
        channel_id=CHANNEL, set_up_by="U9", times=LONDON, digest=DigestSettings(how_many=1)
    )
    follow = Follow(channel_id=CHANNEL, asked_by="U9", asked_at=NOW - timedelta(days=200), **more)
    async with company.database.begin() as session:
        await channels.save(session, WORKSPACE, channel, now=NOW)
        await nps_follows.follow(session, WORKSPACE, follow)


async def offered(company: Company) -> list[waiting.Waiting]:
    async with company.database.read() as session:
        return list(await waiting.waiting_for(session, WORKSPACE, CHANNEL))


async def post_all(company: Company, now: datetime) -> list[dict[str, Any]]:
    """Have all that waits go, and read what stands in the channel."""
    async with company.database.begin() as session:
        channel = await channels.get(session, WORKSPACE, CHANNEL)
        assert channel is not None
        hours = replace(attention.hours_of(channel, now), most=20)
        await attention.settle(session, WORKSPACE, CHANNEL, hours, now)
    return await standing(company)


async def standing(company: Company) -> list[dict[str, Any]]:
    async with company.database.read() as session:
        told = await nps_movements.movements(session, WORKSPACE, CHANNEL, date.min)
        found = [
            await posted.decided(session, WORKSPACE, CHANNEL, KIND, movement_slot(one.id)) for one in told
        ]
        said = [await posted.says(session, WORKSPACE, one.id) for one in found if one]
    return [one for one in said if one]


def words(payloads: Sequence[dict[str, Any]]) -> str:
    return json.dumps(payloads, ensure_ascii=False)


async def name_a_theme(desk: Desk, called: str, about: str) -> None:
    """Have people's name for what comments with this word are about."""
    await glean(desk, WORKSPACE)
    async with desk.begin() as session:
        rows = (await session.execute(text("SELECT id, words FROM search_texts"))).all()
        ids = tuple(row.id for row in rows if about in row.words)
        new = NewTheme(name=about, described=b"", text_ids=ids)
        theme = await themes.add_proposal(session, WORKSPACE, "none", new, now=NOW)
        await themes.name(session, WORKSPACE, theme, called=called, sentence=".", described=b"", by="U1")


async def test_a_real_drop_is_told_once_with_all_that_helps(
    empty: Company, desk: Desk, tuesday: datetime
) -> None:
    await empty.take(weeks(20, drop_from=15))
    await empty.share_comments()
    await following(empty)
    assert await watch(desk, WORKSPACE) > 0
    first = await offered(empty)
    assert await watch(desk, WORKSPACE) == 0, "the week has been looked at"
    async with desk.begin() as session:
        await nps_follows.looked(session, WORKSPACE, tuesday)
    await watch(desk, WORKSPACE)
    assert [one.id for one in await offered(empty)] == [one.id for one in first]
    said = await post_all(empty, tuesday)
    told = next(one for one in said if "NPS of Enterprise fell" in one["text"])
    assert_valid(told, "message")
    for part in ("Promoters", "invoices", "The invoices are late again", "Worth asking", "/firsthand nps"):
        assert part in words([told]), part
    assert not any("NPS of SMB" in one["text"] for one in said)
    await name_a_theme(desk, "Late invoices", "invoices")
    async with desk.read() as session:
        known = await nps_movements.movements(session, WORKSPACE, CHANNEL, date.min)
        fallen = next(one for one in known if one.cell == ENTERPRISE)
        moved = await gathered(session, WORKSPACE, fallen.id)
    assert moved is not None
    assert [(one.word, one.theme) for one in moved.grown] == [("Late invoices", True)]
    again = nps_movement.post(moved, "/firsthand nps")
    assert_valid(again, "message")
    assert "More comments than before are about “Late invoices”" in words([again])


async def test_nothing_is_told_where_nothing_moved(empty: Company, desk: Desk, tuesday: datetime) -> None:
    await empty.take(weeks(20))
    await following(empty)
    assert await watch(desk, WORKSPACE) == 0
    assert await offered(empty) == []
    assert tuesday < next_look(tuesday, "UTC") == datetime(2026, 11, 24, 6, tzinfo=UTC)


async def test_a_channel_that_follows_nothing_any_more_is_told_nothing(
    empty: Company, desk: Desk, tuesday: datetime
) -> None:
    await empty.take(weeks(20, drop_from=15))
    await following(empty)
    await watch(desk, WORKSPACE)
    async with empty.database.begin() as session:
        await nps_follows.unfollow(session, WORKSPACE, CHANNEL)
    assert await post_all(empty, tuesday) == []


async def test_a_quiet_quarter_gets_one_line_where_it_is_wanted(
    empty: Company, desk: Desk, tuesday: datetime
) -> None:
    await empty.take(weeks(20))
    await following(empty, quiet_line=True)
    await watch(desk, WORKSPACE)
    async with desk.begin() as session:
        await nps_follows.looked(session, WORKSPACE, tuesday)
    await watch(desk, WORKSPACE)
    (one,) = await offered(empty)
    async with desk.read() as session:
        made = await attention.made_now(session, WORKSPACE, one, tuesday)
    assert made is not None
    assert "NPS was quiet from 1 July 2026 to 30 September 2026" in made.payload["text"]
    assert_valid(made.payload, "message")


async def test_small_groups_never_move(empty: Company, desk: Desk, tuesday: datetime) -> None:
    few = [answer for answer in weeks(20, drop_from=15) if int(answer.key.rpartition("-")[2]) < 2]
    many = [replace(answer, key=f"m{answer.key}", properties={}) for answer in weeks(20)]
    await empty.take([*few, *many])
    await following(empty, sensitivity="lenient")
    await watch(desk, WORKSPACE)
    async with empty.database.read() as session:
        told = await nps_movements.movements(session, WORKSPACE, CHANNEL, date.min)
    assert all(one.after.n >= 5 and one.before.n >= 5 for one in told)


def test_the_modal_says_how_often_it_is_wrong() -> None:
    known = Follow(channel_id=CHANNEL, cells=((), ENTERPRISE), asked_by="U9", asked_at=NOW, quiet_line=True)
    shown = view(CHANNEL, known, (), [(("plan", "Enterprise"),), (("plan", "SMB"),)])
    assert_valid(shown, "modal")
    for said in ("Strict: about 1 false alarm a year", "Normal: about 3 false", "Lenient: about 6 false"):
        assert said in words([shown])
    choices = choices_of([ENTERPRISE])
    assert followed({"segments": ["plan=Enterprise", "everybody"]}, choices) == ((ENTERPRISE, ()), False)
    assert "Enterprise" in saved(known, "/firsthand nps")
    assert "no movements" in stopped("/firsthand nps")


async def test_an_offer_names_ids_and_no_words(empty: Company, desk: Desk, tuesday: datetime) -> None:
    await empty.take(weeks(20, drop_from=15))
    await following(empty)
    await watch(desk, WORKSPACE)
    for one in await offered(empty):
        assert isinstance(one, Unasked)
        assert set(one.about) == {"movement", "command"}
        assert tuesday >= one.since
