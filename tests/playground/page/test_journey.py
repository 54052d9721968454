"""A person's way through the page in a real browser, with a small Bolt app on the other side."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from playground.client import Playground
from playground.setup import Setup
from tests.playground.page.browser import START, browsing, write
from tests.playground.page.tiny_app import HOSTILE, manifest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# A dialog lets the focus leave to the browser itself (the body, as a page sees it) and nowhere else.
INSIDE_MODAL = """() => {
    const focused = document.activeElement;
    return focused === document.body || document.querySelector("#modal").contains(focused);
}"""


async def test_from_a_command_to_a_story_that_somebody_reacts_to(browser: Browser, world: Playground) -> None:
    async with browsing(browser, world) as page:
        modal = page.locator("#modal")
        await page.get_by_role("link", name="pilot").click()
        await page.locator("#composer-text").press_sequentially("/int")
        await expect(page.get_by_role("option", name=re.compile("interview"))).to_be_visible()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(modal).to_be_visible()

        await modal.get_by_role("button", name="Next").click()
        await expect(modal.get_by_text("Please complete this required field.")).to_have_count(2)

        await modal.get_by_role("combobox", name="Customer").fill("n")
        await expect(modal.get_by_role("option", name="Nia")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(modal.get_by_role("option", name="Nia")).to_be_hidden()
        await modal.get_by_role("combobox", name="Customer").fill("ni")
        await modal.get_by_role("option", name="Nia").click()
        await modal.get_by_role("textbox", name="Their words").fill("short")
        await modal.get_by_role("button", name="Next").click()
        await expect(modal.get_by_text("A few more words, please.")).to_be_visible()
        await expect(modal.get_by_role("combobox", name="Customer")).to_have_value("Nia")
        await expect(modal.get_by_role("textbox", name="Their words")).to_have_value("short")
        await expect(modal.get_by_role("textbox", name="Their words")).to_be_focused()

        await modal.get_by_role("textbox", name="Their words").fill(HOSTILE)
        await modal.get_by_role("button", name="Next").click()
        await expect(modal.get_by_role("heading", name="Preview")).to_be_visible()
        await expect(modal.get_by_role("textbox", name="Their words")).to_have_value(HOSTILE)
        await modal.get_by_role("button", name="Next").click()
        await expect(modal).to_be_hidden()

        messages = page.locator("#messages")
        await expect(messages.get_by_text("<script>")).to_be_visible()
        await messages.get_by_role("button", name="Made me think").click()
        await expect(messages.get_by_text("1 thought about it")).to_be_visible()
        await expect(messages.get_by_text("Only visible to you")).to_be_visible()
        await messages.get_by_role("button", name="Dismiss message").click()
        await expect(messages.get_by_text("Only visible to you")).to_be_hidden()
        assert "broken" not in await page.title()


async def test_being_somebody_else_and_setting_the_clock(browser: Browser, world: Playground) -> None:
    async with browsing(browser, world) as page:
        await page.get_by_role("link", name="pilot").click()
        await write(page, "Hello *all*")
        await expect(page.locator("#messages b")).to_have_text("all")

        await page.locator("#who").click()
        await page.get_by_role("menuitemradio", name=re.compile("Ben Okafor")).click()
        await expect(page.locator("#who-name")).to_have_text("Ben Okafor")
        await expect(page.locator("#messages").get_by_text("Ana Sousa")).to_be_visible()

        await page.get_by_role("link", name="Tryout").click()
        await expect(page.locator("#home")).to_contain_text(f"Good morning, {world.person('ben').id}")

        await page.locator("#clock").click()
        await page.get_by_role("button", name="Jump to tomorrow 9:00").click()
        await expect(page.locator("#clock-time")).to_have_text("Tue 3 Mar, 09:00")
        assert (await world.now()).date().isoformat() == "2026-03-03"


async def test_news_arrives_without_reloading_and_is_counted_elsewhere(
    browser: Browser, world: Playground
) -> None:
    async with browsing(browser, world) as page:
        await page.get_by_role("link", name="pilot").click()
        ben = world.person("ben")
        await ben.say("Fresh from the ward", "pilot")
        await expect(page.locator("#messages").get_by_text("Fresh from the ward")).to_be_visible()
        await ben.say("@ana please look", "general")
        badge = page.get_by_role("link", name="general").locator(".badge")
        await expect(badge).to_have_text("1")
        await page.get_by_role("link", name="general").click()
        await expect(badge).to_be_hidden()


async def test_the_keyboard_goes_everywhere(browser: Browser, world: Playground) -> None:
    async with browsing(browser, world) as page:
        await page.get_by_role("link", name="pilot").focus()
        await page.keyboard.press("Enter")
        await write(page, "To be turned into a story")
        message = page.locator(".message", has_text="To be turned")
        await message.get_by_role("button", name="More actions").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#menu")).to_be_visible()
        for _press in range(6):
            if await page.evaluate("document.activeElement.innerText.includes('Try this')"):
                break
            await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        modal = page.locator("#modal")
        await expect(modal.get_by_role("heading", name="From a message")).to_be_visible()
        for _press in range(12):
            await page.keyboard.press("Tab")
            assert await page.evaluate(INSIDE_MODAL)
        await page.keyboard.press("Escape")
        await expect(modal).to_be_hidden()


async def test_a_thread_and_a_reaction_stay_with_their_message(browser: Browser, world: Playground) -> None:
    async with browsing(browser, world) as page:
        await page.get_by_role("link", name="pilot").click()
        await write(page, "What did they say?")
        message = page.locator("#messages .message", has_text="What did they say?")
        await message.hover()
        await message.get_by_role("button", name="Reply in thread").click()
        await page.locator("#reply-text").fill("That nobody should stand alone")
        await page.keyboard.press("Enter")
        await expect(page.locator("#replies")).to_contain_text("nobody should stand alone")
        await expect(message.get_by_role("button", name=re.compile("1 reply"))).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("#thread")).to_be_hidden()
        await message.hover()
        await message.get_by_role("button", name="Add a reaction").click()
        await page.get_by_label("Find an emoji").fill("tada")
        await page.keyboard.press("Enter")
        await expect(message.locator(".reaction")).to_contain_text("1")


async def test_the_page_fits_a_phone(browser: Browser, world: Playground) -> None:
    async with browsing(browser, world, width=390) as page:
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        await expect(page.get_by_role("link", name="pilot")).to_be_hidden()
        await page.locator("#open-sidebar").click()
        await page.get_by_role("link", name="pilot").click()
        await expect(page.get_by_role("link", name="pilot")).to_be_hidden()
        await write(page, "/interview")
        await expect(page.locator("#modal").get_by_role("button", name="Next")).to_be_in_viewport()


async def test_an_app_that_does_not_answer_is_said_to_be_in_trouble(browser: Browser) -> None:
    async with (
        Playground.start(Setup(manifest=manifest(), start=START)) as world,
        browsing(browser, world) as page,
    ):
        await page.get_by_role("link", name="pilot").click()
        await write(page, "/interview")
        await expect(page.locator("#messages")).to_contain_text("/interview failed with the error")
        await page.locator("#composer").get_by_role("button", name="Shortcuts").click()
        await page.get_by_role("menuitem", name=re.compile("Try it")).click()
        await expect(page.locator("#toast")).to_contain_text("We had some trouble connecting")


async def test_steps_are_ticked_by_hand_and_stay_ticked(browser: Browser, world: Playground) -> None:
    async with browsing(browser, world) as page:
        await page.get_by_role("checkbox", name=re.compile("Write it up")).check(force=True)
        await expect(page.locator("#steps-count")).to_have_text("Steps done: 1 of 2")
        await page.reload()
        await expect(page.locator("#steps-count")).to_have_text("Steps done: 1 of 2")
        await page.keyboard.press("Control+Home")
        await page.locator("#steps").get_by_role("button", name="Close").click()
        await expect(page.locator("#steps")).to_be_hidden()
