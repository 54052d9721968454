"""A project begun with /why on the demo's page: why, a customer's words, and the avatar that says them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Locator, expect

from tools.visitor import Visitor

QUOTE = "He meets it lying down."
"""From a talk that the demo's company had on an earlier day, with somebody who agreed to be quoted so."""


@dataclass(frozen=True, slots=True)
class Why:
    """What is filled in; `search` finds the quote among those of people who agreed."""

    name: str
    goal: str
    reason: str
    avatar: str
    search: str


WHY = Why(
    name="Drawn where it is used",
    goal="Every screen is tried where people meet it before it ships.",
    reason="We draw at desks what people meet in beds, vans and lofts.",
    avatar="Maya",
    search="lying down",
)


async def fill_in(visitor: Visitor) -> None:
    """Type /why in the open channel and fill its form in, ready to be sent."""
    await visitor.type("/why")
    await expect(visitor.modal).to_contain_text("What is the project called?")
    await visitor.write("What is the project called", WHY.name)
    await visitor.write("What is it to achieve", WHY.goal)
    await visitor.write("Why did you begin it", WHY.reason)
    await visitor.choose("Which customers’ words", WHY.search, re.compile(re.escape(QUOTE)))
    await visitor.page.keyboard.press("Escape")
    await visitor.write("What is its avatar called", WHY.avatar)


async def begin(visitor: Visitor) -> Locator:
    """Send the form and close what it became; answers the avatar's first message, once it stands."""
    await visitor.go_on("Begin")
    await expect(visitor.modal).to_contain_text("It’s set up")
    await visitor.go_on("Close")
    said = visitor.messages.locator(".message", has_text=WHY.goal).last
    await expect(said.locator(".byline")).to_contain_text(f"{WHY.avatar}APP")
    return said
