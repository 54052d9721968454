"""The centre over HTTP: a Slack on loopback that knows a few people, and a browser that keeps its cookies."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import SecretStr
from sqlalchemy import text

from bot import publishing
from bot.app import create_app
from bot.centre.viewers import screen_address
from bot.colleagues import REMEMBERED_SECONDS, Colleagues
from bot.connections import OneWorkspace
from bot.customer_link.secret import Secret, new_secret
from bot.desk import Desk
from bot.settings import Settings
from bot.web import create_web
from bot.web_limits import MOST_A_MINUTE
from storage import interviews, nps_answers, nps_sources, screens
from storage.database import Database
from storage.nps_answers import Answer
from stories.forms import Form
from tests.bot.stories.conftest import BAKER
from tests.conftest import WORKSPACE, SetClock

ADDRESS = "https://firsthand.example.com"
CLIENT = "1.2"
PEOPLE: dict[str, dict[str, Any]] = {
    "UANA": {"real_name": "Ana"},
    "UBEN": {"real_name": "Ben"},
    "UGUS": {"is_restricted": True},
    "UOUT": {"deleted": True},
}


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """One for all tests: making it takes longer than most of them."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Slack:
    """What the fake Slack knows, and what it will say next."""

    url: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=lambda: {**PEOPLE})
    private: set[str] = field(default_factory=set)
    refusal: str = ""
    statement: str = ""
    asked: dict[str, str] = field(default_factory=dict)

    def states(
        self, *, nonce: str | None, claims: Mapping[str, Any] | None = None, key: Any = None, kid: str = "k1"
    ) -> None:
        """Have it state who somebody is, the next time that a code is exchanged."""
        now = int(time.time())
        said = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "UANA",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "https://slack.com/user_id": "UANA",
            "https://slack.com/team_id": WORKSPACE,
        }
        said = {name: value for name, value in {**said, **(claims or {})}.items() if value is not None}
        self.statement = jwt.encode(said, key or rsa_key(), algorithm="RS256", headers={"kid": kid})

    async def answer(self, request: web.Request) -> web.Response:
        """Any method."""
        name = request.path.rpartition("/")[2]
        form = {key: str(value) for key, value in {**request.query, **await request.post()}.items()}
        if name == "keys":
            held = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key().public_key()))
            return web.json_response({"keys": [held | {"kid": "k1", "use": "sig", "alg": "RS256"}]})
        if name == "openid.connect.token":
            self.asked = form | {"by": request.headers.get("authorization", "")}
            known = form.get("code") == "right"
            answer = {
                "ok": True,
                "access_token": "xoxp-1",
                "token_type": "Bearer",
                "id_token": self.statement,
            }
            return web.json_response(answer if known else {"ok": False, "error": "invalid_code"})
        if self.refusal:
            return web.json_response({"ok": False, "error": self.refusal})
        if name == "conversations.info":
            channel = form["channel"]
            told = {"id": channel, "name": "x", "is_private": channel in self.private}
            return web.json_response({"ok": True, "channel": told})
        person = self.people.get(form.get("user", ""))
        if person is None:
            return web.json_response({"ok": False, "error": "user_not_found"})
        return web.json_response({"ok": True, "user": {"id": form["user"], "team_id": WORKSPACE, **person}})


