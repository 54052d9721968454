from __future__ import annotations

import asyncio
from importlib.util import find_spec

import pytest

from bot import themes as work
from bot.desk import Desk
from bot.messages import themes as messages
from bot.search_gleaning import glean
from bot.settings import Settings
from storage import nps_answers, nps_sources, people, themes
from storage.nps_answers import Answer
from stories.errors import UserError
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import House
from tests.conftest import NOW, WORKSPACE

pytestmark = pytest.mark.skipif(find_spec("wordllama") is None, reason="the extra `meaning` is not installed")

PRICE = (
    "The price is too high.",
    "Too expensive for us.",
    "Costs more than others.",
    "The price went up again.",
)
SPEED = ("The app is slow.", "Loading takes ages.", "Slow on Mondays.", "It takes ages to load a page.")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The small encoder, whichever others are installed."""
    return settings.model_copy(update={"firsthand_search_encoder": "wordllama"})


async def say(desk: Desk, *words: str, shared: bool = True) -> None:
    async with desk.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind="file", name="shop", now=NOW)
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=shared)
        said = [Answer(key=one, score=3, at=NOW, comment=one) for one in words]
        await nps_answers.take_in(session, WORKSPACE, source, said)
    await glean(desk, WORKSPACE)


async def shown(desk: Desk) -> dict[str, set[str]]:
    known = await work.look(desk, WORKSPACE, "U1")
    return {
        one.theme.name: {
            voice.words for voice in await work.voices(desk, WORKSPACE, "U1", one.theme.id, most=99)
        }
        for one in known
    }


async def keep(desk: Desk, about: str, called: str) -> int:
    """Name the proposal in which this was said."""
    for one in await work.look(desk, WORKSPACE, "U1"):
        said = await work.voices(desk, WORKSPACE, "U1", one.theme.id, most=99)
        if about in {voice.words for voice in said}:
            vector = await work.described(desk, WORKSPACE, one.theme.id, called)
            async with desk.begin() as session:
                await themes.name(
                    session,
                    WORKSPACE,
                    one.theme.id,
                    called=called,
                    sentence=called,
                    described=vector,
                    by="U1",
                )
            return one.theme.id
    raise AssertionError(f"nobody proposes {about!r}")


async def test_what_is_said_becomes_themes_that_what_arrives_is_sorted_under(desk: Desk) -> None:
    await say(desk, *PRICE, *SPEED)
    assert await work.find(desk, WORKSPACE) == 2
    proposed = await shown(desk)
    assert set(PRICE) in proposed.values()
    await keep(desk, PRICE[0], "Price too high")
    await keep(desk, SPEED[0], "Slow loading")
    await say(desk, "Your price is far too high for a small shop.", "The parrot was friendly.")
    found = await shown(desk)
    assert "Your price is far too high for a small shop." in found["Price too high"]
    assert not any("The parrot was friendly." in said for said in found.values())


async def test_what_people_put_right_stays_and_is_learned_from(desk: Desk) -> None:
    await say(desk, *PRICE, *SPEED)
    await work.find(desk, WORKSPACE)
    price, speed = await keep(desk, PRICE[0], "Price"), await keep(desk, SPEED[0], "Slow")
    text_id = (await work.voices(desk, WORKSPACE, "U1", price, most=99))[0].text_id
    async with desk.begin() as session:
        await themes.correct(session, WORKSPACE, text_id, theme_id=price, to_id=speed, by="U2", now=NOW)
    await say(desk, "It is slow again.")
    wrong = await work.voices(desk, WORKSPACE, "U1", price, most=99)
    right = await work.voices(desk, WORKSPACE, "U1", speed, most=99)
    assert text_id not in {one.text_id for one in wrong}
    assert text_id in {one.text_id for one in right}
    async with desk.begin() as session:
        await themes.merge(session, WORKSPACE, speed, [price], now=NOW)
    assert list(await shown(desk)) == ["Slow"]
    at_once = [work.split(desk, WORKSPACE, speed) for _editor in range(2)]
    assert [type(one) for one in await asyncio.gather(*at_once, return_exceptions=True)].count(UserError) == 1
    assert len(await shown(desk)) == 2


async def test_words_that_may_not_be_shown_are_not(desk: Desk) -> None:
    await say(desk, *PRICE, *SPEED)
    await work.find(desk, WORKSPACE)
    await say(desk, shared=False)
    assert set().union(*(await shown(desk)).values()) == set()


async def test_too_little_is_no_theme(desk: Desk) -> None:
    await say(desk, *PRICE[:2])
    with pytest.raises(UserError, match="Too little"):
        await work.find(desk, WORKSPACE)


async def test_hostile_words_in_a_theme_do_nothing(desk: Desk) -> None:
    nasty = "<!channel> *a* `b` <@U1> &amp; " + "x" * 900
    await say(desk, *(f"{nasty} {n}" for n in range(4)))
    await work.find(desk, WORKSPACE)
    await keep(desk, f"{nasty} 1", nasty[:200])
    known = await work.look(desk, WORKSPACE, "U1")
    window = messages.window(known * 9, editor=True)
    assert_valid(window, "modal")
    assert "<!channel>" not in str([block for block in window["blocks"] if block["type"] == "section"])
    voices = await work.voices(desk, WORKSPACE, "U1", known[0].theme.id, most=9)
    assert_valid(messages.voices_window(known[0].theme, voices, [one.theme for one in known] * 60), "modal")
    assert_valid(messages.naming(known[0].theme), "modal")


async def test_an_editor_finds_and_names_and_anybody_reads(house: House) -> None:
    await say(house.desk, *PRICE, *SPEED)
    editor = house.person("ana")
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, editor.id, "editor", by="U0", now=NOW)
    await editor.command("/stories themes", channel="general")
    window = await editor.modal("Themes")
    await editor.click(window, "themes_find")

    async def proposed() -> bool:
        return "Proposed:" in (await editor.modal("Themes")).words()

    await house.world.until(proposed, "proposals")
    window = await editor.modal("Themes")
    number = next(
        element["value"]
        for block in window.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "theme_name"
    )
    assert number
    reader = house.person("ben")
    await reader.command("/stories themes", channel="general")
    seen = await reader.modal("Themes")
    assert "theme_name" not in seen.actions()
    assert "No theme has been named yet" in seen.words()
