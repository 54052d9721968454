"""The top three as they are kept, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from storage import priorities, themes
from storage.database import Database
from storage.priorities import NewPriority
from storage.themes import NewTheme
from stories.nps.counts import Counts
from stories.priorities.priority import Happening, State
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER

TODAY = NOW.date()
QUARTER = date(2026, 10, 1)
NEW = NewPriority(
    theme_id=0,
    quarter=QUARTER,
    last_day=date(2026, 12, 31),
    owner_id="U1",
    done_means="Nobody prints an order any more.",
    segment=(("plan", "pro"),),
    start=Counts(promoters=3, passives=2, detractors=5),
    chosen_by="U2",
    chosen_on=TODAY,
)


async def theme(session: AsyncSession, name: str) -> int:
    new = NewTheme(name=name, described=b"", text_ids=())
    return await themes.add_proposal(session, WORKSPACE, "wordllama", new, now=NOW)


async def chosen(session: AsyncSession, name: str) -> int | None:
    new = replace(NEW, theme_id=await theme(session, name))
    return await priorities.choose(session, WORKSPACE, new, now=NOW)


async def test_a_quarter_has_three_places_and_one_that_is_dropped_frees_its_own(either: Database) -> None:
    async with either.begin() as session:
        first, second, third = [await chosen(session, name) for name in ("Paper", "Price", "Speed")]
        assert first is not None
        assert second is not None
        assert third is not None
        assert await chosen(session, "Colour") is None
        why, by = "Price is not ours to change.", "U2"
        dropped = [
            await priorities.end(session, WORKSPACE, second, State.DROPPED, by=by, words=why, now=NOW)
            for _twice in range(2)
        ]
        assert dropped == [True, False]
        fourth = await chosen(session, "Colour")
    async with either.read() as session:
        standing = await priorities.standing(session, WORKSPACE, TODAY)
        assert [(one.id, one.place, one.name) for one in standing] == [
            (first, 1, "Paper"),
            (fourth, 2, "Colour"),
            (third, 3, "Speed"),
        ]
        assert standing[0].start == NEW.start
        assert standing[0].segment == (("plan", "pro"),)
        said = await priorities.log(session, WORKSPACE, second)
        assert [(one.what, one.by, one.words) for one in said] == [
            (Happening.CHOSEN, "U2", ""),
            (Happening.DROPPED, "U2", "Price is not ours to change."),
        ]
        assert len(await priorities.every(session, WORKSPACE, most=9)) == 4
        assert await priorities.standing(session, OTHER, TODAY) == ()
        assert await priorities.standing(session, WORKSPACE, date(2027, 1, 1)) == ()


async def test_what_was_last_said_stands_with_it_until_somebody_says_how_it_ended(database: Database) -> None:
    async with database.begin() as session:
        one = await chosen(session, "Paper")
        assert one
        await priorities.tell(session, WORKSPACE, one, Happening.PROGRESS, "U1", "We watched three.", now=NOW)
        before = await priorities.undecided_before(session, WORKSPACE, date(2027, 1, 1))
        assert [found.latest and found.latest.words for found in before] == ["We watched three."]
        await priorities.end(session, WORKSPACE, one, State.DONE, by="U1", words="Two of nine left.", now=NOW)
        ended = await priorities.get(session, WORKSPACE, one)
        assert ended is not None
        assert ended.latest is not None
        assert (ended.owner_id, ended.state, ended.latest.words) == ("U1", State.DONE, "Two of nine left.")
        assert await priorities.undecided_before(session, WORKSPACE, date(2027, 1, 1)) == ()


async def test_it_follows_its_theme_and_keeps_the_name_of_one_that_went(either: Database) -> None:
    async with either.begin() as session:
        merged, dropped = await chosen(session, "Paper"), await chosen(session, "Price")
        assert merged is not None
        assert dropped is not None
        into = await theme(session, "Printing")
        paper, price = await priorities.of_quarter(session, WORKSPACE, QUARTER)
        assert paper.theme_id is not None
        assert price.theme_id is not None
        await themes.merge(session, WORKSPACE, into, [into, paper.theme_id], now=NOW)
        await themes.drop(session, WORKSPACE, price.theme_id)
        standing = await priorities.standing(session, WORKSPACE, TODAY)
        assert [(one.theme_id, one.name) for one in standing] == [(into, "Printing"), (None, "Price")]


async def test_nothing_is_chosen_without_a_theme(database: Database) -> None:
    with pytest.raises(LookupError):
        async with database.begin() as session:
            await priorities.choose(session, WORKSPACE, replace(NEW, theme_id=99), now=NOW)
