"""Market feeds: followed, read when their time has come, told of when they cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import attention
from bot.desk import Desk
from bot.feeds import following
from bot.feeds.following import Wanted, first_look
from bot.feeds.ticking import look
from bot.messages import feeds as words
from storage import attention as waiting
from storage import feeds, series_around, series_feeds
from stories.errors import UserError
from stories.feeds import EVERY
from tests.blockkit import assert_valid
from tests.bot.feeds.test_taking_apart import RSS
from tests.bot.nps.sources.server import Answers, Asked, serving
from tests.conftest import NOW, WORKSPACE, SetClock

ADMIN = "U0ADMIN"


def answering(asked: Asked) -> Answers:
    """A server that knows what it told before."""
    if asked.headers.get("if-none-match") == '"v1"':
        return Answers(status=304, body=b"")
    return Answers(body=RSS.encode(), headers={"etag": '"v1"', "content-type": "application/rss+xml"})


def let_through(desk: Desk, place: str) -> Desk:
    return replace(desk, settings=desk.settings.model_copy(update={"firsthand_outgoing_allowed": place}))


async def followed(desk: Desk, address: str) -> int:
    wanted = Wanted(address=address, name="", topics=("clinics",))
    async with desk.database.begin() as session:
        return await following.follow(session, WORKSPACE, wanted, by=ADMIN, now=desk.now())


async def test_a_feed_is_read_at_once_and_then_asked_only_for_what_is_new(
    desk: Desk, clock: SetClock
) -> None:
    async with serving(answering) as server:
        desk = let_through(desk, server.place)
        feed_id = await followed(desk, f"{server.url}/feed.xml")
        with pytest.raises(UserError, match="followed already"):
            await followed(desk, f"{server.url}/feed.xml")
        shown = await first_look(desk, WORKSPACE, feed_id)
        assert_valid(shown, "modal")
        assert "<https://news.example/form|A new form>" in str(shown)
        assert await look(desk, WORKSPACE) == 0
        clock.advance(EVERY)
        assert await look(desk, WORKSPACE) == 1
        assert [one.headers.get("if-none-match") for one in server.asked] == [None, '"v1"']
    async with desk.read() as session:
        found = await series_around.headlines(session, WORKSPACE, NOW, ())
        assert [(one.title, one.source) for one in found] == [("A new form", "Clinic News")]
        number = found[0].ref.number or 0
        assert await feeds.topics_of_headlines(session, WORKSPACE, [number]) == {number: ("clinics",)}
    async with desk.database.begin() as session:
        assert await following.drop(session, WORKSPACE, feed_id, by=ADMIN, now=desk.now()) == "Clinic News"
        assert await feeds.topics(session, WORKSPACE) == {}


async def test_a_feed_that_breaks_is_told_once_to_whoever_added_it(desk: Desk, clock: SetClock) -> None:
    async with serving(lambda _: Answers(status=500, body=b"")) as server:
        desk = let_through(desk, server.place)
        await followed(desk, f"{server.url}/feed.xml")
        told = []
        for _day in range(5):
            await look(desk, WORKSPACE)
            async with desk.read() as session:
                told.append(len(await waiting.waiting_for(session, WORKSPACE, ADMIN)))
            clock.advance(timedelta(days=1))
    assert told == [0, 0, 1, 1, 1]
    async with desk.database.begin() as session:
        (one,) = await waiting.waiting_for(session, WORKSPACE, ADMIN)
        made = await attention.made_now(session, WORKSPACE, one, desk.now())
        assert made is not None
        assert_valid(made.payload, "message")
        assert "its server answers with 500" in made.payload["text"]
        (feed,) = await series_feeds.feeds(session, WORKSPACE)
        await following.drop(session, WORKSPACE, feed.id, by=ADMIN, now=desk.now())
        assert await attention.made_now(session, WORKSPACE, one, desk.now()) is None


def test_the_windows_are_such_as_slack_takes() -> None:
    assert_valid(words.add_view(["clinics", "a <b>"]), "modal")
    assert_valid(words.reading(), "modal")
    assert_valid(words.window([], {}), "modal")
