"""The same real talks through Slack's door: dropped on the bot, the customer confirmed, lines picked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot import ids
from playground.client import Modal, SeenMessage
from storage import drafts
from stories.sentences import sentences
from tests.bot.dropping.conftest import drop
from tests.bot.interview.conftest import World, slack, world
from tests.real.test_real_talks_go_in import ALL, CLEAR, DATA, UNMARKED, path_of

__all__ = ["slack", "world"]

CUSTOMERS: Mapping[str, str] = {
    "20230913T192610Z": "Hazel",
    "20231011T205228Z": "Iris",
    "20231220T044451Z": "Juraci",
    "20240305T194924Z": "Greg",
    "20240501T193321Z": "Vijay",
    "20240605T213659Z": "Kayla Riel",
    "20240617T190022Z": "Oscar",
}
"""Who is chosen where several could be the customer, or where it matters who."""

PICKED = 3

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them"
)


async def test_all_of_them_become_drafts_with_lines_that_somebody_picked(world: World) -> None:
    taken: list[int] = []
    for stamp in ALL:
        path = path_of(stamp)
        asked = "Show me the lines" if stamp in UNMARKED else "Who here is the customer?"
        message = await drop(world, path.read_bytes(), path.name, expect=asked)
        modal = await confirmed(world, message, CUSTOMERS.get(stamp))
        taken.append(await picked(modal))
        await modal.close()
    async with world.desk.read() as session:
        kept = await drafts.of_author(session, world.team, world.ana.id, most=len(ALL) + 1)
    assert len(kept) == len(ALL)
    assert [len(draft.form.quotes) for draft in reversed(kept)] == taken
    quotes = [quote for draft in kept for quote in draft.form.quotes]
    assert all(sentences(quote)[0].whole for quote in quotes)
    names = [draft.form.name for draft in kept]
    unnamed = len(UNMARKED) + 1
    assert names.count("") == unnamed, "where nobody is marked, and where who answers is called Response"
    assert all(draft.form.talked_on for draft in kept)


async def test_one_that_was_dropped_before_changes_nothing(world: World) -> None:
    path = path_of(CLEAR[0])
    await drop(world, path.read_bytes(), path.name, expect="Who here is the customer?")
    before = await world.only_draft()
    await drop(world, path.read_bytes(), "a copy.md", expect="dropped “a copy.md” before")
    assert await world.only_draft() == before


async def confirmed(world: World, message: SeenMessage, name: str | None) -> Modal:
    """The window with the lines of the voice that is said to be the customer's, or of the likely one."""
    choices = next(block for block in message.blocks if block["type"] == "actions")["elements"]
    if choices[0]["type"] == "static_select":
        await world.ana.pick(message, ids.FILE_VOICE, name or str(choices[0]["options"][0]["text"]["text"]))
    else:
        named = [one for one in choices if one["text"]["text"] == name]
        await world.ana.click(message, str((named or choices)[0]["action_id"]))
    return await world.ana.modal()


async def picked(modal: Modal) -> int:
    """The first lines are taken whole, and the write-up opens; how many there were."""
    lines: list[dict[str, Any]] = [block for block in modal.blocks if block["type"] == "input"]
    assert 2 <= len(lines) <= 5
    ticks = {
        block["block_id"]: [option["text"]["text"] for option in block["element"]["options"]]
        for block in lines[:PICKED]
    }
    outcome = await modal.submit(ticks)
    assert outcome["ok"], outcome
    assert "step 1 of 6" in modal.words()
    return len(ticks)
