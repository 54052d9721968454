"""The page in a real browser, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from playwright.async_api import Browser, Page, expect

from playground.client import Playground
from playground.setup import Step

START = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)
STEPS = (Step("Write it up", "Type /interview."), Step("React", "Press Made me think."))


@asynccontextmanager
async def browsing(browser: Browser, world: Playground, *, width: int = 1280) -> AsyncIterator[Page]:
    async with await browser.new_context(viewport={"width": width, "height": 860}, locale="en-GB") as own:
        page = await own.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Security Policy" in line.text else None)
        await page.goto(world.url)
        await expect(page.locator("body[data-ready]")).to_be_attached()
        yield page
        assert wrong == []


async def write(page: Page, text: str) -> None:
    await page.locator("#composer-text").fill(text)
    await page.keyboard.press("Enter")
