"""Comments are told apart by a segment where enough people are in it: people, not mentions of them."""

from __future__ import annotations

from bot.nps.enough import are_enough
from storage import nps_answers, nps_settings, nps_sources
from storage.database import Database
from storage.nps_answers import Answer
from tests.conftest import NOW, WORKSPACE


async def test_whoever_is_found_by_two_properties_is_one_person(database: Database) -> None:
    both = {"plan": "Pro", "tier": "pro"}
    answers = [Answer(key=str(number), score=9, at=NOW, properties=both) for number in range(3)]
    answers += [
        Answer(key=f"b{number}", score=2, at=NOW, properties={"plan": "Basic"}) for number in range(3)
    ]
    async with database.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind=nps_sources.FILE, name="a file", now=NOW)
        await nps_answers.take_in(session, WORKSPACE, source, answers)
        fewest = (await nps_settings.get(session, WORKSPACE)).smallest_group
        assert fewest == 5
        assert not await are_enough(session, WORKSPACE, {"": ["PRO"]})
        assert not await are_enough(session, WORKSPACE, {"": ["Pro"], "plan": ["Basic"]})
        assert await are_enough(session, WORKSPACE, {"": ["Pro", "Basic"]})
        assert await are_enough(session, WORKSPACE, {})
