"""What axe, the accessibility checker, finds on the demo's page: nothing that shuts anybody out."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from playground.client import Playground
from tests.scenarios.conftest import newcomer
from tools.visitor import Visitor, WriteUp

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
GRAVE = {"serious", "critical"}


async def nothing_grave(visitor: Visitor, where: str) -> None:
    """No rule is broken on what stands on the page now: in a light window, and on a phone at night."""
    await visitor.page.set_viewport_size({"width": 390, "height": 800})
    await visitor.page.emulate_media(color_scheme="dark")
    assert await grave_faults(visitor) == {}, f"{where}, on a phone at night"
    await visitor.page.set_viewport_size({"width": 1280, "height": 800})
    await visitor.page.emulate_media(color_scheme="light")
    assert await grave_faults(visitor) == {}, where


async def grave_faults(visitor: Visitor) -> dict[str, list[Any]]:
    """The rules that are broken on what stands on the page now, and where."""
    await visitor.page.evaluate(AXE)
    found = await visitor.page.evaluate("axe.run({resultTypes: ['violations']})")
    assert found["passes"], "axe looked at something"
    return {
        fault["id"]: [node["target"] for node in fault["nodes"]]
        for fault in found["violations"]
        if fault["impact"] in GRAVE
    }


async def test_the_page_shuts_nobody_out(browser: Browser, demo_world: Playground) -> None:
    async with newcomer(browser, demo_world) as visitor:
        await nothing_grave(visitor, "the first screen")
        write = WriteUp(visitor)
        await write.begin()
        await write.who()
        await visitor.go_on()
        await visitor.at_step(2)
        await visitor.go_on()
        await expect(visitor.modal.locator(".error:visible")).to_have_count(2)
        await nothing_grave(visitor, "a form with two errors")
        await visitor.page.keyboard.press("Escape")
        await expect(visitor.modal).to_be_hidden()
        await visitor.go_home()
        await expect(visitor.home).to_contain_text("Your next step")
        await nothing_grave(visitor, "App Home")
        # That it finds nothing means something: it would have noticed a button without a name.
        await visitor.page.evaluate(
            "document.querySelector('#main').append(document.createElement('button'))"
        )
        assert "button-name" in await grave_faults(visitor)
