"""The demo as a newcomer meets it: its command, and its eight steps by mouse and keyboard in a browser."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.scenarios.axe import grave_faults, nothing_grave
from tests.scenarios.conftest import DEMO_MORNING, newcomer
from tools import sample_why
from tools.sample_talk import TALK
from tools.visitor import CHANNEL, Visitor, WriteUp

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = 390
ROOT = Path(__file__).resolve().parents[2]
WIDEST_IN_MODAL = """Math.max(...[...document.querySelectorAll("#modal *")]
    .map(element => element.getBoundingClientRect().right))"""
WILL_DO = "Draw a bill by the term, and show it to three rounds"


COMMAND = f"""
from datetime import datetime
from functools import partial
from demo import wiring
wiring.demo = partial(wiring.demo, now=datetime.fromisoformat({DEMO_MORNING.isoformat()!r}))
from bot.__main__ import run_main
run_main()
"""
"""`firsthand`, whose demo takes this for today."""


@pytest.mark.browser
async def test_the_command_prints_an_address_where_a_newcomer_goes_through_the_eight_steps_and_stops_at_once(
    browser: Browser,
) -> None:
    """Every step in one world, since opening that takes longest; a phone's visit and axe on the way."""
    async with started() as (process, address):
        async with newcomer(browser, address, width=PHONE) as visitor:
            assert "Tallyround" in await visitor.page.content()
            await see_the_story_on_a_phone(visitor)
            await somebody_new_at_a_desk(visitor, address)
            await nothing_grave(visitor, "the first screen")
            await react_to_this_mornings_story(visitor)
            await write_one_up(visitor)
            await read_it_and_publish(visitor)
            await go_to_tomorrow_morning(visitor)
            await say_what_i_will_do(visitor)
            await take_it_back(visitor)
            await meet_the_avatar(visitor)
            await look_at_the_centre(visitor)
            await an_unnamed_button_would_be_noticed(visitor)
        process.send_signal(signal.SIGINT)
        out, errors = await asyncio.wait_for(process.communicate(), timeout=60)
    assert process.returncode == 0
    assert b"left nothing behind" in out
    assert errors == b"", "nothing that a newcomer would have to understand"


