"""The demo's series: a season with episodes to read, told of made-up customers who said yes to it."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Desk
from bot.series.showing import told_of
from demo.company import load_company
from demo.seeding import Past
from demo.seeding_series import FOLLOWED, TOLD, tell_series
from demo.workspace import channel_id, person_id
from storage import series
from tests.conftest import NOW, WORKSPACE


async def test_there_are_episodes_to_read_and_a_question_to_vote_on(desk: Desk) -> None:
    whole = load_company()
    told_by = tuple(one for one in whole.interviews if one.customer in FOLLOWED)
    company = replace(whole, interviews=told_by)
    pilot = channel_id(company, "pilot")
    await Past(company, WORKSPACE, channel_id=pilot, morning=NOW).tell(desk.database)
    await tell_series(desk.database, company, WORKSPACE, morning=NOW)
    async with desk.read() as session:
        season = await series.running(session, WORKSPACE, desk.now())
        assert season is not None
        told = await told_of(session, WORKSPACE, season.id, desk.now(), person_id(company.morning.visitor))
    assert len(season.agreed) == len(FOLLOWED)
    assert [one.episode.number for one in told] == list(range(1, len(TOLD) + 1))
    assert all(any(each.spoken for each in one.episode.sentences()) for one in told)
    assert told[-1].open
