"""The centre in a browser: signed in at a Slack of its own, narrowed, dark, on a wall, by keyboard alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from pydantic import SecretStr

from bot import publishing
from bot.desk import Desk
from bot.running import running
from bot.settings import Settings
from demo.clock import following
from demo.workspace import manifest
from playground.client import Playground
from playground.setup import Setup
from storage import interviews, nps_answers, nps_sources, stories
from storage.nps_answers import Answer
from stories.story import StoryState
from tests.bot.stories.conftest import BAKER
from tests.scenarios.axe import AXE, GRAVE
from tests.scenarios.conftest import free_port

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
QUOTE = BAKER.quotes[0]
COMMENTS = {3: "It is never there on a <b>Monday</b>.", 7: "الفاتورة رقم 12 (من Leeds) وصلت متأخرة."}
"""One of them is written from right to left, with a name and a number the other way round."""


@asynccontextmanager
async def centre(setup: Setup, settings: Settings) -> AsyncIterator[tuple[Playground, Desk, str]]:
    """A playground, the bot over HTTP beside it with a story and some answers, and the centre's address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    started = replace(setup, manifest=manifest(address), mode="http", request_url=f"{address}/slack/events")
    async with Playground.start(started) as world:
        changes: dict[str, Any] = {
            "slack_bot_token": SecretStr(world.bot_token),
            "slack_signing_secret": SecretStr(world.signing_secret),
            "slack_api_url": world.api_url,
            "slack_sign_in_client_id": world.client_id,
            "slack_sign_in_client_secret": SecretStr(world.client_secret),
            "firsthand_address": address,
            "firsthand_port": port,
            "firsthand_tick_seconds": 5.0,
        }
        own = settings.model_copy(update=changes)
        async with following(world.url) as clock, running(own, clock) as desk:
            await _told(desk, world)
            yield world, desk, f"{address}/centre"


async def _told(desk: Desk, world: Playground) -> None:
    author, now = world.person("ben").id, desk.now()
    answers = [
        Answer(
            key=str(number),
            score=(10, 9, 8, 3)[number % 4],
            at=now - timedelta(days=7 + number % 80),
            comment=COMMENTS.get(number % 40, ""),
            properties={"segment": ("Bakers", "Florists & sons")[number % 2]},
        )
        for number in range(320)
    ]
    async with desk.database.begin() as session:
        story = await interviews.store(
            session, world.team_id, BAKER, source_key="one", author_id=author, now=now
        )
        await publishing.publish(session, world.team_id, story, by=author, now=now)
        source = await nps_sources.create(session, world.team_id, kind="file", name="Survey", now=now)
        await nps_sources.share_verbatims(session, world.team_id, source, shared=True)
        await nps_answers.take_in(session, world.team_id, source, answers)


async def _faults(page: Page) -> list[str]:
    """What axe finds that is serious, and whether the page can be scrolled sideways."""
    await page.evaluate(AXE)
    rules = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
    found = await page.evaluate(f"axe.run({{resultTypes: ['violations'], {rules}}})")
    assert found["passes"], "axe looked at something"
    wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    grave = [
        f"{one['id']}: {[node['target'] for node in one['nodes']]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
    ]
    return [*grave, *(["sideways"] if wide else [])]


async def _paper(page: Page) -> str:
    return str(await page.evaluate("getComputedStyle(document.body).backgroundColor"))


async def test_the_centre_from_signing_in_to_signing_out(
    browser: Browser, setup: Setup, settings: Settings, database_url: str
) -> None:
    assert settings.database_url == database_url
    async with centre(setup, settings) as (world, desk, address):
        context = await browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page, wrong = await context.new_page(), list[str]()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "401" not in said.text else None)
        await _signs_in(page, address)
        await _by_keyboard(page)
        await _looks(page, address)
        await _follows(page, desk, world)
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await expect(page.get_by_role("link", name="Sign in with Slack")).to_be_visible()
        await context.close()
        assert wrong == [], "the browser's console has nothing to complain about"


