"""The pages of an installation in a browser: they look like pages, and shut nobody out."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from bot.settings import Settings
from playground.setup import Setup
from tests.scenarios.axe import AXE, GRAVE
from tests.scenarios.installing import Town, town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def grave_faults(page: Page) -> list[str]:
    """The rules that are broken on this page, and whether it can be scrolled sideways."""
    await page.evaluate(AXE)
    found = await page.evaluate("axe.run({resultTypes: ['violations']})")
    assert found["passes"], "axe looked at something"
    wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    grave = [fault["id"] for fault in found["violations"] if fault["impact"] in GRAVE]
    return [*grave, *(["sideways"] if wide else [])]


async def _way_through(page: Page, place: Town) -> None:
    """Decline, then install: every page on the way is looked at."""
    await page.goto(f"{place.settings.firsthand_address}/slack/install")
    assert await grave_faults(page) == [], "before"
    await page.get_by_role("link", name="Continue to Slack").click()
    await page.get_by_role("button", name="Cancel").click()
    assert "Nothing was installed" in await page.inner_text("h1")
    assert await grave_faults(page) == [], "declined"
    await page.get_by_role("link", name="Begin again").click()
    await page.get_by_role("link", name="Continue to Slack").click()
    await page.get_by_role("button", name="Allow").click()
    assert "Firsthand is in Playground" in await page.inner_text("h1")
    assert await grave_faults(page) == [], "installed"
    home = await page.get_by_role("link", name="Open Firsthand’s Home").get_attribute("href")
    assert home is not None
    assert home.startswith(f"slack://app?team={place.world.team_id}&id=A")


async def test_the_way_through_the_pages_shuts_nobody_out(
    browser: Browser, setup: Setup, settings: Settings
) -> None:
    async with town(setup, settings) as place, await browser.new_page() as page:
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text))
        # The first is a window of 1280 at twice the size: it has half the room.
        for width, scheme in ((640, "light"), (390, "dark")):
            await page.context.clear_cookies()
            await page.set_viewport_size({"width": width, "height": 800})
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
            await _way_through(page, place)
        assert wrong == [], "the browser's console has nothing to complain about"
