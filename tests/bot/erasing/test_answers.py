"""Answers to surveys: a customer's go with them, out of the counts too; old ones lose their words alone."""

from __future__ import annotations

from datetime import timedelta

from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.exporting import export
from bot.erasing.retaining import let_go
from storage import exports, nps_answers, nps_sources
from storage.holdings import About
from storage.nps_answers import Answer
from tests.bot.erasing.conftest import Planted, bytes_of, traces
from tests.bot.erasing.test_customers import finished
from tests.conftest import NOW, WORKSPACE, SetClock


async def brought(planted: Planted) -> int:
    """Two answers, one of them hers by her address; the source's number."""
    async with planted.database.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="Survey", now=NOW)
        both = [
            Answer(key="1", score=9, at=NOW, comment="Pelargonium, please", person_key="ZQ@example.org"),
            Answer(key="2", score=3, at=NOW, comment="Slow", person_key="m@example.org"),
        ]
        assert (await nps_answers.take_in(session, WORKSPACE, source, both)).new == 2
    return source


async def test_a_customers_own_answers_go_out_of_the_counts_and_do_not_come_back(
    planted: Planted, desk: Desk
) -> None:
    source = await brought(planted)
    erasure = await finished(planted, desk, await planted.begin())
    assert erasure.counts["rows"]["nps_answers"] == 1
    assert await planted.rows("SELECT key FROM nps_answers") == [("2",)]
    assert await planted.one("SELECT sum(promoters) FROM nps_days") == 0
    assert traces(bytes_of(planted.database)) == []
    async with planted.database.begin() as session:
        again = [Answer(key="1", score=9, at=NOW, comment="Pelargonium", person_key="zq@example.org")]
        await nps_answers.take_in(session, WORKSPACE, source, again)
    assert await planted.rows("SELECT key FROM nps_answers") == [("2",)]


async def test_what_she_answered_is_shown_to_her_and_counted_before_it_goes(planted: Planted) -> None:
    await brought(planted)
    key = str(planted.customer_id)
    async with planted.database.begin() as session:
        until = NOW + timedelta(days=7)
        await exports.keep(
            session, WORKSPACE, About.CUSTOMER, key, ["F1"], by="U0PRIVACY", now=NOW, delete_on=until
        )
    async with planted.database.read() as session:
        made = await export(session, WORKSPACE, About.CUSTOMER, key, called="Z", now=NOW)
        whom = await asking.subject(session, WORKSPACE, About.CUSTOMER, key)
        found = await asking.preview(session, WORKSPACE, whom)
    assert "Pelargonium, please" in made.page
    assert '"nps_answers"' in made.json
    assert "Slow" not in made.page
    assert (found.rows["nps_answers"], found.rows["exports"]) == (1, 1)


async def test_old_answers_lose_their_words_and_keep_their_scores(
    planted: Planted, desk: Desk, clock: SetClock
) -> None:
    await brought(planted)
    clock.advance(timedelta(days=1090))
    await let_go(desk, WORKSPACE)
    assert await planted.one("SELECT count(*) FROM nps_answers WHERE comment <> ''") == 2
    clock.advance(timedelta(days=10))
    await let_go(desk, WORKSPACE)
    assert await planted.rows("SELECT score, comment, person FROM nps_answers ORDER BY key") == [
        (9, "", None),
        (3, "", None),
    ]
    assert await planted.one("SELECT sum(promoters + detractors) FROM nps_days WHERE cell = 0") == 2
