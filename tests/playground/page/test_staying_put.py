"""What changes on the page does not take people away from what they read or type."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground
from tests.playground.page.browser import browsing, write
from tests.playground.page.tiny_app import modal as tiny_modal

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_comes_in_below_is_told_to_somebody_who_reads_further_up(
    browser: Browser, world: Playground
) -> None:
    async with browsing(browser, world) as page:
        await page.get_by_role("link", name="pilot").click()
        ben = world.person("ben")
        for number in range(40):
            await ben.say(f"Line {number}", "pilot")
        await expect(page.locator("#messages").get_by_text("Line 39")).to_be_in_viewport()
        await page.locator("#scroll").evaluate("scroll => { scroll.scrollTop = 0; }")
        await ben.say("The last word", "pilot")
        below = page.get_by_role("button", name="New below")
        await expect(below).to_be_visible()
        await below.click()
        await expect(page.locator("#messages").get_by_text("The last word")).to_be_in_viewport()
        await expect(below).to_be_hidden()

        await page.locator("#scroll").evaluate("scroll => { scroll.scrollTop = 0; }")
        await write(page, "My own word")
        await expect(page.locator("#messages").get_by_text("My own word")).to_be_in_viewport()


async def test_a_view_that_is_drawn_anew_leaves_the_open_list_and_the_caret(
    browser: Browser, world: Playground
) -> None:
    async with browsing(browser, world) as page:
        await page.get_by_role("link", name="pilot").click()
        await write(page, "/interview")
        modal = page.locator("#modal")
        await expect(modal).to_be_visible()
        view = await modal.locator("form").get_attribute("data-view")
        client = AsyncWebClient(token=world.bot_token, base_url=world.api_url)

        how = modal.get_by_role("combobox", name="How")
        await how.click()
        await how.fill("in p")
        await expect(modal.get_by_role("option", name="In person")).to_be_visible()
        await client.views_update(view_id=view, view=tiny_modal("Once more"))
        await expect(modal.get_by_role("heading", name="Once more")).to_be_visible()
        await expect(modal.get_by_role("option", name="In person")).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(how).to_have_value("In person")

        words = modal.get_by_role("textbox", name="Their words")
        await words.fill("Paper asks nothing")
        await page.keyboard.press("Home")
        await client.views_update(view_id=view, view=tiny_modal("And again"))
        await expect(modal.get_by_role("heading", name="And again")).to_be_visible()
        await page.keyboard.type("On ")
        await expect(words).to_have_value("On Paper asks nothing")