@asynccontextmanager
async def started() -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The demo as people start it, and the address that it prints."""
    command = (sys.executable, "-c", COMMAND, "demo", "--no-open", "--port", "0")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process, await asyncio.wait_for(printed_address(process), timeout=60)
    finally:
        if process.returncode is None:
            process.kill()


async def see_the_story_on_a_phone(visitor: Visitor) -> None:
    assert await visitor.page.evaluate("document.documentElement.scrollWidth") == PHONE
    title = visitor.messages.get_by_role("heading", name="She put our designer to bed")
    await expect(title).to_be_in_viewport(ratio=1)
    await visitor.page.get_by_role("button", name="Try this").click()
    await expect(visitor.page.locator("#steps").get_by_text("made up for this demo")).to_be_in_viewport()
    await visitor.page.locator("#steps").get_by_role("button", name="Close").click()


async def somebody_new_at_a_desk(visitor: Visitor, address: str) -> None:
    """The same browser, which remembers nothing: another one takes as long as half of the steps."""
    await visitor.page.evaluate("localStorage.clear(), sessionStorage.clear()")
    await visitor.page.set_viewport_size({"width": 1280, "height": 800})
    await visitor.arrive(address)


async def an_unnamed_button_would_be_noticed(visitor: Visitor) -> None:
    """That axe finds nothing means something."""
    await visitor.page.evaluate("document.querySelector('#main').append(document.createElement('button'))")
    assert "button-name" in await grave_faults(visitor)


async def look_at_the_centre(visitor: Visitor) -> None:
    async with visitor.page.context.expect_page() as opening:
        await visitor.page.get_by_role("link", name="Open it").click()
    page = await opening.value
    await expect(page.get_by_role("heading", name="In their own words")).to_be_visible()
    await expect(page.locator(".score")).to_contain_text("±")
    assert page.url.endswith("/centre"), "the key is in its address no more"


async def react_to_this_mornings_story(visitor: Visitor) -> None:
    lead = visitor.messages.locator(".message").first
    await expect(lead).to_contain_text("I designed the six boxes")
    await lead.get_by_role("button", name="Thank the author").first.click()
    await expect(lead.get_by_role("button", name="Thank the author · 1").first).to_be_visible()
    await visitor.page.get_by_role("button", name="New below").click()
    await expect(visitor.messages.get_by_text("Your thanks are on their way")).to_be_in_viewport()
    await visitor.page.get_by_role("checkbox", name=re.compile("React to this morning")).check(force=True)
    await expect(visitor.page.locator("#steps-count")).to_have_text("Steps done: 1 of 8")


async def write_one_up(visitor: Visitor) -> None:
    write = WriteUp(visitor)
    await write.begin()
    await write.who()
    await the_whole_form_on_a_phone(visitor)
    await next_step(visitor, 2)
    await visitor.go_on()
    await expect(visitor.modal.locator(".error:visible")).to_have_count(2)
    await nothing_grave(visitor, "a form with two errors")
    await write.what(trying_to="…")
    await visitor.go_on()
    field = visitor.modal.get_by_role("textbox", name=re.compile("What were they trying"))
    await expect(visitor.modal.get_by_text("at least one letter or number")).to_be_visible()
    await expect(field).to_be_focused()
    await expect(field).to_have_value("…")
    await write.what()
    await next_step(visitor, 3)
    await write.words()
    await next_step(visitor, 4)
    await write.meaning()
    await next_step(visitor, 5)
    await write.consent()
    await next_step(visitor, 6)


async def the_whole_form_on_a_phone(visitor: Visitor) -> None:
    await visitor.page.set_viewport_size({"width": PHONE, "height": 800})
    assert await visitor.page.evaluate(WIDEST_IN_MODAL) <= PHONE
    await expect(visitor.modal.get_by_role("button", name="Next")).to_be_in_viewport(ratio=1)
    await visitor.page.set_viewport_size({"width": 1280, "height": 800})


async def next_step(visitor: Visitor, number: int) -> None:
    await visitor.go_on()
    await visitor.at_step(number)


async def read_it_and_publish(visitor: Visitor) -> None:
    await expect(visitor.modal).to_contain_text("The baker with the bread round bakes from two")
    await expect(visitor.modal.get_by_role("heading", name=TALK.title)).to_be_visible()
    await visitor.go_on("Publish")
    await expect(visitor.modal).to_contain_text(f"#{CHANNEL} tomorrow 09:00")
    await visitor.go_on("Close")
    await expect(visitor.modal).to_be_hidden()
    await expect(visitor.messages).not_to_contain_text(TALK.title)


async def go_to_tomorrow_morning(visitor: Visitor) -> None:
    await visitor.go_to_tomorrow()
    told = visitor.story(TALK.title)
    await expect(told.get_by_text(TALK.title).first).to_be_in_viewport()
    await expect(told).to_contain_text(TALK.quote)
    await expect(told).not_to_contain_text("Marian")
    await expect(told).not_to_contain_text("Tooley")
    await visitor.type("/firsthand status")
    await expect(visitor.messages.get_by_text("The next one comes on")).to_be_in_viewport()


async def say_what_i_will_do(visitor: Visitor) -> None:
    await visitor.story(TALK.title).get_by_role("button", name="act on it").first.click()
    await visitor.write("What will you do", WILL_DO)
    await visitor.go_on("Take it on")
    await expect(visitor.modal).to_contain_text("Home tab")
    await visitor.go_on("Close")
    await expect(visitor.story(TALK.title)).to_contain_text("One person is acting on this")
    await visitor.go_home()
    await expect(visitor.home).to_contain_text(WILL_DO)
    await nothing_grave(visitor, "App Home")


async def take_it_back(visitor: Visitor) -> None:
    await visitor.go_to(CHANNEL)
    told = visitor.story(TALK.quote)
    await expect(told).to_be_visible()
    await visitor.type("/stories mine")
    await visitor.messages.get_by_role("button", name="Withdraw").first.click()
    await visitor.page.locator("#confirm-yes").click()
    await expect(visitor.messages.get_by_text("Withdrawn.")).to_be_visible()
    await expect(visitor.messages.get_by_text("Withdrawn: gone from every channel")).to_be_attached()
    await expect(visitor.messages.get_by_text(TALK.quote)).to_have_count(0)
    await expect(visitor.messages.get_by_text("taken back by its author")).to_be_attached()


async def meet_the_avatar(visitor: Visitor) -> None:
    await sample_why.fill_in(visitor)
    said = await sample_why.begin(visitor)
    await expect(said).to_contain_text(sample_why.QUOTE)
    await expect(said).to_contain_text("is not a person")
    await visitor.type("/why")
    await expect(visitor.modal).to_contain_text(sample_why.WHY.reason)
    await visitor.go_on("Close")


async def printed_address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    assert process.stderr is not None
    async for line in process.stdout:
        if found := re.search(r"http://\S+", line.decode()):
            return found[0]
    said = (await process.stderr.read()).decode()
    raise AssertionError(f"the demo ended without printing an address, saying: {said}")
