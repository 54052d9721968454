"""The page in a real browser, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import Browser, Page, expect

from playground.client import Playground
from playground.setup import Step

START = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)
STEPS = (Step("Write it up", "Type /interview."), Step("React", "Press Made me think."))


_TABS: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()


@asynccontextmanager
async def tab(
    browser: Browser, *, width: int = 1280, height: int = 860, dark: bool = False
) -> AsyncIterator[Page]:
    """A tab that all tests of this process have: another one takes a second of the processor.

    Nothing stays in it: what a page keeps, and every cookie, goes at the end. After a failure it is closed.
    """
    page = _TABS.pop(browser, None) or await (await browser.new_context(locale="en-GB")).new_page()
    try:
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme="dark" if dark else "light")
        yield page
        await page.evaluate("localStorage.clear(), sessionStorage.clear()")
        await page.goto("about:blank")
        await page.context.clear_cookies()
        await page.unroute_all()
    except BaseException:
        await page.context.close()
        raise
    _TABS[browser] = page


@asynccontextmanager
async def browsing(browser: Browser, world: Playground, *, width: int = 1280) -> AsyncIterator[Page]:
    """The tab at the playground's page."""
    wrong: list[str] = []
    async with tab(browser, width=width) as page:
        with (
            listening(page, "pageerror", lambda error: wrong.append(str(error))),
            listening(
                page,
                "console",
                lambda line: wrong.append(line.text) if "Security Policy" in line.text else None,
            ),
        ):
            await page.goto(world.url)
            await expect(page.locator("body[data-ready]")).to_be_attached()
            yield page
            assert wrong == []


@contextmanager
def listening(page: Page, event: str, heard: Callable[[Any], None]) -> Iterator[None]:
    page.on(event, heard)  # type: ignore[call-overload]  # one of the events
    yield
    page.remove_listener(event, heard)


async def write(page: Page, text: str) -> None:
    await page.locator("#composer-text").fill(text)
    await page.keyboard.press("Enter")
