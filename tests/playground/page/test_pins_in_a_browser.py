"""A person pins what an app said under another name, from the message's menu, and sees who did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from playground.client import Playground
from tests.playground.conftest import BRISK, client_of, granting, id_of
from tests.playground.page.browser import browsing

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_message_is_pinned_marked_for_all_and_unpinned(browser: Browser) -> None:
    setup = replace(BRISK, manifest=granting("chat:write.customize"))
    async with Playground.start(setup) as world, browsing(browser, world) as page:
        pilot = await id_of(world, "pilot")
        await page.get_by_role("link", name="pilot").click()
        await client_of(world).chat_postMessage(
            channel=pilot, text="Bring the six boxes back.", username="Nia", icon_emoji=":fox_face:"
        )
        message = page.locator("#messages .message").filter(has_text="six boxes")
        await expect(message.locator(".byline")).to_contain_text("NiaAPP")
        for ask, mark in (("Pin to this conversation", 1), ("Un-pin from here", 0)):
            await message.hover()
            await message.get_by_role("button", name="More actions").click()
            await page.get_by_role("menuitem", name=ask).click()
            await expect(message.get_by_text("Pinned by Ana Sousa")).to_have_count(mark)
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name="Try this").click()
        await expect(page.get_by_text("trouble connecting")).to_be_visible()
