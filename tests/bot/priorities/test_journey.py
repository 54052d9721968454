"""From seventy to three, over Slack's own wires: themes named and merged, three chosen, told, one dropped."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import pytest

from bot import digest, ids, publishing
from bot.attention_rounds import decide_waiting
from bot.messages.digest import digest_post
from playground.panes import Window
from playground.persons import Person
from storage import channels, priorities
from stories.channels import Kind
from stories.digest import DigestSettings
from stories.priorities.priority import Happening
from tests.bot.digest.conftest import listens
from tests.bot.priorities.conftest import (
    COLOUR,
    PAPER,
    PARROT,
    PRICE,
    SPEED,
    make_editor,
    spoken,
    theme,
)
from tests.bot.stories.conftest import House
from tests.conftest import NOW, WORKSPACE

pytestmark = pytest.mark.skipif(find_spec("wordllama") is None, reason="the extra `meaning` is not installed")


async def press(who: Person, window: Window, action_id: str, near: str, option: str = "") -> None:
    """Press the button, or choose in the menu, with this id that follows these words."""
    seen = False
    for block in window.blocks:
        seen = seen or near in str(block.get("text", ""))
        for element in block.get("elements", []) if seen else []:
            if element.get("action_id") == action_id:
                options = [one for one in element.get("options", []) if option == one["text"]["text"]]
                chosen = {"selected_option": options[0]} if options else None
                await who.click(window, action_id, chosen, block_id=block["block_id"])
                return
    raise AssertionError(f"no {action_id} after {near!r}")


async def shut(who: Person) -> None:
    await (await who.modal()).close(whole_stack=True)


async def choose(house: House, near: str, **more: Any) -> Window:
    """Open the candidates, press Choose it beside one, and send the form."""
    ana = house.person("ana")
    await ana.command("/stories top", channel="general")
    await ana.click(await ana.modal("The top three"), ids.PRIORITY_CANDIDATES)

    async def counted() -> bool:
        return "customers speak of it" in (await ana.modal("What speaks for each")).words()

    await house.world.until(counted, "the voices to be counted")
    window = await ana.modal("What speaks for each")
    await press(ana, window, ids.PRIORITY_CHOOSE, near)
    form = await ana.modal("Choose it")
    given = {"owner": "ben", "done_means": f"Nobody says {near} any more.", "segment": "everybody"}
    await form.submit(given | more)
    return window


async def test_from_seventy_to_three_and_one_dropped_for_a_fourth(house: House) -> None:
    channel = await listens(house)
    async with house.desk.begin() as session:
        heard = replace(channel, kinds=(Kind.STORIES, Kind.TOP_THREE))
        await channels.save(session, WORKSPACE, heard, now=NOW)
    await make_editor(house, "ana")
    everything = (*PAPER, *PRICE, *SPEED, *COLOUR, *PARROT)
    await spoken(house, *everything)
    await theme(house.desk, "paper one", *PAPER[:2], kept=False)
    await theme(house.desk, "paper two", *PAPER[2:])
    for name, said in (("Price", PRICE), ("Speed", SPEED), ("Colour", COLOUR), ("Parrot", PARROT)):
        await theme(house.desk, name, *said)
    await theme(house.desk, "Mixed", *SPEED, *COLOUR)
    await name_and_merge(house)

    window = await choose(house, "Parrot")
    assert "Symptom only" in window.words()
    assert "a tie" in window.words()
    ana = house.person("ana")
    assert "Ask 2 more customers" in str(await ana.errors())
    await shut(ana)

    for name in ("Paper &lt;!channel", "Price", "Speed"):
        await choose(house, name)
        await shut(ana)
    await decide_waiting(house.desk, WORKSPACE)
    post = await house.world.channel("pilot").wait_for("is one of the top three until 31 December 2026")
    assert "I print every order." in post.words()
    assert "<!channel>" not in str(post.blocks)
    assert "this channel asked to hear of the top three" in post.words()

    await told_and_dropped(house)
    await taken_back(house)


async def name_and_merge(house: House) -> None:
    """A proposal gets its name, another one goes into it, and one that holds two things falls apart."""
    ana = house.person("ana")
    await ana.command("/stories themes", channel="general")
    window = await ana.modal("Themes")
    await press(ana, window, ids.THEME_NAME, "paper one")
    naming = await ana.modal("Name this theme")
    await naming.submit({"theme_name": "Paper <!channel>", "theme_sentence": "They print what they see."})
    await shut(ana)
    await ana.command("/stories themes", channel="general")
    window = await ana.modal("Themes")
    await press(ana, window, ids.THEME_MERGE, "paper two", "Paper <!channel>")

    async def merged() -> bool:
        shown = await ana.modal("Themes")
        return "paper two" not in shown.words() and ids.THEME_SPLIT in shown.actions()

    await house.world.until(merged, "the themes after the merge")
    await press(ana, await ana.modal("Themes"), ids.THEME_SPLIT, "Mixed")

    async def split() -> bool:
        words = (await ana.modal("Themes")).words()
        return "Proposed:" in words and "Mixed" not in words

    await house.world.until(split, "two proposals in the place of one")
    await shut(ana)


async def told_and_dropped(house: House) -> None:
    """The owner says what changed; a fourth is added for one that goes, with the reason kept."""
    ben, ana = house.person("ben"), house.person("ana")
    await ben.command("/stories top", channel="general")
    window = await ben.modal("The top three")
    assert ids.PRIORITY_DROP not in window.actions()
    await press(ben, window, ids.PRIORITY_TELL, "Price")
    await (await ben.modal("What changed")).submit({"words": "We asked three of them on Monday."})
    await ana.command("/stories top", channel="general")
    assert "We asked three of them on Monday." in (await ana.modal("The top three")).words()
    await shut(ana)
    await choose(house, "Colour")
    assert set(await ana.errors()) == {"drop"}
    await shut(ana)
    await choose(house, "Colour", drop="Price", drop_why="The board settles prices.")
    await shut(ana)
    async with house.desk.read() as session:
        names = [one.name for one in await priorities.standing(session, WORKSPACE, NOW.date())]
        (dropped,) = [
            one for one in await priorities.every(session, WORKSPACE, most=9) if one.name == "Price"
        ]
        log = await priorities.log(session, WORKSPACE, dropped.id)
    assert names == ["Paper <!channel>", "Colour", "Speed"]
    assert (log[-1].what, log[-1].words) == (Happening.DROPPED, "The board settles prices.")
    await house.person("noor").command("/stories top", channel="general")
    window = await house.person("noor").modal("The top three")
    last = window.blocks[-1]["block_id"]
    await house.person("noor").click(window, ids.PRIORITY_LOG, block_id=last)
    assert "The board settles prices." in (await house.person("noor").modal("What was decided")).words()


async def taken_back(house: House) -> None:
    """A story that carries a theme says which it serves; taken back, it leaves the announcement."""
    rows = await house.rows(
        "SELECT s.id, q.text FROM stories s JOIN quotes q ON q.interview_id = s.interview_id"
    )
    story_id = next(number for number, words in rows if words == PAPER[0])
    await house.share(story_id, "lobby")
    shared = await house.world.channel("lobby").wait_for("Serves one of the top three")
    assert "Paper" in shared.words()
    async with house.desk.read() as session:
        place, wanted = await house.channel_id("general"), DigestSettings(how_many=3)
        told = await digest.compose(session, WORKSPACE, place, wanted, house.desk.now())
    assert told is not None
    assert "Serves one of the top three" in str(digest_post(told.entries))
    async with house.desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story_id, by="UMIKA", now=house.desk.now())
    house.desk.wake_outbox()

    async def gone() -> bool:
        post = await house.world.channel("pilot").wait_for("is one of the top three until")
        return PAPER[0] not in post.words()

    await house.world.until(gone, "the quote to leave the announcement")
