"""An objective from its first words to the page that its owner hands over, and what becomes of that file."""

from __future__ import annotations

from typing import Any

from bot import publishing
from bot.erasing.handing import delete_due
from bot.objective import ids as objective_ids
from playground.client import Person
from playground.controlling import plain_http
from storage import exports
from storage.holdings import About
from tests.bot.objective.conftest import House, changed, told
from tests.conftest import WORKSPACE


async def test_said_kept_current_looked_through_changed_and_handed_over(house: House) -> None:
    ana = house.person("ana")
    await ana.command("/firsthand objective", channel="pilot")
    form = await ana.modal("Customer insight")
    await form.submit({"words": ""})
    assert await ana.errors()
    await form.submit({"words": "Hear why bakeries print.", "aim": "changing", "span": "quarter"})
    await ana.modal(holding="Nothing yet")
    await (await ana.modal()).close()

    story = await told(house.desk, ana.id)
    other = await told(house.desk, ana.id, title="A *second* <@channel> one", key="draft:9")
    await changed(house.desk, story, house.person("ben").id, "The VAT number is asked for first.")
    await house.share(story)
    await house.world.channel("pilot").wait_for("Invoices at four in the morning")
    await ana.command("/firsthand objective", channel="pilot")
    window = await ana.modal("Customer insight")
    assert "The VAT number is asked for first." in window.words()
    await look_through(ana, story)
    file = await the_file(house, ana)
    headers = {"Authorization": f"Bearer {house.world.bot_token}"}
    async with plain_http(headers=headers) as http:
        text = (await http.get(file["url_private"])).text
    for words in ("Hear why bakeries print", "And I listened.", "They print because we forget.", "Ben"):
        assert words in text
    assert "Marta" not in text

    async with house.desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story, by=ana.id, now=house.desk.now())
    await delete_due(house.desk, WORKSPACE)
    assert not await files(house, ana)
    async with house.desk.read() as session:
        left = await exports.of(session, WORKSPACE, About.EMPLOYEE, ana.id)
    assert other
    assert left, "what is left of it is deleted with the rest, on its day"


async def look_through(ana: Person, story: int) -> None:
    """She takes one line out, says something in her own words, and adds a line to the page."""
    await pressed(ana, objective_ids.OBJECTIVE_PAGE)
    chosen = await ana.modal("A page for my review")
    boxes = {
        block["block_id"]: block["element"] for block in chosen.raw["blocks"] if block["type"] == "input"
    }
    gathered = next(key for key in boxes if key.startswith("lines:gathering"))
    assert len(boxes[gathered]["options"]) == 2
    await chosen.submit({gathered: [f"story:{story}"], "note": "They print because we forget."})
    page = await ana.modal("A page for my review")
    fields = {
        b["block_id"]: b["element"].get("initial_value", "")
        for b in page.raw["blocks"]
        if b["type"] == "input"
    }
    gathering = fields["part:gathering:0"]
    assert "Invoices at four" in gathering
    assert "second" not in gathering
    assert "in Slack](http" in gathering
    await page.submit({"part:gathering:0": gathering + "\n- And I listened."})


async def pressed(person: Person, action_id: str) -> None:
    await person.click(await person.modal(), action_id)


async def files(house: House, person: Person) -> list[dict[str, Any]]:
    room = house.world.channel(await person.dm())
    seen = await room.messages(as_="ana", threads=True)
    return [file for one in seen for file in one.raw.get("files", ()) if file.get("mode") != "tombstone"]


async def the_file(house: House, person: Person) -> dict[str, Any]:
    room = house.world.channel(await person.dm())

    async def look() -> bool:
        return bool(await files(house, person))

    await room._control.until(look, "the page", seconds=20)
    return (await files(house, person))[0]
