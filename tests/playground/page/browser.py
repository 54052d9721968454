"""The page in a real browser, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from playwright.async_api import Page, async_playwright, expect

from playground.client import Playground
from playground.setup import Step

START = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)
STEPS = (Step("Write it up", "Type /interview."), Step("React", "Press Made me think."))


@asynccontextmanager
async def browsing(chromium: str, world: Playground, *, width: int = 1280) -> AsyncIterator[Page]:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": width, "height": 860}, locale="en-GB")
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Security Policy" in line.text else None)
        await page.goto(world.url)
        await expect(page.locator("body[data-ready]")).to_be_attached()
        yield page
        assert wrong == []
        await browser.close()


async def write(page: Page, text: str) -> None:
    await page.locator("#composer-text").fill(text)
    await page.keyboard.press("Enter")
