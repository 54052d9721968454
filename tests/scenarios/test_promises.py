"""A promise made in a write-up is remembered in its owner's morning of that day, and ticked off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import ids
from tests.scenarios.conftest import PATIENCE, Office


@pytest.mark.parametrize("office", ["http"], indirect=True)
async def test_a_promise_is_remembered_on_its_day_and_ticked_off(office: Office) -> None:
    world = office.world
    ana = world.person("ana")
    day = (await world.now() + timedelta(days=1)).date()
    await ana.command("/interview", channel="pilot")
    await ana.submit({"name": "Nia Prothero", "how": "visit"})
    await ana.submit({"trying_to": "Get the papers ready by noon.", "happened": "She prints every form."})
    await ana.submit({"quote_0": "Paper doesn't ask me to log in."})
    await ana.submit({"meaning": "Logging in is the obstacle."})
    promise = {"promise": "Send her the short form", "promise_by": day.isoformat()}
    await ana.submit({"sharing": "not_shared", **promise})
    await (await ana.modal()).submit()
    private = world.channel(await ana.dm())
    assert await private.messages(as_="ana") == []

    await office.next_morning()
    reminder = await private.wait_for("Send her the short form", as_="ana", seconds=PATIENCE)
    await ana.click(reminder, ids.FOLLOW_UP_DONE)
    await (await ana.modal("It’s done")).submit({"closing": "She has the short form"})
    done = await private.wait_for("Well done", as_="ana", seconds=PATIENCE)
    assert ids.FOLLOW_UP_DONE not in done.actions()
    await office.next_morning()
    draft = await private.wait_for("She has the short form", as_="ana", seconds=PATIENCE)
    (first,) = [one for one in await private.messages(as_="ana") if one.ts == done.ts]
    # A message to the customer, to be sent in her own name, and of what she promised not a word more.
    assert ids.FOLLOW_UP_DONE not in [*first.actions(), *draft.actions()]
