"""From a conversation with a customer to a story in the channel, and back out of it."""

from __future__ import annotations

import pytest

from playground.client import Person
from tests.scenarios.conftest import PATIENCE, Office

QUOTE = "I print it, because paper doesn't ask me to log in. <!channel>"


async def write_up(
    ana: Person,
    *,
    name: str = "Nia Prothero",
    sharing: str = "without_name",
    refused: str = "at least one letter or number",
) -> None:
    """Take a write-up to its preview; `refused` is what somebody is told who wrote an emoji alone."""
    await ana.command("/interview", channel="pilot")
    await ana.submit(
        {"name": name, "how": "visit", "company:0": "Prothero & Sons", "alias:0": "the undertaker"}
    )
    await ana.submit({"trying_to": "🙈", "happened": "She prints every form."})
    errors = await ana.errors()
    assert set(errors) == {"trying_to"}
    assert refused in errors["trying_to"]
    await ana.submit({"trying_to": "Get the family's papers ready by noon."})
    await ana.submit({"quote_0": QUOTE})
    await ana.submit({"meaning": "Logging in is the obstacle.", "score": "4", "themes": ["forms"]})
    await ana.submit({"sharing": sharing, "consent_words": "Fine, but not my name."})


async def test_a_conversation_becomes_a_story_is_answered_and_taken_back(office: Office) -> None:
    world = office.world
    ana, ben = world.person("ana"), world.person("ben")
    await office.tell_at_nine("pilot")

    await write_up(ana)
    preview = await ana.modal()
    assert "undertaker" in preview.words()
    assert QUOTE in preview.words(), "a quote stands exactly as it was said"
    assert await world.channel("pilot").messages() == [], "nothing is posted before it is published"
    await preview.submit()

    await office.next_morning()
    digest = await world.channel("pilot").wait_for("undertaker", seconds=PATIENCE)
    assert "Prothero" not in digest.words()
    assert "<!channel>" not in digest.text, "nobody is pinged by a customer's words"

    await ben.click(digest, "story_thought")
    await world.channel("pilot").wait_for("Made me think · 1", seconds=PATIENCE)
    await office.next_morning()
    assert len(await world.channel("pilot").messages()) == 1, "nothing new, nothing posted"

    await ana.command("/stories mine", channel="pilot")
    mine = (await ana.ephemerals("pilot"))[-1]
    await ana.click(mine, "story_withdraw")
    await world.channel("pilot").wait_until_gone("undertaker", seconds=PATIENCE)


@pytest.mark.parametrize("office", ["socket"], indirect=True)
async def test_what_is_not_for_sharing_stays_with_its_author(office: Office) -> None:
    world = office.world
    ana, ben = world.person("ana"), world.person("ben")
    await office.tell_at_nine("pilot")
    await write_up(ana, sharing="not_shared")
    await (await ana.modal()).submit()
    await office.next_morning()
    await ben.command("/stories search undertaker", channel="pilot")
    assert "undertaker" not in " ".join(m.words() for m in await ben.ephemerals("pilot"))
    assert await world.channel("pilot").messages() == []
