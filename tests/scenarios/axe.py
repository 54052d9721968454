"""What axe, the accessibility checker, finds on the demo's page: nothing that shuts anybody out."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from tools.visitor import Visitor

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
    if await visitor.page.evaluate("!window.axe"):
        await visitor.page.evaluate(AXE)
    found = await visitor.page.evaluate("axe.run({resultTypes: ['violations']})")
    assert found["passes"], "axe looked at something"
    return {
        fault["id"]: [node["target"] for node in fault["nodes"]]
        for fault in found["violations"]
        if fault["impact"] in GRAVE
    }
