"""Files in a real browser: attached with the paper clip, dropped on the conversation, put into a modal."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, expect
from slack_bolt.async_app import AsyncApp

from playground.client import Playground
from playground.setup import Setup
from tests.playground.conftest import BRISK, by_socket, granting
from tests.playground.page.browser import browsing
from tests.playground.small_app import asks, modal

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SETUP = Setup(manifest=granting("files:read"), tuning=BRISK.tuning)
DROP = """(text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
    const event = (kind) => new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector("#scroll").dispatchEvent(event("dragover"));
    document.querySelector("#scroll").dispatchEvent(event("drop"));
}"""


async def test_files_are_attached_dropped_and_chosen_in_a_modal(browser: Browser) -> None:
    got: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            view = modal(asks("notes", {"type": "file_input", "filetypes": ["txt"]}))
            await client.views_open(trigger_id=body["trigger_id"], view=view)

        async def told(ack: Any, body: Any) -> None:
            await ack()
            got.extend(body["view"]["state"]["values"]["notes"]["x"]["files"])

        app.command("/try")(opened)
        app.view("tell")(told)

    async with (
        Playground.start(SETUP) as world,
        by_socket(world, wire),
        browsing(browser, world) as page,
    ):
        await page.get_by_role("link", name="pilot").click()
        clip: FilePayload = {"name": "clipped.md", "mimeType": "text/markdown", "buffer": b"# Nia"}
        await page.locator("#composer input[type=file]").set_input_files([clip])
        await expect(page.locator("#composer .chip")).to_have_text("📄 clipped.md ×")
        await page.evaluate(DROP, "dropped here")
        await expect(page.locator("#composer .chip")).to_have_count(2)
        await page.locator("#composer-text").fill("Two of them")
        await page.keyboard.press("Enter")
        await expect(page.locator("#messages .file a")).to_have_text(["clipped.md", "dropped.txt"])
        await expect(page.locator("#composer .chip")).to_have_count(0)
        seen = await world.channel("pilot").wait_for("Two of them")
        assert [file["name"] for file in seen.raw["files"]] == ["clipped.md", "dropped.txt"]

        await page.locator("#composer-text").fill("/try")
        await page.keyboard.press("Enter")
        dialog = page.locator("#modal")
        note: FilePayload = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"x"}
        await dialog.locator("input[type=file]").set_input_files([note])
        await expect(dialog.locator(".chip")).to_have_text("📄 note.txt ×")
        if where := os.environ.get("FIRSTHAND_PICTURES"):
            await page.screenshot(path=f"{where}/files.png")
        await dialog.get_by_role("button", name="Send").click()
        await expect(dialog).to_be_hidden()
    assert [file["name"] for file in got] == ["note.txt"]
