"""A story, a private link to it, and a browser without a memory that opens it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape

import httpx
import pytest
from sqlalchemy import text

from bot import publishing
from bot.app import create_app
from bot.customer_link.secret import Secret, new_secret
from bot.desk import Desk
from bot.web import create_web
from bot.web_limits import MOST_A_MINUTE
from storage import customer_links, interviews, stories
from stories.forms import Form
from stories.story import Story
from tests.bot.stories.conftest import BAKER
from tests.conftest import WORKSPACE, SetClock

ADDRESS = "https://firsthand.example.com"
AUTHOR = "UANA"


@dataclass
class Kept:
    """The bot's web, its clock, and hands to make links and read what is stored."""

    desk: Desk
    clock: SetClock
    http: httpx.AsyncClient

    async def story(self, form: Form = BAKER, *, published: bool = True, key: str = "one") -> int:
        async with self.desk.begin() as session:
            story_id = await interviews.store(
                session, WORKSPACE, form, source_key=key, author_id=AUTHOR, now=self.desk.now()
            )
            if published:
                await publishing.publish(session, WORKSPACE, story_id, by=AUTHOR, now=self.desk.now())
        return story_id

    async def link(self, story_id: int, *, by: str = AUTHOR, days: int = 30) -> Secret:
        secret = new_secret()
        async with self.desk.begin() as session:
            await customer_links.give(
                session,
                WORKSPACE,
                story_id,
                public_id=secret.public_id,
                secret=secret.secret,
                by=by,
                now=self.desk.now(),
                ends_at=self.desk.now() + timedelta(days=days),
            )
        return secret

    async def loaded(self, story_id: int) -> Story:
        async with self.desk.read() as session:
            story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        return story

    async def rows(self, sql: str) -> list[tuple[object, ...]]:
        async with self.desk.read() as session:
            return [tuple(row) for row in await session.execute(text(sql))]

    async def sends(self, secret: Secret, **fields: str) -> httpx.Response:
        """A form of the page, as a browser sends it; what it is led to."""
        there = secret.address("")
        return await self.http.post(there, data={"form": secret.form_mark(), **fields})

    async def quote_marks(self, secret: Secret) -> list[str]:
        return marks_on(await self.http.get(secret.address("")))

    def now(self) -> datetime:
        return self.desk.now()


@pytest.fixture
async def kept(desk: Desk, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Kept]:
    """A copy that browsers reach, and that lets tests ask as often as they like."""
    monkeypatch.setitem(MOST_A_MINUTE, "/your-words/", 10_000)
    desk.settings.firsthand_address = ADDRESS
    web = create_web(create_app(desk), desk)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(web), base_url=ADDRESS, follow_redirects=True
    ) as http:
        yield Kept(desk, clock, http)


def marks_on(page: httpx.Response) -> list[str]:
    """What names the quotes in a page's forms."""
    return re.findall(r'name="quote" value="([0-9a-f]+)"', page.text)


def read(page: httpx.Response) -> str:
    """What somebody reads on a page."""
    plain = re.sub(r"<style>.*?</style>|</?bdi>", "", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())
