"""People can be erased by their key, and every answer stays on the day on which the workspace had it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from storage import nps_answers, nps_counts, nps_deeper, nps_erasing, nps_settings
from storage.nps_answers import Taken
from storage.nps_settings import NpsSettings
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER
from tests.storage.nps.conftest import Shop, answer, counts, span

YEAR = (date(2020, 1, 1), date(2029, 12, 31))


async def in_zone(shop: Shop, zone: str) -> None:
    async with shop.database.begin() as session:
        await nps_settings.change(session, WORKSPACE, NpsSettings(time_zone=zone))


async def days(shop: Shop) -> dict[date, int]:
    async with shop.database.read() as session:
        found = await nps_deeper.daily(session, WORKSPACE, {}, *YEAR)
        for day, each in found.items():
            assert await nps_counts.total(session, WORKSPACE, {}, day, day) == each
    return {day: each.n for day, each in found.items()}


async def test_an_erased_person_leaves_nothing_and_does_not_come_back(either_shop: Shop) -> None:
    hers = answer("1", 2, 0, person_key="Joan@example.com", plan="Firm", nickname="Joanie", comment="Hm.")
    await either_shop.take(hers, answer("2", 9, 0, person_key="other@example.com", plan="Firm"))
    await either_shop.take(answer("3", 1, 3, person_key="joan@example.com "))
    async with either_shop.database.begin() as session:
        gone = await nps_erasing.erase_person(session, WORKSPACE, "JOAN@example.com", now=NOW)
    assert gone == 2
    assert await either_shop.take(hers) == Taken(erased=1)
    async with either_shop.database.read() as session:
        assert await nps_counts.total(session, WORKSPACE, {}, *YEAR) == counts(1, 0, 0)
        assert await nps_counts.vocabulary(session, WORKSPACE) == {"plan": ("Firm",)}
    assert await either_shop.kept() == await either_shop.rebuilt()


async def test_the_rows_do_not_say_who_answered(shop: Shop) -> None:
    await shop.take(answer("1", 2, 0, person_key="joan@example.com"))
    async with shop.database.read() as session:
        rows = (await session.execute(text("SELECT * FROM nps_answers"))).all()
        pepper = (await session.execute(text("SELECT pepper FROM nps_settings"))).scalar_one()
    assert "joan" not in repr(rows).lower()
    assert isinstance(pepper, bytes)


async def test_the_same_person_is_another_in_another_workspace(either_shop: Shop) -> None:
    async with either_shop.database.begin() as session:
        ours = await nps_settings.pepper(session, WORKSPACE)
        assert ours == await nps_settings.pepper(session, WORKSPACE)
        assert ours != await nps_settings.pepper(session, OTHER)
        with pytest.raises(ValueError, match="empty"):
            await nps_erasing.erase_person(session, WORKSPACE, "  ", now=NOW)


async def test_the_day_is_the_workspaces_own(shop: Shop) -> None:
    await in_zone(shop, "Pacific/Auckland")
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    await shop.take(answer("1", 9, at=late), answer("2", 9, at=late - timedelta(hours=13)))
    assert await days(shop) == {date(2026, 3, 1): 1, date(2026, 3, 2): 1}


async def test_an_hour_that_comes_twice_and_one_that_never_comes(shop: Shop) -> None:
    await in_zone(shop, "Europe/London")
    moments = [
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 22, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 23, 0, tzinfo=UTC),
        datetime(2026, 10, 24, 22, 59, tzinfo=UTC),
        datetime(2026, 10, 24, 23, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
        datetime(2026, 10, 26, 0, 0, tzinfo=UTC),
    ]
    await shop.take(*(answer(str(number), 9, at=at) for number, at in enumerate(moments)))
    assert await days(shop) == {
        date(2026, 3, 29): 3,
        date(2026, 3, 30): 1,
        date(2026, 10, 24): 1,
        date(2026, 10, 25): 2,
        date(2026, 10, 26): 1,
    }


async def test_a_leap_day_and_the_weeks_of_a_long_year(shop: Shop) -> None:
    leap = datetime(2024, 2, 29, 12, tzinfo=UTC)
    turn = datetime(2020, 12, 31, 12, tzinfo=UTC)
    await shop.take(answer("1", 10, at=leap), answer("2", 0, at=turn), answer("3", 8, at=turn + timedelta(1)))
    async with shop.database.read() as session:
        assert await nps_counts.total(session, WORKSPACE, {}, date(2024, 2, 29), date(2024, 2, 29)) == counts(
            1, 0, 0
        )
        weeks = (await nps_counts.weekly(session, WORKSPACE, [{}], date(2020, 12, 1), date(2021, 1, 31)))[0]
    assert weeks == {date(2020, 12, 28): counts(0, 1, 1)}


async def test_a_late_answer_counts_on_the_day_it_was_given(shop: Shop) -> None:
    await shop.take(answer("1", 9, 40))
    await shop.take(answer("2", 3, 2))
    async with shop.database.read() as session:
        assert await nps_counts.total(session, WORKSPACE, {}, *span(0, 6)) == counts(0, 0, 1)


async def test_days_stay_when_the_workspace_moves_and_follow_a_moment_that_changes(shop: Shop) -> None:
    at = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    await shop.take(answer("1", 9, at=at))
    await in_zone(shop, "Asia/Tokyo")
    same_moment = at.astimezone(timezone(timedelta(hours=9)))
    assert await shop.take(answer("1", 4, at=same_moment)) == Taken(changed=1)
    assert await days(shop) == {date(2026, 6, 1): 1}
    await shop.take(answer("1", 4, at=at + timedelta(minutes=1)))
    assert await days(shop) == {date(2026, 6, 2): 1}


async def test_a_source_is_emptied_in_slices_and_leaves_no_counts(either_shop: Shop) -> None:
    await either_shop.take(*(answer(str(number), number % 11, number, plan="Firm") for number in range(7)))
    removed = []
    for _turn in range(4):
        async with either_shop.database.begin() as session:
            removed.append(await nps_erasing.empty_source(session, WORKSPACE, either_shop.source_id, most=3))
    assert removed == [3, 3, 1, 0]
    assert await either_shop.kept() == []


async def test_a_day_that_a_file_names_is_that_day(shop: Shop) -> None:
    await in_zone(shop, "America/New_York")
    at = datetime(2026, 1, 5, tzinfo=UTC)
    await shop.take(answer("1", 9, at=at, day=date(2026, 1, 5)))
    assert await days(shop) == {date(2026, 1, 5): 1}


async def test_two_answers_in_one_batch_with_one_key_are_one(shop: Shop) -> None:
    taken = await shop.take(answer("1", 9), answer("1", 2))
    assert taken == Taken(new=1, same=1)
    async with shop.database.begin() as session:
        assert await nps_answers.remove(session, WORKSPACE, shop.source_id, ["1"]) == 1
