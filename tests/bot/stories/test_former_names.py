"""A customer who is called otherwise from now on is not given away by what they were called before."""

from __future__ import annotations

from dataclasses import replace

from bot import showing
from storage import interviews, stories
from tests.bot.stories.conftest import BAKER, House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["house"]


async def test_a_former_company_and_name_stay_hidden_where_they_were(house: House) -> None:
    told = replace(
        BAKER,
        company="Kestrel Freight",
        happened="At Kestrel Freight nobody could print, Ortega said.",
        quotes=("Kestrel Freight runs on paper.",),
    )
    story_id = await house.story(told)
    async with house.desk.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        moved = replace(
            BAKER,
            customer_id=story.interview.customer.id,
            name="Marta Lindqvist",
            company="Crumb & Sons",
            title="Another talk",
        )
        await interviews.store(
            session, WORKSPACE, moved, source_key="b", author_id=house.person("ben").id, now=NOW
        )
    async with house.desk.read() as session:
        telling = await showing.show(session, WORKSPACE, story_id, NOW)
        now_known = await stories.get(session, WORKSPACE, story_id)
    assert telling is not None
    assert now_known is not None
    assert now_known.interview.customer.former_names == ("Marta Ortega",)
    assert now_known.interview.customer.former_companies == ("Kestrel Freight",)
    for text in (telling.happened, *telling.quotes):
        assert "Kestrel" not in text
        assert "Ortega" not in text
