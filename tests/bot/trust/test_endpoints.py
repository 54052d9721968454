"""Every address of ours is public on purpose or asks who is there, whatever is sent to it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.routing import Route

from bot.app import create_app
from bot.connections import OneWorkspace
from bot.customer_link.secret import PATH
from bot.desk import Desk
from bot.installing.flow import INSTALL_PATH, REDIRECT_PATH
from bot.nps.pushing.endpoint import ACCOUNTS_PATH, FIGURES_PATH
from bot.nps.pushing.endpoint import PATH as PUSH
from bot.rota.pushing import PATH as CONTACTS
from bot.trackers.endpoint import PATH as TRACKERS
from bot.web import LARGEST_BODY, create_web
from stories.avatars.project import PICTURES
from tests.bot.installing.conftest import Place
from tests.bot.installing.conftest import place as installed_place
from tests.conftest import WORKSPACE

EVENTS = "/slack/events"
PUBLIC = {
    "/healthz": "says that the process lives, and nothing else",
    "/readyz": "says whether the database answers, and nothing else",
    "/api/v1/openapi.json": "the same document that anybody can read in our code",
    INSTALL_PATH: "begins an installation; so many a minute (see bot.installing.flow)",
    f"{PICTURES}{{name}}": "an avatar's picture, by a name that nobody guesses: Slack fetches it as anybody",
    REDIRECT_PATH: "ends one; worth nothing without the state that its browser was given",
}
"""Addresses that ask nobody who they are, and why."""

ASKS = {EVENTS: 401, PUSH: 401, FIGURES_PATH: 401, ACCOUNTS_PATH: 401, CONTACTS: 401, TRACKERS: 404}
"""Addresses that ask, and what strangers are told."""

LINKS = PATH + "{token:path}"
"""A customer's own page: the address itself is the key, and every other one is answered alike."""

CENTRE = {
    "/centre": 401,
    "/centre/parts": 401,
    "/centre/search": 401,
    "/centre/series": 401,
    "/centre/screen/{token:path}": 404,
    "/centre/sign-in": 303,
    "/centre/signed-in": 400,
    "/centre/sign-out": 405,
    "/centre/static/{name}": 404,
}
"""Those of the centre, and what a stranger's browser is told there: the way in, or that there is nothing."""

place = installed_place


@pytest.fixture
def web(desk: Desk) -> Starlette:
    connection = desk.connections
    assert isinstance(connection, OneWorkspace)
    connection.speaks_for(WORKSPACE)
    return create_web(create_app(desk, process_before_response=True), desk)


@pytest.fixture
async def http(web: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(web, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://firsthand") as client:
        yield client


def signed(body: bytes, *, key: str = "secret", at: float | None = None, kind: str = "") -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(key).generate_signature(timestamp=stamp, body=body)
    return {
        "content-type": kind or "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature or "",
    }


def test_every_address_is_known_to_be_public_or_to_ask(web: Starlette) -> None:
    addresses = {route.path for route in web.routes if isinstance(route, Route)}
    assert len(addresses) == len(web.routes), "no address stands apart from the others"
    assert addresses <= PUBLIC.keys() | ASKS.keys()
    assert ASKS.keys() <= addresses


async def test_strangers_are_told_to_go_and_methods_that_are_none_are_refused(
    http: httpx.AsyncClient,
) -> None:
    for address, status in ASKS.items():
        assert (await http.post(address, content=b"{}")).status_code == status
        for method in ("GET", "PUT", "DELETE", "PATCH"):
            assert (await http.request(method, address)).status_code == 405


async def test_what_is_public_says_nothing_of_anybody(http: httpx.AsyncClient) -> None:
    for address in ("/healthz", "/readyz"):
        assert set((await http.get(address)).json()) <= {"ok", "database"}


BODY = urlencode({"command": "/firsthand", "team_id": WORKSPACE, "user_id": "U1", "text": "help"}).encode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY, key="another"),
        signed(BODY + b"x"),
        signed(BODY, at=time.time() - 3600),
        signed(BODY, at=time.time() + 3600),
        signed(BODY) | {"x-slack-request-timestamp": "soon"},
        signed(BODY) | {"x-slack-request-timestamp": "9" * 400},
        signed(BODY) | {"x-slack-signature": "v0="},
        signed(BODY) | {"x-slack-signature": ""},
    ],
    ids=["none", "other-key", "other-body", "old", "future", "no-number", "huge", "half", "empty"],
)
async def test_what_slack_did_not_sign_just_now_is_not_read(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await http.post(EVENTS, content=BODY, headers=headers)).status_code == 401


async def test_a_signature_that_is_no_ascii_is_refused(http: httpx.AsyncClient) -> None:
    odd = [(name.encode(), value.encode()) for name, value in signed(BODY).items()]
    odd[-1] = (odd[-1][0], "v0=ß".encode("latin-1"))
    assert (await http.post(EVENTS, content=BODY, headers=odd)).status_code == 401


async def test_a_body_that_is_no_text_is_refused(http: httpx.AsyncClient) -> None:
    assert (await http.post(EVENTS, content=b"\xff\xfe", headers=signed(BODY))).status_code == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", ""),
        (b"payload=", ""),
        (b"payload=%7B", ""),
        (b"payload=null", ""),
        (b"payload=%5B1%5D", ""),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"[" * 50_000, "application/json"),
        (b"{}", "text/plain"),
        (b"{}", "multipart/form-data; boundary=x"),
        (b'{"type": "event_callback", "type": "url_verification"}', "application/json"),
        (b'{"type": "event_callback", "event": 1, "team_id": {}}', "application/json"),
        (b"payload=" + urlencode({"": '{"type": "block_actions", "actions": []}'})[1:].encode(), ""),
    ],
)
async def test_a_signed_body_that_makes_no_sense_never_breaks_the_server(
    http: httpx.AsyncClient, body: bytes, kind: str
) -> None:
    answer = await http.post(EVENTS, content=body, headers=signed(body, kind=kind))
    assert answer.status_code < 500


async def test_of_keys_that_come_twice_one_is_meant_whoever_reads(http: httpx.AsyncClient) -> None:
    challenge = b'{"type": "x", "challenge": "first", "type": "url_verification", "challenge": "last"}'
    answer = await http.post(EVENTS, content=challenge, headers=signed(challenge, kind="application/json"))
    assert answer.status_code == 200
    assert "first" not in answer.text


@pytest.mark.parametrize("address", sorted(ASKS))
async def test_nobody_sends_more_than_fits(http: httpx.AsyncClient, address: str) -> None:
    large = b"x" * (LARGEST_BODY + 1)
    answer = await http.post(address, content=large, headers=signed(large))
    assert answer.status_code in (401, 404, 413)


async def test_an_address_for_browsers_adds_three_and_all_are_known(place: Place) -> None:
    desk = place.desk
    web = create_web(create_app(desk), desk)
    added = {route.path for route in web.routes if isinstance(route, Route)}
    assert {INSTALL_PATH, REDIRECT_PATH, LINKS} <= added
    assert added <= PUBLIC.keys() | ASKS.keys() | {LINKS} | CENTRE.keys()
    transport = httpx.ASGITransport(web, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://firsthand") as client:
        for address, status in CENTRE.items():
            assert (await client.get(address)).status_code == status, address
