"""A project's avatar through its life: set up, it remembers, answers, refuses, and forgets at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import ids
from playground.client import Person
from tests.scenarios.conftest import PATIENCE, Office

SAID = "Paper never asks me to log in."


@pytest.mark.parametrize("office", ["socket"], indirect=True)
async def test_an_avatar_remembers_answers_and_forgets(office: Office) -> None:
    world = office.world
    ana, pilot = world.person("ana"), world.channel("pilot")
    await _write_up(ana)
    await ana.command("/why", channel="pilot")
    project = {
        "name": "Fewer passwords",
        "goal": "A nurse logs in once a day.",
        "reason": "Logging in keeps nurses from their patients.",
        "avatar": "Maya",
        "rhythm": "Once a week",
    }
    await (await ana.modal()).submit({**project, ids.WHY_QUOTES: ["Paper never"]})
    hello = await pilot.wait_for("is not a person", seconds=PATIENCE)
    assert SAID in hello.words()

    await world.advance(timedelta(days=6))
    await world.person("ben").say("The new menu is nearly done.", channel="pilot")
    await office.next_morning(timedelta(days=2))
    reminder = await pilot.wait_for("One reason why we began", seconds=PATIENCE)
    assert (reminder.raw["username"], SAID in reminder.words()) == ("Maya", True)

    await ana.say("@firsthand what would Maya say about paper and having to log in?", channel="pilot")
    answer = await pilot.wait_for("comes nearest", seconds=PATIENCE)
    assert SAID in answer.words()
    await ana.say("@firsthand which football club wins the cup?", channel="pilot")
    await pilot.wait_for("Nobody has told us about that yet", as_="ana", seconds=PATIENCE)

    await _take_back(ana)
    await pilot.wait_until_gone(SAID, seconds=PATIENCE)
    await pilot.wait_until_gone("One reason why we began", seconds=PATIENCE)


async def _write_up(ana: Person) -> None:
    await ana.command("/interview", channel="pilot")
    await ana.submit({"name": "Nia Prothero", "how": "visit"})
    await ana.submit({"trying_to": "Get the papers ready by noon.", "happened": "She prints every form."})
    await ana.submit({"quote_0": SAID})
    await ana.submit({"meaning": "Logging in is the obstacle."})
    agreed = {"agreed": ["Be quoted by a project’s avatar"], "consent_words": "Quote me, without my name."}
    await ana.submit({"sharing": "without_name", **agreed})
    await (await ana.modal()).submit()


async def _take_back(ana: Person) -> None:
    """Ana edits her story: the customer does not want to be quoted by an avatar any more."""
    await ana.command("/stories mine", channel="pilot")
    own = (await ana.ephemerals("pilot"))[-1]
    await ana.click(own, ids.STORY_EDIT)
    for _step in range(4):
        await (await ana.modal()).submit()
    await (await ana.modal()).submit({"agreed": []})
    await (await ana.modal()).submit()
