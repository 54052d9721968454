"""The gate: nothing unasked gets past it, and what it holds back goes later, rides along or is left out."""

from __future__ import annotations

import ast
import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import attention, attention_digest, digest
from bot.attention_composers import COMPOSERS
from bot.digest import Digest
from bot.messages.digest import Entry
from storage import attention as store
from storage import deliveries
from storage.attention import Unasked, Waiting
from storage.database import Database
from storage.deliveries import Post, Seat, Uninvited
from storage.tables_posts import DeliveryRow
from stories.attention import DIGEST, UNASKED, Reason
from stories.attention_hours import person_hours
from tests.bot.attention.conftest import listening
from tests.conftest import NOW, WORKSPACE

ROOT = Path(__file__).parents[3]
STORY = Digest(entries=(Entry(telling=None, hidden=True),), stories=())


async def offered(
    database: Database, place: str, kind: str, slot: str = "1", *, zone: str | None = "UTC", **about: object
) -> Waiting:
    what = Unasked(place=place, kind=kind, slot_key=slot, about=about)
    async with database.begin() as session:
        return await attention.offer(session, WORKSPACE, what, now=NOW, zone=zone)


async def became(database: Database, one: Waiting) -> tuple[str, str | None]:
    async with database.read() as session:
        now = await store.offered(session, WORKSPACE, one)
    assert now is not None
    return now.state, now.reason


async def posts(database: Database) -> list[DeliveryRow]:
    async with database.read() as session:
        return list((await session.execute(select(DeliveryRow).order_by(DeliveryRow.id))).scalars())


async def digest_at(database: Database, slot: str = "digest:2026-11-16") -> int | None:
    async with database.begin() as session:
        return await digest.plan(session, WORKSPACE, "C1", STORY, slot=slot, now=NOW)


@pytest.mark.parametrize("kind", sorted(UNASKED))
async def test_no_unasked_kind_gets_into_the_outbox_without_a_place(database: Database, kind: str) -> None:
    post = Post(channel_id="U1", kind=kind, slot_key="x", payload={"text": "x"})
    async with database.begin() as session:
        with pytest.raises(Uninvited, match=r"bot\.attention"):
            await deliveries.plan(session, WORKSPACE, post, now=NOW)
    assert await posts(database) == []


async def test_a_kind_that_nobody_registered_is_refused(database: Database) -> None:
    post = Post(channel_id="C1", kind="advert", slot_key="x", payload={"text": "x"})
    async with database.begin() as session:
        with pytest.raises(Uninvited, match=r"stories\.attention"):
            await deliveries.plan(session, WORKSPACE, post, now=NOW)
    with pytest.raises(Uninvited):
        await offered(database, "C1", "advert")


def test_places_are_given_by_the_gate_alone() -> None:
    """Whoever plans with a seat of their own would be past the budget."""
    givers = set()
    for file in (ROOT / "bot").rglob("*.py"):
        if "Seat(" not in file.read_text("utf-8"):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Seat"
            if named:
                givers.add(str(file.relative_to(ROOT)))
    assert givers == {"bot/attention.py"}


async def test_the_fourth_private_message_of_a_week_waits_for_monday(database: Database) -> None:
    kinds = ("came_of_it", "acting", "stopped", "reminder")
    offers = [await offered(database, "U1", kind) for kind in kinds]
    assert [(await became(database, one))[0] for one in offers] == ["planned", "planned", "planned", "lapsed"]
    waits = await offered(database, "U1", "stopped", "2")
    assert (waits.state, waits.reason) == ("waiting", Reason.FULL)
    assert waits.next_at == person_hours("UTC", NOW).next_opens
    async with database.begin() as session:
        monday = NOW + timedelta(days=7)
        hours = person_hours("UTC", monday)
        assert await attention.settle(session, WORKSPACE, "U1", hours, monday) == 1
    assert await became(database, waits) == ("planned", Reason.ROOM)


async def test_a_slot_is_offered_once(database: Database) -> None:
    first = await offered(database, "U1", "stopped")
    again = await offered(database, "U1", "stopped")
    assert (first.id, len(await posts(database))) == (again.id, 1)


async def test_without_a_time_zone_a_message_waits_for_the_next_round(database: Database) -> None:
    waits = await offered(database, "U1", "stopped", zone=None)
    assert waits.state == "waiting"
    async with database.read() as session:
        assert await store.due(session, WORKSPACE, NOW) == ("U1",)


async def test_what_has_nothing_to_tell_any_more_leaves_its_place_to_the_next(database: Database) -> None:
    gone = await offered(database, "U1", "stopped", "1", zone=None, gone=True)
    waits = await offered(database, "U1", "letter", "2", zone=None)
    async with database.begin() as session:
        assert await attention.settle(session, WORKSPACE, "U1", person_hours("UTC", NOW), NOW) == 1
    assert await became(database, gone) == ("lapsed", Reason.NOTHING_TO_TELL)
    assert (await became(database, waits))[0] == "planned"
    assert [post.attention_seat for post in await posts(database)] == [1]


