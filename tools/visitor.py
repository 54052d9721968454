"""A newcomer at the demo's page, by mouse and keyboard: for its pictures and for the tests of its way."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Playwright, expect

from tools.sample_talk import TALK

CHANNEL = "hearing-from-customers"
PATIENCE_MS = 15_000
"""How long anything may take on a busy machine."""


class Visitor:
    """Somebody at the page. Everything is found by what a person reads, and waited for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.modal = page.locator("#modal")
        self.messages = page.locator("#messages")
        self.home = page.locator("#home")
        self.wrong: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.set_default_timeout(PATIENCE_MS)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.wrong.append(said.text)

    async def arrive(self, url: str, *, greeted: bool = True) -> None:
        """Open the page and wait until it is live; when `greeted`, until this morning's digest is seen."""
        await self.page.goto(url)
        await expect(self.page.locator("body[data-ready]")).to_be_attached()
        if greeted:
            await expect(self.messages.get_by_role("button", name="Made me think").first).to_be_visible()

    async def go_to(self, room: str) -> None:
        """Open a conversation in the sidebar, which a phone folds away."""
        folded = self.page.locator("#open-sidebar")
        if await folded.is_visible():
            await folded.click()
        await (
            self.page.locator("#sidebar").get_by_role("link", name=re.compile(rf"^{re.escape(room)}")).click()
        )

    async def go_home(self) -> None:
        """Open the bot's App Home: where it has written to somebody, Slack shows its messages first."""
        await self.go_to("Firsthand")
        await self.page.locator("#tab-home").click()

    async def type(self, words: str) -> None:
        """Write in the open conversation and send it; a command when it begins with a slash."""
        composer = self.page.locator("#composer-text")
        await composer.click()
        # A command and a space: what is suggested for it is put away, as it is for somebody who types on.
        await composer.press_sequentially(f"{words} " if words.startswith("/") else words)
        await composer.press("Enter")

    async def be(self, name: str) -> None:
        """Become another person in the workspace."""
        await self.page.locator("#who").click()
        await self.page.get_by_role("menuitemradio", name=re.compile(name)).click()
        await expect(self.page.locator("#who-label")).to_contain_text(name)

    async def go_to_tomorrow(self) -> None:
        """Set the workspace's clock to nine tomorrow."""
        await self.page.locator("#clock").click()
        await self.page.get_by_role("button", name="Jump to tomorrow 9:00").click()
        await expect(self.page.locator("#clock-dialog")).to_be_hidden()

    def story(self, title: str) -> Locator:
        """The message in the open conversation that tells the story of this title."""
        return self.messages.locator(".message", has_text=title).last

    async def at_step(self, number: int) -> None:
        """Wait until the write-up stands at that step, counted from 1."""
        await expect(self.modal).to_contain_text(f"step {number} of 6")

    async def go_on(self, label: str = "Next") -> None:
        """Press the button at the modal's foot."""
        await self.modal.locator(".view-foot").get_by_role("button", name=label, exact=True).click()

    async def write(self, label: str, words: str) -> None:
        """Fill a field of the modal, named by the beginning of its label."""
        await self.modal.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}")).fill(words)

    async def choose(self, label: str, words: str, option: str | re.Pattern[str]) -> None:
        """Type into a select of the modal and take the option that reads so."""
        combo = self.modal.get_by_role("combobox", name=re.compile(f"^{re.escape(label)}"))
        await combo.click()
        await combo.fill(words)
        await self.modal.get_by_role("option", name=option).click()


class WriteUp:
    """The sample talk going into /interview, a view at a time; each method leaves its view filled in."""

    def __init__(self, visitor: Visitor) -> None:
        self._at = visitor

    async def begin(self) -> None:
        """Open it."""
        await self._at.type("/interview")
        await self._at.at_step(1)

    async def who(self) -> None:
        """With whom, how, and what to call them."""
        await self._at.choose("Who did you talk with", TALK.name, f"Add “{TALK.name}”")
        await expect(self._at.modal.get_by_role("combobox", name="Who did you talk with")).to_have_value(
            re.compile(TALK.name)
        )
        await self._at.choose("How did you talk", "Face", "Face to face")
        await self._at.write("Their company", TALK.company)
        await self._at.write("What kind of customer", TALK.segment)
        await self._at.write("What to call them", TALK.alias)

    async def what(self, trying_to: str = TALK.trying_to) -> None:
        """What they wanted and what happened."""
        await self._at.write("What were they trying", trying_to)
        await self._at.write("What happened", TALK.happened)

    async def words(self) -> None:
        """What they said."""
        await self._at.write("What did they say", TALK.quote)

    async def meaning(self) -> None:
        """What it means for us."""
        await self._at.write("Why does it matter", TALK.meaning)
        await self._at.choose("If you asked", TALK.score, TALK.score)
        for theme in TALK.themes:
            await self._at.choose("Themes", theme, theme)
        await self._at.page.keyboard.press("Escape")
        await self._at.write("A title", TALK.title)

    async def consent(self) -> None:
        """What they agreed to."""
        await self._at.modal.get_by_role("radio", name=re.compile("Without their name")).check()
        await self._at.write("In which words", TALK.consent_words)
        await self._at.write("Did you promise", TALK.promise)
        await self._at.modal.get_by_label("By when").fill(TALK.promise_by)

    async def whole(self) -> None:
        """All of it, up to the preview."""
        steps = (self.who, self.what, self.words, self.meaning, self.consent)
        await self.begin()
        for number, fill in enumerate(steps, start=2):
            await fill()
            await self._at.go_on()
            await self._at.at_step(number)


async def launched(driver: Playwright, chromium: str) -> Browser:
    """Debian's browser without a window, drawn alike everywhere."""
    arguments = ["--no-sandbox", "--lang=en-GB", "--disable-lcd-text"]
    return await driver.chromium.launch(executable_path=chromium, args=arguments)


@asynccontextmanager
async def visiting(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    height: int = 800,
    dark: bool = False,
    greeted: bool = True,
) -> AsyncIterator[Visitor]:
    """Somebody who was never here before at the page; `width` and `height` in CSS pixels."""
    async with await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale="en-GB",
        reduced_motion="reduce",
    ) as own:
        visitor = Visitor(await own.new_page())
        await visitor.arrive(url, greeted=greeted)
        yield visitor
