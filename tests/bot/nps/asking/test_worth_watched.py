"""What a point is worth, looked at again each month: a channel hears when the answer is another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import attention, ids
from bot.desk import Desk
from bot.messages import nps_worth as messages
from bot.messages.charts import CHART
from bot.nps.answering import shared_answer
from bot.nps.worth import Worth
from bot.nps.worth_kept import kept, recalled
from bot.nps.worth_watching import KIND, looked_at, next_look, recheck, tell_from_now
from storage import attention as waiting
from storage import nps_figures, nps_worth
from storage.nps_figures import Figure
from storage.nps_worth import Asked
from stories.attention import UNASKED, Hours
from stories.nps.worth import Association, TooEarly
from stories.nps.worth_verdict import has_changed
from tests.blockkit import assert_valid
from tests.bot.nps.asking.conftest import Company
from tests.bot.nps.asking.test_worth import months, told, words
from tests.conftest import NOW, WORKSPACE, SetClock

CHANNEL = "C1"
ASKED = Asked(channel_id=CHANNEL, figure="revenue")
LINKED = Association(
    lag=2,
    r=0.7,
    low=0.4,
    high=0.9,
    p_value=0.01,
    slope=3.5,
    by_lag=(0.1, 0.2, 0.7, 0.2, 0.1),
    periods=36,
    segments=None,
)
UNLINKED = replace(LINKED, p_value=0.4)
EARLY = TooEarly(periods=20, needed=24)


async def asked(company: Company, desk: Desk) -> None:
    """Have the channel hear when the answer about revenue changes."""
    async with desk.read() as session:
        worth = await looked_at(session, WORKSPACE, ASKED, desk.now())
    async with desk.begin() as session:
        await tell_from_now(session, WORKSPACE, CHANNEL, worth, by="U9", now=desk.now())


async def offered(desk: Desk) -> list[waiting.Waiting]:
    async with desk.read() as session:
        return list(await waiting.waiting_for(session, WORKSPACE, CHANNEL))


async def double_the_figures(company: Company) -> None:
    """The months of the past become other ones: what was linked is linked no more."""
    spans = months(36)
    figures = [Figure(name="revenue", month=month, amount=float(at % 3)) for at, month in enumerate(spans)]
    async with company.database.begin() as session:
        await nps_figures.take_in(session, WORKSPACE, figures)


async def test_a_channel_hears_once_that_the_answer_is_another_one(
    empty: Company, desk: Desk, clock: SetClock
) -> None:
    await told(empty, 36, linked=True)
    await asked(empty, desk)
    assert await recheck(desk, WORKSPACE) == 0, "its month is not over"
    clock.moment = next_look(NOW, "UTC") + timedelta(minutes=1)
    assert await recheck(desk, WORKSPACE) == 0, "the answer is the same"
    await double_the_figures(empty)
    clock.moment = next_look(clock.moment, "UTC") + timedelta(minutes=1)
    assert await recheck(desk, WORKSPACE) == 1
    assert await recheck(desk, WORKSPACE) == 0
    (one,) = await offered(desk)
    async with desk.read() as session:
        made = await attention.made_now(session, WORKSPACE, one, desk.now())
    assert made is not None
    assert_valid(made.payload, "message")
    assert "looks different now. No link between NPS and revenue can be seen." in made.payload["text"]
    assert "Before: A higher NPS goes together with more revenue 2 months later." in made.payload["text"]
    assert "<@U9> asked" in words(made.payload)


async def test_one_that_does_not_want_to_hear_any_more_hears_nothing(
    empty: Company, desk: Desk, clock: SetClock
) -> None:
    await told(empty, 36, linked=True)
    await asked(empty, desk)
    await double_the_figures(empty)
    clock.moment = next_look(NOW, "UTC") + timedelta(minutes=1)
    assert await recheck(desk, WORKSPACE) == 1
    async with desk.begin() as session:
        assert await nps_worth.forget(session, WORKSPACE, ASKED)
        assert not await nps_worth.forget(session, WORKSPACE, ASKED)
        hours = Hours(window="w", most=5, opens=desk.now(), next_opens=desk.now() + timedelta(days=1))
        assert await attention.settle(session, WORKSPACE, CHANNEL, hours, desk.now()) == 0


async def test_asking_again_begins_from_the_answer_of_that_day(empty: Company, desk: Desk) -> None:
    await told(empty, 10, linked=True)
    await asked(empty, desk)
    await asked(empty, desk)
    async with desk.read() as session:
        known = await nps_worth.watched(session, WORKSPACE, ASKED)
        assert known == await nps_worth.anything(session, WORKSPACE, CHANNEL)
        assert await nps_worth.due(session, WORKSPACE, NOW) == ()
    assert known is not None
    assert recalled(known.answer).found == TooEarly(periods=10, needed=24)


@pytest.mark.parametrize(
    ("before", "now", "news"),
    [
        (EARLY, replace(EARLY, periods=21), False),
        (EARLY, UNLINKED, True),
        (UNLINKED, replace(UNLINKED, r=-0.2, slope=-1.0), False),
        (UNLINKED, LINKED, True),
        (LINKED, replace(LINKED, lag=3), False),
        (replace(LINKED, segments=30), replace(LINKED, segments=30, lag=3), True),
        (LINKED, replace(LINKED, slope=-3.5), True),
        (LINKED, replace(LINKED, r=0.6, slope=2.0), False),
    ],
)
def test_what_is_news_and_what_is_not(
    before: Association | TooEarly, now: Association | TooEarly, news: bool
) -> None:
    assert has_changed(before, now) is news


def test_an_answer_is_kept_as_it_was() -> None:
    for found in (LINKED, EARLY):
        worth = Worth(
            figure="churn",
            segment=("plan", "Firm"),
            found=found,
            months=(date(2026, 1, 1),),
            scores=(12.5,),
            amounts=(None,),
        )
        assert recalled(kept(worth)) == worth


@pytest.mark.parametrize(
    ("now", "zone", "then"),
    [
        (datetime(2026, 11, 8, 5, 59, tzinfo=UTC), "UTC", datetime(2026, 11, 8, 6, tzinfo=UTC)),
        (datetime(2026, 11, 8, 6, tzinfo=UTC), "UTC", datetime(2026, 12, 8, 6, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), "Asia/Tokyo", datetime(2027, 1, 7, 21, tzinfo=UTC)),
        (datetime(2026, 3, 31, 12, tzinfo=UTC), "Europe/London", datetime(2026, 4, 8, 5, tzinfo=UTC)),
    ],
)
def test_the_day_is_the_eighth_where_the_workspace_is(now: datetime, zone: str, then: datetime) -> None:
    assert next_look(now, zone).astimezone(ZoneInfo("UTC")) == then


async def test_it_can_be_shared_and_asked_for_under_the_answer(empty: Company) -> None:
    await told(empty, 36, linked=True)
    payload = await empty.ask("worth revenue")
    buttons = {one["action_id"]: one["value"] for one in payload["blocks"][-2]["elements"]}
    assert set(buttons) == {ids.NPS_SHARE, ids.NPS_WORTH_TELL}
    alone = await empty.ask("worth", in_channel=False)
    assert not any(block["type"] == "actions" for block in alone["blocks"])
    async with empty.database.read() as session:
        shared = await shared_answer(
            session, WORKSPACE, buttons[ids.NPS_SHARE], now=NOW, by="U9", command="/nps"
        )
    assert_valid(shared, "message")
    assert "A higher NPS goes together with more revenue" in shared["text"]
    assert "<@U9> shared this" in words(shared)
    assert "Only you see" not in words(shared)


async def segmented(company: Company, spell: Callable[[str], str]) -> None:
    """Revenue of everybody, and of the one plan that all answers of `told` are given."""
    await told(company, 36, linked=True, segment=("plan", "Firm"))
    async with company.database.read() as session:
        known = (await nps_figures.series(session, WORKSPACE, "revenue"))["", ""]
    figures = [
        Figure(name="revenue", month=month, amount=amount, segment=(spell("plan"), spell("Firm")))
        for month, amount in known.items()
    ]
    async with company.database.begin() as session:
        await nps_figures.take_in(session, WORKSPACE, figures)


@pytest.mark.parametrize("spell", [str, str.upper])
async def test_a_segment_with_figures_of_its_own_is_weighed_by_itself(
    empty: Company, spell: Callable[[str], str]
) -> None:
    await segmented(empty, spell)
    payload = await empty.ask("worth revenue firm")
    assert "goes together with more revenue of Firm 2 months later" in payload["text"]
    assert_valid(payload, "message")


async def test_a_group_without_figures_is_said_to_be_everybody(empty: Company) -> None:
    await told(empty, 36, linked=True, segment=("plan", "Firm"))
    assert "no figures of that group" in words(await empty.ask("worth revenue firm"))


def test_a_panel_draws_how_close_the_link_is_at_each_delay() -> None:
    worth = Worth(
        figure="revenue",
        found=replace(LINKED, segments=24),
        months=(),
        scores=(),
        amounts=(),
        property_name="plan",
    )
    payload: dict[str, Any] = messages.answer(worth, said="worth revenue", in_channel=True)
    assert_valid(payload, "message")
    (chart,) = [block for block in payload["blocks"] if block["type"] == CHART]
    assert chart["chart"]["type"] == "bar"
    assert [one["value"] for one in chart["chart"]["series"][0]["data"]] == [0.1, 0.2, 0.7, 0.2, 0.1]


def test_its_kind_is_one_of_the_budget() -> None:
    assert KIND in UNASKED
