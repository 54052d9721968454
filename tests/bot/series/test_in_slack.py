"""The series through Slack: opened, agreed to, published, read in a channel, caught up with, taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.attention_rounds import decide_waiting
from bot.series import ids
from playground.client import Person
from storage import people
from tests.bot.series.season import FIRST, SECOND
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["house"]


async def test_a_season_from_its_opening_to_a_withdrawal(house: House) -> None:
    ana, ben = house.person("ana"), house.person("ben")
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, ana.id, "editor", by=ana.id, now=NOW)
    await house.story(FIRST, by="ben")
    await house.story(replace(SECOND, customer_id=1), by="ben")

    await ana.command("/firsthand series", channel="pilot")
    window = await ana.modal("The series")
    assert "No season is running" in window.words()
    await window.choose(ids.FOLLOW)
    await (await ana.modal("The series")).choose(ids.SEASON_NEW)
    await (await ana.modal("A new season")).submit({"title": "First year", "customers": ["the baker"]})
    whom = await ana.modal("Whom it follows")
    assert "not told of before their yes" in whom.words()
    await whom.choose(ids.CONSENT)
    await (await ana.modal("What they agreed to")).submit({"agreed": ["followed"], "words": "Do, please."})
    await (await ana.modal("What they agreed to")).close(whole_stack=True)

    await _published(house, ana)
    await _read_and_taken_back(house, ana, ben)


async def _published(house: House, ana: Person) -> None:
    await ana.command("/firsthand series", channel="pilot")
    await (await ana.modal("The series")).choose(ids.LOOK_NOW)
    note = await house.world.channel(await ana.dm()).wait_for("waits for an editor", as_="ana")
    await (await ana.modal("The series")).close(whole_stack=True)
    await ana.click(note, ids.DRAFT)
    draft = await ana.modal("Episode 1")
    assert "Their own words" in draft.words()
    await draft.choose(ids.ADD)
    await (await ana.modal("Add a sentence")).submit({"part": "turn", "words": "We meant well."})

    async def signed() -> bool:
        return "Editor’s words" in (await ana.modal("Episode 1")).words()

    await house.world.until(signed, "the sentence with its signature")
    await (await ana.modal("Episode 1")).submit({"questions": "Does she trust it now?"})
    await (await ana.modal("Published")).close(whole_stack=True)


async def _read_and_taken_back(house: House, ana: Person, ben: Person) -> None:
    await decide_waiting(house.desk, WORKSPACE)
    house.desk.wake_outbox()
    channel = house.world.channel("pilot")
    post = await channel.wait_for("I hope to be done before the bread", as_="ben")
    assert "We meant well. _(editor’s words" in str(post.blocks)
    await ben.click(post, ids.VOTE)
    await ben.click(post, ids.CATCH_UP)
    private = house.world.channel(await ben.dm())
    await private.wait_for("I hope to be done before the bread", as_="ben")

    await ana.command("/firsthand series", channel="pilot")
    await (await ana.modal("The series")).choose(ids.PEOPLE)
    await (await ana.modal("Whom it follows")).choose(ids.CONSENT)
    await (await ana.modal("What they agreed to")).submit(
        {"agreed": [], "words": "I would rather not any more."}
    )
    await channel.wait_until_gone("I hope to be done before the bread", as_="ben")
    await private.wait_for("That episode isn’t told any more", as_="ben")
    await private.wait_until_gone("bread", as_="ben")
    assert await house.rows("SELECT state FROM series_seasons") == [("closed",)]
