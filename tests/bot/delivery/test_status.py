"""How posting stands: all of it for those who look after it, one plain sentence for everybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot import ids
from bot.delivery_care import Decision, about_trouble, decide
from bot.halting import tell
from bot.messages import delivery_trouble as trouble
from bot.messages import status as words
from bot.messages.status import Standing, Troubled
from bot.permissions import Role
from playground.client import SeenMessage
from storage import deliveries, people
from storage.deliveries import Post
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import listens
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["house"]

WELL = Standing(
    since=NOW,
    waiting=0,
    in_doubt=0,
    failed=0,
    unasked=0,
    oldest=None,
    refused=None,
    paused_until=None,
    resting=0,
    overdue=None,
    next_digests=(),
    troubled=(),
)
HURT = Troubled(
    id=7,
    channel_id="C1",
    kind="share",
    method="chat.postMessage",
    state="failed",
    error="is_archived",
    since=NOW,
)


def said(standing: Standing) -> tuple[str, str]:
    """What editors and what others hear; both are messages that Slack takes."""
    messages = [
        tell(standing, channel="Here.", now=NOW + timedelta(minutes=20))
        for tell in (words.whole, words.plainly)
    ]
    for message in messages:
        assert_valid(message, "message")
    return str(messages[0]), str(messages[1])


@pytest.mark.parametrize(
    ("change", "whole", "plain"),
    [
        ({}, "Everything that was planned has gone out", "Posts go out as planned"),
        (
            {"waiting": 3, "oldest": NOW, "refused": "ratelimited"},
            "3 posts wait (the oldest for 20 minutes), 0 in doubt, 0 failed. Slack asked for a slower pace",
            "3 posts wait (the oldest for 20 minutes)",
        ),
        ({"paused_until": NOW}, "Slack wants nothing posted before <!date^", "Slack asked me to wait until"),
        ({"resting": 2}, "2 channels left alone", "Posts go out as planned"),
        ({"overdue": NOW}, "A digest has been due for 20 minutes", "Digests are late just now"),
        ({"unasked": 2}, "2 posts that nobody asked for wait for room", "Posts go out as planned"),
        (
            {"failed": 3, "troubled": (HURT,)},
            "`7` shared story for <#C1>, 16 November 2026, failed: The channel is archived",
            "Posts go out as planned",
        ),
    ],
)
def test_it_is_said_in_words(change: dict[str, object], whole: str, plain: str) -> None:
    told = said(replace(WELL, **change))  # type: ignore[arg-type]  # fields by name
    assert whole in told[0]
    assert plain in told[1]


def test_those_in_trouble_that_are_not_listed_are_counted() -> None:
    assert "And 2 more." in said(replace(WELL, failed=3, troubled=(HURT,)))[0]


@pytest.mark.parametrize(
    ("since", "words_for"),
    [(20, "1 minute"), (3_599, "59 minutes"), (7_300, "2 hours"), (400_000, "4 days"), (-50, "1 minute")],
)
def test_how_long_ago_is_said_in_the_largest_unit(since: int, words_for: str) -> None:
    assert words.ago(NOW - timedelta(seconds=since), NOW) == words_for


def test_what_editors_are_asked_is_taken_by_slack() -> None:
    assert_valid(trouble.in_doubt("C1", "history unreadable: missing_scope", delivery_id=4), "message")
    assert_valid(trouble.could_not_change("C1", "cant_delete_message"), "message")
    assert_valid(trouble.could_not_make("C1", "KeyError"), "message")
    assert_valid(trouble.which_message(4, "C1"), "modal")


async def test_admins_see_all_of_it_and_others_a_sentence(house: House) -> None:
    await listens(house)
    for who, heard in (("ana", "How posting stands"), ("ben", "Posts go out as planned")):
        await house.person(who).command("/firsthand status", channel="pilot")
        answer = (await house.person(who).ephemerals("pilot"))[-1].words()
        assert heard in answer
        assert "hears up to" in answer
        assert ("Next digests" in answer) == (who == "ana")


async def test_an_editor_settles_a_post_in_doubt_from_the_question(house: House) -> None:
    number, ana = await in_doubt(house), house.person("ana")
    question = await asked(house, number)
    await ana.click(question, ids.DELIVERY_STANDS)
    modal = await ana.modal()
    place, seconds = await house.channel_id("pilot"), int(datetime.now(UTC).timestamp())
    wrong = await modal.submit({"link": "somewhere"})
    assert not wrong["ok"]
    outcome = await modal.submit({"link": f"https://acme.slack.com/archives/{place}/p{seconds}000100"})
    assert outcome["ok"]
    assert await house.rows(f"SELECT state FROM deliveries WHERE id = {number}") == [("sent",)]
    answer = await house.world.channel(await ana.dm()).wait_for("stands, says", as_="ana")
    assert answer.actions() == []
    assert await house.rows("SELECT actor_id, act FROM audit WHERE object_kind = 'delivery'") == [
        (ana.id, "settle_delivery")
    ]


async def test_what_one_editor_decides_answers_the_question_for_all(house: House) -> None:
    number, ana, mika = await in_doubt(house), house.person("ana"), house.person("mika")
    await asked(house, number, "mika")
    await ana.click(await asked(house, number), ids.DELIVERY_GIVE_UP)
    for name, who in (("ana", ana), ("mika", mika)):
        room = house.world.channel(await who.dm())
        answer = await room.wait_for(f"is left out, as <@{ana.id}> decided", as_=name)
        assert answer.actions() == []
        await room.wait_until_gone("what shall I do", as_=name)


async def test_what_is_decided_at_the_terminal_answers_it_too(house: House) -> None:
    number, ana = await in_doubt(house), house.person("ana")
    await asked(house, number)
    async with house.desk.begin() as session:
        await decide(session, WORKSPACE, number, Decision.GIVE_UP, by="terminal:root", now=NOW)
    house.desk.wake_outbox()
    await house.world.channel(await ana.dm()).wait_for("as somebody at the server decided", as_="ana")


async def asked(house: House, number: int, name: str = "ana") -> SeenMessage:
    """The question about a post as it reaches somebody."""
    who, place = house.person(name), await house.channel_id("pilot")
    question = trouble.in_doubt(place, "history unreadable: missing_scope", delivery_id=number)
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, who.id, Role.EDITOR, by=who.id, now=NOW)
        await tell(session, WORKSPACE, who.id, about_trouble(number), question, now=NOW)
    house.desk.wake_outbox()
    room = house.world.channel(await who.dm())
    return await room.wait_for("what shall I do", as_=name)


async def in_doubt(house: House) -> int:
    """A post to the pilot channel whose fate Slack does not tell."""
    place = await house.channel_id("pilot")
    async with house.desk.begin() as session:
        post = Post(channel_id=place, kind="share", slot_key="lost", payload={"text": "lost"})
        number = await deliveries.plan(session, WORKSPACE, post, now=NOW)
        await session.execute(text("UPDATE deliveries SET state = 'in_doubt' WHERE id = :id"), {"id": number})
    assert number is not None
    return number
