"""Somebody lets an app in, or does not, on the consent page in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.async_api import Browser, Page, Route, expect
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground
from tests.playground.page.browser import listening, tab
from tests.playground.test_oauth import BACK, NOT_YET, SIGN_IN, asked

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
INSTALL = "oauth/v2/authorize"


def address(world: Playground, path: str = INSTALL, **query: str) -> str:
    wished = {"client_id": world.client_id, "redirect_uri": BACK, "state": "s1"}
    return f"{world.url}/{path}?" + urlencode(wished | query)


@asynccontextmanager
async def at_the_door(browser: Browser, width: int, *, dark: bool) -> AsyncIterator[Page]:
    """A browser in which the app's own address says where one has come to."""

    async def arrived(route: Route) -> None:
        await route.fulfill(body="<h1>Back</h1>", content_type="text/html")

    wrong: list[str] = []
    async with tab(browser, width=width, height=800, dark=dark) as page:
        with listening(page, "console", lambda said: wrong.append(said.text)):
            await page.route(f"{BACK}?*", arrived)
            yield page
            assert wrong == [], "the browser's console has nothing to complain about"


async def faults(page: Page) -> list[str]:
    """What axe finds serious, and whether the page can be scrolled sideways."""
    await page.evaluate(AXE)
    found = await page.evaluate("axe.run({resultTypes: ['violations']})")
    assert found["passes"], "axe looked at something"
    wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    grave = [fault["id"] for fault in found["violations"] if fault["impact"] in ("serious", "critical")]
    return [*grave, *(["sideways"] if wide else [])]


async def brought_back(page: Page) -> dict[str, list[str]]:
    """What the app is told in the address that the browser was led on to."""
    await expect(page.get_by_role("heading", name="Back")).to_be_visible()
    assert page.url.startswith(BACK)
    return parse_qs(urlsplit(page.url).query)


async def test_somebody_cancels_thinks_again_and_lets_the_app_in(browser: Browser) -> None:
    async with Playground.start(NOT_YET) as world, at_the_door(browser, 1280, dark=False) as page:
        wished = address(world, scope="chat:write,commands", user_scope="users:read")
        await page.goto(wished)
        await expect(page.get_by_role("heading", level=1)).to_have_text(
            "Tryout asks to be let in to Playground"
        )
        assert await page.evaluate("document.documentElement.dataset.theme") == "light"
        assert await faults(page) == []
        await page.get_by_role("button", name="Cancel").click()
        assert await brought_back(page) == {"error": ["access_denied"], "state": ["s1"]}

        await page.goto(wished)
        await page.get_by_label("You are").select_option("Ben Okafor")
        await page.get_by_role("button", name="Allow").click()
        told = await brought_back(page)
        assert told["state"] == ["s1"]
        answer = await AsyncWebClient(base_url=world.api_url).oauth_v2_access(
            code=told["code"][0], **asked(world)
        )
        assert answer["authed_user"]["id"] == world.person("ben").id


async def test_signing_in_and_what_cannot_go_on_are_pages_for_everybody_too(browser: Browser) -> None:
    async with Playground.start(NOT_YET) as world, at_the_door(browser, 390, dark=True) as page:
        await page.goto(address(world, SIGN_IN, scope="openid email", response_type="code", nonce="n"))
        assert "Sign in to Tryout" in await page.inner_text("h1")
        assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert await faults(page) == []
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        assert "code" in await brought_back(page), "Allow is the first button on the way, by keyboard too"
    async with Playground.start(NOT_YET) as world, tab(browser) as page:
        await page.goto(address(world, scope="admin"))
        await expect(page.get_by_role("alert")).to_contain_text("invalid_scope")
        assert await faults(page) == []
