"""A page that stays open while its playground ends and begins again: one goes on in the same window."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, expect

from playground.client import Playground
from playground.setup import Setup
from tests.playground.page.browser import browsing, write
from tests.playground.page.tiny_app import manifest, running

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_window_and_what_is_typed_in_it_outlive_the_playground(
    browser: Browser, tmp_path: Path
) -> None:
    setup = Setup(manifest=manifest(), keep=tmp_path / "kept")
    async with AsyncExitStack() as first, AsyncExitStack() as pages:
        world = await first.enter_async_context(Playground.start(setup))
        page = await pages.enter_async_context(browsing(browser, world))
        modal = page.locator("#modal")
        async with running(world):
            await page.get_by_role("link", name="pilot").click()
            await write(page, "/interview ")
            field = modal.get_by_role("textbox").first
            await field.fill("Half a sentence")
        await first.aclose()
        await expect(page.get_by_text("The connection to the workspace was lost")).to_be_attached()
        port = urlsplit(world.url).port or 0
        async with Playground.start(setup, port=port) as again, running(again):
            await expect(page.get_by_text("Connected again.")).to_be_attached()
            await expect(field).to_have_value("Half a sentence")
            await modal.get_by_role("button", name="Next").click()
            await expect(modal.get_by_text("Please complete this required field.").first).to_be_visible()
            await expect(field).to_have_value("Half a sentence")
