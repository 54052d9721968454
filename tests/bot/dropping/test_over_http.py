"""The whole way once more, with the bot as it runs and Slack reaching it over HTTP and over a socket."""

from __future__ import annotations

from bot import ids
from tests.bot.dropping import talks
from tests.scenarios.conftest import Office, office, setup

__all__ = ["office", "setup"]


async def test_a_dropped_transcript_leads_to_the_write_up(office: Office) -> None:
    ana = office.world.person("ana")
    await ana.share_file("Marta.vtt", talks.webvtt(talks.PAYROLL))
    room = office.world.channel(await ana.dm())
    message = await room.wait_for("Who here is the customer?", as_="ana")
    await ana.click(message, f"{ids.FILE_VOICE}:0")
    modal = await ana.modal()
    first = next(block["block_id"] for block in modal.blocks if block["type"] == "input")
    await modal.submit({first: ["Take this line"]})
    assert "Marta Ortega (new)" in str(modal.blocks)
