"""A customer opens the link that they were given: with a keyboard alone, on any screen, in any light."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page

from bot import ids, publishing
from bot.logs import OURS
from bot.settings import Settings
from playground.setup import Setup
from storage import interviews, workspaces
from tests.bot.stories.conftest import BAKER
from tests.scenarios.conftest import Office, at_work
from tests.scenarios.test_installing_pages import grave_faults

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
ADDRESS = "https://firsthand.example.com"
NEW = "I do my invoices at five, with flour on the screen."
RIGHT_TO_LEFT = ("الفاتورة رقم 12 (من Leeds) وصلت متأخرة.", "אני מדפיסה הכול ב־Excel, כל יום!")
LONG = "Rechnungsstellungsbenachrichtigungseinstellungen" * 2
STORY = replace(
    BAKER,
    quotes=(*BAKER.quotes, *RIGHT_TO_LEFT),
    happened=f"{BAKER.happened} {LONG}",
    title="فاتورة في الرابعة",
)
SCREENS = (
    (390, "dark", "de-DE", "Ihre eigenen Worte"),
    (195, "light", "fr-FR", "Your own words"),
    (1280, "light", "en-GB", "Your own words"),
)
"""Width, light, the browser's language, and a heading in it.

The narrowest is a phone of 390 on which everything is twice the size.
"""


async def _told(office: Office) -> None:
    """A story of Ana's that #pilot reads."""
    world, team = office.world, office.world.team_id
    ana, now = world.person("ana"), await world.now()
    async with office.database.begin() as session:
        await workspaces.ensure(session, team, name="Playground", installed_by=None, now=now)
        story_id = await interviews.store(
            session, team, STORY, source_key="scenario", author_id=ana.id, now=now
        )
        await publishing.publish(session, team, story_id, by=ana.id, now=now)


async def _link(office: Office) -> str:
    """The link as Ana reads it in Slack, once."""
    ana = office.world.person("ana")
    await ana.command("/stories mine", channel="general")
    mine = await office.world.channel("general").wait_for("Your stories", as_="ana")
    await ana.click(mine, ids.STORY_PREVIEW)
    await ana.click(await ana.modal(), ids.LINKS_OPEN)
    await (await ana.modal("A link for the customer")).submit({"days": "7"})
    made = await ana.modal("A link for the customer")
    found = re.search(re.escape(ADDRESS) + r"(/your-words/[\w.-]+)", made.words())
    assert found
    return f"http://127.0.0.1:{office.settings.firsthand_port}{found[1]}"


_DIRECTIONS = "[...document.querySelectorAll('blockquote')].map(one => getComputedStyle(one).direction)"


def _noted(wrong: list[str], said: ConsoleMessage) -> None:
    wrong.append(said.text)


async def _looked_at(page: Page, link: str) -> None:
    """On every screen nothing is wrong with the page, its forms opened, nor with one that is not there."""
    wrong: list[str] = []
    page.on("console", partial(_noted, wrong))
    for width, light, language, heading in SCREENS:
        await page.set_viewport_size({"width": width, "height": 800})
        await page.emulate_media(color_scheme=light)  # type: ignore[arg-type]  # one of the two
        await page.set_extra_http_headers({"Accept-Language": language})
        await page.goto(link)
        await page.locator("summary").first.click()
        assert await grave_faults(page) == [], (width, light)
        assert wrong == []
        assert heading in await page.inner_text("main"), language
        assert await page.evaluate(_DIRECTIONS) == ["ltr", "rtl", "rtl"], "each in its own direction"
        await page.goto(link[:-1])
        assert await grave_faults(page) == [], "nothing here"
        wrong.clear()


async def _corrects_with_a_keyboard(page: Page) -> None:
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.tagName") == "SUMMARY"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Control+A")
    await page.keyboard.type(NEW)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.get_by_role("status").wait_for()
    assert NEW in await page.inner_text("main")


def _stored(folder: Path) -> bytes:
    """All that stands in the files of the bot's database."""
    return b"".join(file.read_bytes() for file in folder.glob("firsthand.sqlite3*"))


async def test_with_a_keyboard_and_without_a_script_they_correct_and_take_back(
    browser: Browser, setup: Setup, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    reached = settings.model_copy(update={"firsthand_address": ADDRESS})
    async with at_work(setup, reached, mode="http") as office, await browser.new_page() as page:
        await _told(office)
        link = await _link(office)
        await _looked_at(page, link)
        await page.goto(link)
        await _corrects_with_a_keyboard(page)
        ana = office.world.person("ana")
        await office.world.channel(await ana.dm()).wait_for("corrected their own words")
        await page.get_by_label("Yes, nobody is to read this story any more.").check()
        await page.get_by_role("button", name="Take this story back").click()
        assert "you took it back" in await page.inner_text("main")
        assert await grave_faults(page) == []
        await office.world.channel(await ana.dm()).wait_for("took a story of yours back")
    secret = link.rpartition(".")[2]
    stored = _stored(tmp_path)
    assert len(secret) > 40
    assert stored
    assert secret.encode() not in stored, "whoever finds the database opens nothing"
    assert secret not in caplog.text, "nor whoever reads the log"
