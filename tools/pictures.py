"""Draws the product's pictures from the running demo: `make pictures` writes docs/pictures/*.png.

The clock is set, so drawing them again changes little. Needs Debian's chromium.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Browser, Locator, async_playwright, expect

from bot.running import running
from demo.clock import following
from demo.company import load_company
from demo.wiring import demo, demo_settings
from demo.workspace import workspace_of
from playground.client import Playground
from storage.migrating import migrate
from tools import sample_why
from tools.sample_talk import TALK
from tools.visitor import CHANNEL, Visitor, WriteUp, launched, visiting

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MORNING = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
TALL = 1000
"""Pixels of height in which a whole form, and a whole story, are to be seen."""
SETTLED_MS = 300
WILL_DO = "Draw a bill by the term, and show it to three rounds before Christmas"


class Album:
    """Takes pictures of what one visitor sees."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor

    async def page(self, name: str) -> None:
        """The whole window."""
        await self._settle()
        await self._visitor.page.screenshot(path=FOLDER / f"{name}.png")

    async def room(self, name: str) -> None:
        """The open conversation or App Home, without what stands beside it."""
        await self._settle()
        await self._visitor.page.locator("#main").screenshot(path=FOLDER / f"{name}.png")

    async def message(self, name: str, message: Locator) -> None:
        """One message alone."""
        await self._settle()
        await message.locator(".message-row").screenshot(path=FOLDER / f"{name}.png")

    async def form(self, name: str) -> None:
        """The open form alone, from its top."""
        await self._visitor.modal.locator(".view-body").evaluate("body => { body.scrollTop = 0; }")
        await self._settle()
        await self._visitor.modal.screenshot(path=FOLDER / f"{name}.png")

    async def _settle(self) -> None:
        """Nothing is pointed at, nothing is focused, nothing moves."""
        await self._visitor.page.mouse.move(1, 1)
        await self._visitor.page.evaluate("document.activeElement.blur()")
        await self._visitor.page.wait_for_timeout(SETTLED_MS)


async def draw(chromium: str) -> None:
    """Draw all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as driver, await launched(driver, chromium) as browser:
        with tempfile.TemporaryDirectory() as folder:
            async with demo(Path(folder), port=0, now=MORNING) as world:
                await _first_screens(browser, world.url)
                await _centre(browser, world.url)
                async with visiting(browser, world.url, height=TALL) as visitor:
                    await _write_up(visitor, Album(visitor))
                    await _channel_settings(visitor, Album(visitor))
                    await _the_day_after(visitor, Album(visitor))
                    await _avatar(visitor, Album(visitor))
        with tempfile.TemporaryDirectory() as folder:
            async with day_one(Path(folder)) as world:
                await _first_week(browser, world.url)


async def _first_screens(browser: Browser, url: str) -> None:
    async with visiting(browser, url, height=TALL) as visitor:
        await Album(visitor).page("morning")
    async with visiting(browser, url, height=TALL, dark=True) as visitor:
        await Album(visitor).page("morning-dark")
    async with visiting(browser, url, width=390, height=844) as visitor:
        await Album(visitor).page("phone")
        await WriteUp(visitor).begin()
        await Album(visitor).page("phone-form")
        await visitor.go_on("Close")


async def _centre(browser: Browser, url: str) -> None:
    """The page that the last of the steps leads to, on a wall."""
    async with visiting(browser, url) as visitor:
        link = await visitor.page.get_by_role("link", name="Open it").get_attribute("href")
    page = await browser.new_page(viewport={"width": 1920, "height": 1080})
    await page.goto(f"{link}?view=projector&look=dark")
    await page.screenshot(path=FOLDER / "centre-wall.png")
    await page.close()


async def _write_up(visitor: Visitor, album: Album) -> None:
    write = WriteUp(visitor)
    await write.begin()
    steps = (write.who, write.what, write.words, write.meaning, write.consent)
    for number, fill in enumerate(steps, start=1):
        await fill()
        await album.form(f"interview-{number}")
        await visitor.go_on()
        await visitor.at_step(number + 1)
    await album.form("preview")
    await visitor.go_on("Publish")
    await expect(visitor.modal).to_contain_text("is published")
    await album.form("published")
    await visitor.go_on("Close")


async def _channel_settings(visitor: Visitor, album: Album) -> None:
    await visitor.type("/firsthand")
    await expect(visitor.modal).to_contain_text("On which days?")
    await album.form("settings")
    await visitor.go_on("Cancel")


async def _the_day_after(visitor: Visitor, album: Album) -> None:
    await visitor.go_to_tomorrow()
    await visitor.story(TALK.title).get_by_role("button", name="act on it").first.click()
    await visitor.write("What will you do", WILL_DO)
    await visitor.go_on("Take it on")
    await visitor.go_on("Close")
    await expect(visitor.story(TALK.title)).to_contain_text("One person is acting on this")
    await album.room("acted")
    await visitor.go_home()
    await expect(visitor.home).to_contain_text(WILL_DO)
    await album.room("app-home")
    await visitor.go_to(CHANNEL)
    await visitor.type("/stories mine")
    await visitor.messages.get_by_role("button", name="Withdraw").first.click()
    await visitor.page.locator("#confirm-yes").click()
    gone = visitor.messages.get_by_text("taken back by its author")
    await expect(gone).to_be_attached()
    await gone.evaluate("line => line.closest('.message').scrollIntoView()")
    await album.room("withdrawn")


async def _avatar(visitor: Visitor, album: Album) -> None:
    await sample_why.fill_in(visitor)
    await album.form("why")
    said = await sample_why.begin(visitor)
    await said.evaluate("line => line.scrollIntoView()")
    await album.message("avatar", said)


async def _first_week(browser: Browser, url: str) -> None:
    async with visiting(browser, f"{url}?as=winston", height=TALL, greeted=False) as visitor:
        await visitor.go_home()
        await expect(visitor.home).to_contain_text("Your next step")
        await Album(visitor).room("first-week")


@asynccontextmanager
async def day_one(folder: Path) -> AsyncIterator[Playground]:
    """The same company on the day Firsthand is installed: nothing is written up, nothing was posted."""
    setup = workspace_of(load_company(), MORNING - timedelta(days=1))
    async with Playground.start(setup) as world:
        settings = demo_settings(world, folder)
        migrate(settings.database_url)
        async with following(world.url) as clock, running(settings, clock):
            await world.wait_for_app()
            yield world


def main() -> int:
    """Draw, and say how big they are together."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("The pictures need Debian's chromium: sudo apt install chromium\n")
        return 1
    # A tick that is still at work when the next is due is meant to be left out, not reported.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    asyncio.run(draw(chromium))
    sizes = [picture.stat().st_size for picture in FOLDER.glob("*.png")]
    sys.stdout.write(f"{len(sizes)} pictures in {FOLDER}, {sum(sizes) / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