async def test_a_movement_rides_along_in_the_digest_and_follows_what_may_be_said(database: Database) -> None:
    await listening(database, "C1")
    rider, line = [await offered(database, "C1", kind) for kind in ("nps_movement", "avatar_line")]
    planned = await digest_at(database)
    assert planned is not None
    assert await became(database, rider) == ("merged", Reason.WITH_ANOTHER)
    (post,) = await posts(database)
    said = str(post.payload["blocks"])
    order = ("nps_movement 1", "Straight from a customer", "avatar_line 1")
    assert sorted(order, key=said.index) == list(order), "what outranks the digest stands on top of it"
    assert (post.attention_window, post.attention_seat) == ("day:2026-11-16", 1)
    async with database.begin() as session:
        await store.widen(session, WORKSPACE, rider.id, {"gone": True})
        await store.widen(session, WORKSPACE, line.id, {"gone": True})
        assert await attention_digest.riders_of(session, WORKSPACE, planned, NOW) == ()


async def test_what_belongs_beside_no_story_of_a_digest_has_a_day_of_its_own(database: Database) -> None:
    await listening(database, "C1")
    line = await offered(database, "C1", "avatar_line", alone=True)
    planned = await digest_at(database)
    assert planned is not None
    async with database.read() as session:
        assert await attention_digest.riders_of(session, WORKSPACE, planned, NOW) == ()
    assert (await became(database, line))[0] == "waiting"
    await offered(database, "C1", "nps_movement", alone=True)
    assert await digest_at(database, "digest:2026-11-17") is None, "the movement goes first"


async def test_a_digest_gives_way_to_what_outranks_it_unless_that_has_nothing_to_tell(
    database: Database,
) -> None:
    await listening(database, "C1")
    empty = await offered(database, "C1", "episode", gone=True)
    assert await digest_at(database)
    assert await became(database, empty) == ("lapsed", Reason.NOTHING_TO_TELL)
    await offered(database, "C1", "episode", "2")
    assert await digest_at(database, "digest:2026-11-17") is None


async def test_a_digest_on_a_day_that_is_given_away_is_left_out_with_its_reason(database: Database) -> None:
    await listening(database, "C1")
    async with database.begin() as session:
        post = Post(channel_id="C1", kind="avatar_line", slot_key="x", payload={"text": "x"})
        seat = Seat(window="day:2026-11-16", number=1)
        assert await deliveries.plan(session, WORKSPACE, post, now=NOW, seat=seat)
    assert await digest_at(database) is None
    async with database.read() as session:
        slot = Unasked(place="C1", kind=DIGEST, slot_key="digest:2026-11-16", about={})
        left = await store.offered(session, WORKSPACE, slot)
    assert left is not None
    assert (left.state, left.reason) == ("lapsed", Reason.FULL)


async def test_a_digest_that_somebody_asks_for_is_free(database: Database) -> None:
    await listening(database, "C1")
    assert await digest_at(database)
    async with database.begin() as session:
        asked = await digest.plan(session, WORKSPACE, "C1", STORY, slot="asked:U1:x", now=NOW, asked_by="U1")
    assert asked
    assert [post.attention_window for post in await posts(database)] == ["day:2026-11-16", None]


async def test_the_place_of_a_post_that_never_went_is_free_again(database: Database) -> None:
    first = await offered(database, "U1", "letter")
    async with database.begin() as session:
        await deliveries.call_off(session, WORKSPACE, "U1")
        assert await store.places_taken(session, WORKSPACE, "U1", "week:2026-W47") == set()
    second = await offered(database, "U1", "letter", "2")
    assert (first.state, second.state) == ("planned", "planned")
    assert [post.attention_seat for post in await posts(database)] == [None, 1]


async def test_a_channel_that_is_turned_off_hears_nothing_of_what_waited(database: Database) -> None:
    waits = await offered(database, "C1", "episode")
    async with database.begin() as session:
        await attention.lapse_all(session, WORKSPACE, "C1")
    assert await became(database, waits) == ("lapsed", Reason.OFF)


async def test_two_processes_that_decide_at_once_give_a_place_away_once(either: Database) -> None:
    """Each sees the first place of the week free; the second finds it taken and takes the next."""

    async def one(slot: str) -> Waiting:
        what = Unasked(place="U1", kind="stopped", slot_key=slot, about={})
        async with either.begin() as session:
            return await attention.offer(session, WORKSPACE, what, now=NOW, zone="UTC")

    offers = await asyncio.gather(*(one(str(number)) for number in range(5)))
    assert sorted(offer.state for offer in offers) == ["planned"] * 3 + ["waiting"] * 2
    assert sorted(post.attention_seat or 0 for post in await posts(either)) == [1, 2, 3]


def test_every_private_kind_of_today_has_its_words() -> None:
    assert {"thanks", "acting", "came_of_it", "reminder", "stopped", "invitation"} <= set(COMPOSERS)