@dataclass
class Hall:
    """The centre, the Slack it asks, and a browser."""

    desk: Desk
    slack: Slack
    clock: SetClock
    http: httpx.AsyncClient
    seconds: list[float]

    async def rows(self, sql: str) -> list[tuple[object, ...]]:
        async with self.desk.read() as session:
            return [tuple(row) for row in await session.execute(text(sql))]

    async def story(self, form: Form = BAKER, *, by: str = "UBEN", **changes: Any) -> int:
        form = replace(form, **changes)
        async with self.desk.begin() as session:
            story_id = await interviews.store(
                session, WORKSPACE, form, source_key=form.title, author_id=by, now=self.desk.now()
            )
            await publishing.publish(session, WORKSPACE, story_id, by=by, now=self.desk.now())
        return story_id

    async def answers(self, many: int = 40, *, shared: bool = True, **properties: str) -> None:
        """As many answers over the last weeks, by turns 10 and 4, each tenth with a comment."""
        told = [
            Answer(
                key=f"{properties}{number}",
                score=(10, 4)[number % 2],
                at=self.desk.now() - timedelta(days=7 + number % 70),
                comment="It lost the tax line twice." if number % 10 == 0 else "",
                properties=properties,
            )
            for number in range(many)
        ]
        async with self.desk.begin() as session:
            source = await nps_sources.create(
                session, WORKSPACE, kind=nps_sources.FILE, name=f"Survey {properties}", now=self.desk.now()
            )
            await nps_sources.share_verbatims(session, WORKSPACE, source, shared=shared)
            await nps_answers.take_in(session, WORKSPACE, source, told)

    async def screen(self, *, name: str = "Kitchen", days: int = 30, by: str = "UANA") -> Secret:
        secret = new_secret()
        async with self.desk.begin() as session:
            await screens.issue(
                session,
                WORKSPACE,
                name=name,
                public_id=secret.public_id,
                secret=secret.secret,
                by=by,
                now=self.desk.now(),
                ends_at=self.desk.now() + timedelta(days=days),
            )
        return secret

    async def wall(self, query: str = "") -> httpx.Response:
        """A new screen's page."""
        return await self.http.get(screen_address("", await self.screen()) + query)

    async def begin(self, query: str = "") -> dict[str, str]:
        """Go to Slack's question; what is asked there."""
        gone = await self.http.get(f"/centre/sign-in{query}", follow_redirects=False)
        assert gone.status_code == 303, gone.text
        return {
            name: values[0] for name, values in parse_qs(urlsplit(gone.headers["location"]).query).items()
        }

    async def sign_in(self, user: str = "UANA", query: str = "") -> httpx.Response:
        """All the way; the page at its end."""
        asked = await self.begin(query)
        self.slack.states(nonce=asked["nonce"], claims={"https://slack.com/user_id": user})
        return await self.come_back(asked["state"])

    async def come_back(self, state: str, code: str = "right") -> httpx.Response:
        return await self.http.get("/centre/signed-in", params={"state": state, "code": code})

    def let_slack_be_asked_anew(self) -> None:
        """As if so much time went by that nothing is remembered of what Slack said."""
        self.seconds[0] += REMEMBERED_SECONDS + 1


@contextmanager
def as_often_as_they_like(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for begins in ("/centre", "/centre/sign"):
        monkeypatch.setitem(MOST_A_MINUTE, begins, 10_000)
    yield


@pytest.fixture
async def hall(
    settings: Settings, database: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Hall]:
    """A copy that browsers reach and people can sign in to."""
    slack, seconds = Slack(), [0.0]
    served = web.Application()
    served.router.add_route("*", "/{any:.*}", slack.answer)
    runner = web.AppRunner(served)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    own = settings.model_copy(
        update={
            "slack_api_url": f"{slack.url}/api/",
            "firsthand_address": ADDRESS,
            # Loading one takes longer than the tests do.
            "firsthand_search_encoder": "none",
            "slack_sign_in_client_id": CLIENT,
            "slack_sign_in_client_secret": SecretStr("hush"),
        }
    )
    desk = Desk(own, database, clock, OneWorkspace(own), colleagues=Colleagues(lambda: seconds[0]))
    with as_often_as_they_like(monkeypatch):
        made = create_web(create_app(desk), desk)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(made), base_url=ADDRESS, follow_redirects=True
        ) as http:
            yield Hall(desk, slack, clock, http, seconds)
    await runner.cleanup()


def read(page: httpx.Response) -> str:
    """What somebody reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub("</?bdi>", "", page.text))).split())