async def _signs_in(page: Page, address: str) -> None:
    """A link to a view leads a stranger to Slack's question, and from there to that view."""
    await page.goto(f"{address}?segment=Bakers")
    assert await _faults(page) == []
    await page.get_by_role("link", name="Sign in with Slack").click()
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("heading", name="In their own words")).to_be_visible()
    await expect(page.get_by_label("Segment")).to_have_value("Bakers")
    await page.get_by_label("Segment").select_option(label="Florists & sons")
    await page.get_by_role("button", name="Show").click()
    await expect(page.locator(".numbers")).to_contain_text("Florists & sons · ")
    await expect(page.locator(".voices")).to_contain_text("It is never there on a <b>Monday</b>.")
    await page.get_by_role("link", name="Show everything").click()
    await expect(page.locator(".voices")).to_contain_text(QUOTE)


async def _by_keyboard(page: Page) -> None:
    """The first key leads past the top, and everything that can be done can be done without a mouse."""
    await page.reload()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Go to what customers say")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    table = page.get_by_role("table").first
    await page.locator("summary", has_text="The same as a table").focus()
    await page.keyboard.press("Enter")
    await expect(table).to_be_visible()
    await page.get_by_label("Search what customers said").focus()
    await page.keyboard.type("ovens")
    await page.keyboard.press("Enter")
    await expect(page.locator("mark")).to_have_text("ovens")
    assert await _faults(page) == []
    await page.get_by_label("What it is").focus()
    await page.keyboard.press("ArrowDown")
    await page.get_by_role("button", name="Search").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/search?*q=ovens*kind=story*")
    await page.locator("summary", has_text="Read it").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("What happened.")).to_be_visible()
    await page.get_by_role("link", name="Back to the centre").click()


async def _looks(page: Page, address: str) -> None:
    """Light, dark, on a wall, on a phone, at twice the size: nothing that shuts anybody out."""
    await expect(page.get_by_role("heading", name="In their own words")).to_be_visible()
    light = await _paper(page)
    assert await _faults(page) == []
    await page.get_by_role("link", name="Dark").click()
    await expect(page.locator("html[data-look=dark]")).to_be_attached()
    assert await _paper(page) != light
    assert await _faults(page) == []
    await page.get_by_role("link", name="For a wall").click()
    await page.set_viewport_size({"width": 1920, "height": 1080})
    await expect(page.locator("html[data-view=projector]")).to_be_attached()
    assert await _faults(page) == []
    assert not await page.evaluate("document.documentElement.scrollHeight > 1080"), "a wall is not scrolled"
    size = "parseFloat(getComputedStyle(document.querySelector('.featured p')).fontSize)"
    assert await page.evaluate(size) > 40
    await page.goto(f"{address}?look=light")
    for width, height in ((640, 450), (390, 844), (195, 422)):
        await page.set_viewport_size({"width": width, "height": height})
        assert not await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), width
    assert await _faults(page) == []
    await page.set_viewport_size({"width": 1280, "height": 900})


async def _follows(page: Page, desk: Desk, world: Playground) -> None:
    """What is taken back leaves the page that stands, and whoever was reading stays where they were."""
    await page.locator("summary", has_text="The same as a table").click()
    await page.locator("summary", has_text="The same as a table").focus()
    async with desk.database.begin() as session:
        (told,) = await stories.latest(session, world.team_id, most=5)
        state = StoryState.WITHDRAWN
        await publishing.withdraw(session, world.team_id, told.id, by="U1", now=desk.now(), state=state)
    await page.evaluate("window.dispatchEvent(new Event('online'))")
    await expect(page.locator(".stories")).to_contain_text("No story is told here yet.")
    await expect(page.locator("body")).not_to_contain_text(QUOTE)
    await expect(page.locator("summary", has_text="The same as a table")).to_be_focused()
    pause = page.get_by_role("button", name="Keep it still")
    await pause.click()
    await expect(page.get_by_role("button", name="Let it follow")).to_be_visible()
