"""What the answers in chat ask of storage beyond counts, on either kind of database."""

from __future__ import annotations

from datetime import date

from storage import nps_deeper, nps_figures, nps_follows, nps_movements, nps_sources
from storage.nps_figures import Figure
from storage.nps_follows import Follow
from stories.nps.counts import Counts
from tests.conftest import NOW, WORKSPACE
from tests.storage.nps.conftest import Shop, answer, counts, span


async def test_any_number_of_segments_is_counted_by_day_and_by_value(either_shop: Shop) -> None:
    await either_shop.take(
        answer("1", 10, 0, plan="Pro", region="UK", size="big"),
        answer("2", 3, 1, plan="Pro", region="UK", size="small"),
        answer("3", 8, 1, plan="Pro", region="UK", size="big"),
        answer("4", 8, 1, plan="Solo", region="UK", size="big"),
    )
    cell = {"plan": "pro", "region": "UK"}
    first, last = span(0, 6)
    async with either_shop.database.read() as session:
        daily = await nps_deeper.daily(session, WORKSPACE, cell, first, last)
        by_size = await nps_deeper.by(session, WORKSPACE, "Size", cell, first, last)
    assert daily == {first: counts(1, 0, 0), span(1, 1)[0]: counts(0, 1, 1)}
    assert by_size == {"big": counts(1, 1, 0), "small": counts(0, 0, 1)}


async def test_a_movement_is_told_once_and_quotes_those_who_may_speak(either_shop: Shop) -> None:
    await either_shop.take(answer("1", 10, 0, comment="Good"), answer("2", 3, 1))
    cell, sides = (("plan", "Pro"),), (Counts(promoters=9), Counts(detractors=9))
    voices = [(either_shop.source_id, "1"), (either_shop.source_id, "2")]
    async with either_shop.database.begin() as session:
        told = [
            await nps_movements.tell(session, WORKSPACE, "C1", cell, date(2026, 11, 15), sides, now=NOW)
            for _again in range(2)
        ]
        assert told[0] is not None
        assert told[1] is None
        await nps_movements.quotes(session, WORKSPACE, told[0], voices)
        assert await nps_movements.speaking(session, WORKSPACE, voices) == {}
        await nps_sources.share_verbatims(session, WORKSPACE, either_shop.source_id, shared=True)
        assert list(await nps_movements.speaking(session, WORKSPACE, voices)) == voices[:1]
        assert await nps_movements.settle(session, WORKSPACE, told[0], "blip", Counts(passives=3))
        assert not await nps_movements.settle(session, WORKSPACE, told[0], "stood", Counts())
        (kept,) = await nps_movements.movements(session, WORKSPACE, "C1", date(2026, 1, 1))
    assert (kept.cell, kept.before, kept.after, kept.outcome) == (cell, *sides, "blip")


async def test_a_channel_follows_what_was_said_last(either_shop: Shop) -> None:
    follow = Follow(channel_id="C1", cells=((("plan", "Pro"),),), asked_by="U1", asked_at=NOW)
    async with either_shop.database.begin() as session:
        assert not await nps_follows.due(session, WORKSPACE, NOW)
        await nps_follows.follow(session, WORKSPACE, Follow(channel_id="C1", asked_by="U2", asked_at=NOW))
        await nps_follows.follow(session, WORKSPACE, follow)
        assert await nps_follows.follows(session, WORKSPACE) == (follow,)
        assert await nps_follows.due(session, WORKSPACE, NOW)
        await nps_follows.looked(session, WORKSPACE, NOW.replace(hour=12))
        assert not await nps_follows.due(session, WORKSPACE, NOW)


async def test_a_figure_taken_in_again_is_replaced(either_shop: Shop) -> None:
    month = date(2026, 3, 1)
    async with either_shop.database.begin() as session:
        for amount in (1.5, 2.5):
            await nps_figures.take_in(
                session, WORKSPACE, [Figure(name="revenue", month=month, amount=amount)]
            )
        assert await nps_figures.series(session, WORKSPACE, "revenue") == {("", ""): {month: 2.5}}
