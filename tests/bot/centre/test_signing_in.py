"""Signing in with Slack: who gets in, who does not, and what is left behind."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.connections import OneWorkspace
from bot.settings import Settings
from storage import connections
from storage.connections import Arrival
from tests.bot.centre.conftest import ADDRESS, CLIENT, Hall, read
from tests.conftest import NOW, WORKSPACE

COOKIE = "__Host-firsthand"


async def test_somebody_signs_in_and_comes_back_to_the_view_that_they_wanted(hall: Hall) -> None:
    stranger = await hall.http.get("/centre?period=last+month&look=dark")
    assert stranger.status_code == 401
    assert 'href="/centre/sign-in?period=last+month&amp;look=dark"' in stranger.text
    asked = await hall.begin("?period=last+month&look=dark")
    assert asked["scope"] == "openid", "who they are, and nothing else"
    assert asked["redirect_uri"] == f"{ADDRESS}/centre/signed-in"
    assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
    hall.slack.states(nonce=asked["nonce"])
    page = await hall.come_back(asked["state"])
    assert page.status_code == 200
    assert str(page.url) == f"{ADDRESS}/centre?period=last+month&look=dark"
    assert "Sign out" in read(page)
    assert b64decode(hall.slack.asked["by"].removeprefix("Basic ")).decode() == f"{CLIENT}:hush"
    assert hall.slack.asked["redirect_uri"] == f"{ADDRESS}/centre/signed-in"
    led = page.history[-1]
    cookie = next(one for one in led.headers.get_list("set-cookie") if one.startswith(f"{COOKIE}="))
    for flag in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert flag in cookie
    held = hall.http.cookies[COOKIE]
    kept = await hall.rows("SELECT secret_hash FROM web_sessions")
    assert kept == [(hashlib.sha256(held.rpartition(".")[2].encode()).hexdigest(),)]


OTHER_KEY = "a key that is not Slack's"
"""Made where it is used, not for everybody who collects this file."""

WRONG: tuple[tuple[dict[str, Any], str | None, str], ...] = (
    ({"claims": {"aud": "another app"}}, None, "right"),
    ({"claims": {"iss": "https://slack.example"}}, None, "right"),
    ({"nonce": "of another question"}, None, "right"),
    ({"nonce": None}, None, "right"),
    ({"claims": {"exp": 1}}, None, "right"),
    ({"claims": {"exp": None}}, None, "right"),
    ({"key": OTHER_KEY}, None, "right"),
    ({"kid": "k2"}, None, "right"),
    ({"claims": {"https://slack.com/team_id": None}}, None, "right"),
    ({}, "another state", "right"),
    ({}, "", "right"),
    ({}, None, "wrong"),
    ({}, None, ""),
    ({}, None, "x" * 2_000),
)


async def test_nobody_is_signed_in_by_anything_but_slacks_own_answer_to_this_question(hall: Hall) -> None:
    another = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for named, state, code in WRONG:
        wrong: dict[str, Any] = {
            name: another if value == OTHER_KEY else value for name, value in named.items()
        }
        asked = await hall.begin()
        hall.slack.states(**{"nonce": asked["nonce"], **wrong})
        page = await hall.come_back(asked["state"] if state is None else state, code)
        assert page.status_code == 400, (wrong, state, code)
        assert "You are not signed in" in read(page)
    for statement in ("", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "ü" * 50):
        asked = await hall.begin()
        hall.slack.statement = statement
        assert (await hall.come_back(asked["state"])).status_code == 400, statement
    assert await hall.rows("SELECT 1 FROM web_sessions") == []


async def test_a_sign_in_belongs_to_the_browser_it_was_begun_in_and_works_once(hall: Hall) -> None:
    asked = await hall.begin()
    hall.slack.states(nonce=asked["nonce"])
    hall.http.cookies.clear()
    assert (await hall.come_back(asked["state"])).status_code == 400
    asked = await hall.begin()
    hall.slack.states(nonce=asked["nonce"])
    assert (await hall.come_back(asked["state"])).status_code == 200
    assert (await hall.come_back(asked["state"])).status_code == 400
    declined = await hall.http.get("/centre/signed-in?error=access_denied&state=x")
    assert declined.status_code == 400


async def test_guests_and_whoever_has_left_or_works_elsewhere_are_not_let_in(hall: Hall) -> None:
    for user in ("UGUS", "UOUT", "UNOBODY"):
        page = await hall.sign_in(user)
        assert page.status_code == 403
        assert "not open to you" in read(page)
    connection = hall.desk.connections
    assert isinstance(connection, OneWorkspace)
    connection.speaks_for(WORKSPACE)
    asked = await hall.begin()
    hall.slack.states(nonce=asked["nonce"], claims={"https://slack.com/team_id": "T0OTHER"})
    assert (await hall.come_back(asked["state"])).status_code == 403
    assert await hall.rows("SELECT 1 FROM web_sessions") == []


async def test_who_leaves_or_becomes_a_guest_sees_nothing_more(hall: Hall) -> None:
    assert (await hall.sign_in()).status_code == 200
    for becomes in ({"deleted": True}, {"is_ultra_restricted": True}):
        hall.slack.people["UANA"] = becomes
        hall.let_slack_be_asked_anew()
        for there in ("/centre", "/centre/parts", "/centre/search?q=tax"):
            assert (await hall.http.get(there)).status_code == 401
    hall.slack.people["UANA"] = {}
    hall.let_slack_be_asked_anew()
    assert (await hall.http.get("/centre")).status_code == 200
    for refusal, status in (("ratelimited", 503), ("token_revoked", 401)):
        hall.slack.refusal = refusal
        hall.let_slack_be_asked_anew()
        assert (await hall.http.get("/centre")).status_code == status


async def test_a_workspace_that_removed_the_bot_is_shown_nothing_at_once(hall: Hall) -> None:
    await hall.sign_in()
    async with hall.desk.begin() as session:
        arrival = Arrival(name="Test", enterprise_id=None, org_wide=False, installed_by=None)
        await connections.connect(session, WORKSPACE, arrival, now=NOW)
        await connections.end(session, WORKSPACE, now=NOW, delete_on=NOW + timedelta(days=30))
    assert (await hall.http.get("/centre")).status_code == 401


async def test_signing_out_ends_it_here_or_everywhere(hall: Hall) -> None:
    await hall.sign_in()
    held = hall.http.cookies[COOKIE]
    await hall.sign_in()
    assert len(await hall.rows("SELECT 1 FROM web_sessions")) == 2
    forged = await hall.http.post("/centre/sign-out", headers={"sec-fetch-site": "cross-site"})
    forged_too = await hall.http.post("/centre/sign-out", headers={"origin": "https://evil.example"})
    assert (forged.status_code, forged_too.status_code) == (403, 403)
    honest = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert (await hall.http.post("/centre/sign-out", headers=honest)).status_code == 401
    assert len(await hall.rows("SELECT 1 FROM web_sessions")) == 1
    hall.http.cookies.set(COOKIE, held)
    assert (await hall.http.get("/centre")).status_code == 200
    hall.slack.refusal = "ratelimited"
    hall.let_slack_be_asked_anew()
    await hall.http.post("/centre/sign-out", data={"everywhere": "yes"})
    assert await hall.rows("SELECT 1 FROM web_sessions") == [], "also while Slack is away"
    hall.slack.refusal = ""
    hall.http.cookies.set(COOKIE, held)
    assert (await hall.http.get("/centre")).status_code == 401, "what is kept counts, not what a browser has"


async def test_a_browser_is_forgotten_after_a_week(hall: Hall) -> None:
    await hall.sign_in()
    hall.clock.advance(timedelta(days=7))
    assert (await hall.http.get("/centre")).status_code == 401
    await hall.sign_in()
    assert len(await hall.rows("SELECT 1 FROM web_sessions")) == 1, "what is over is not kept"


async def test_a_cookie_that_nobody_was_given_opens_nothing(hall: Hall) -> None:
    for held in ("", "person.", "person.a.b", "screen.x.y", "person." + "x" * 5000, "ä.ö.ü"):
        page = await hall.http.get("/centre", headers={b"cookie": f"{COOKIE}={held}".encode()})
        assert page.status_code == 401


def test_the_settings_for_signing_in_belong_together() -> None:
    values: dict[str, Any] = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s", "_env_file": None}
    both: dict[str, Any] = {"slack_sign_in_client_id": "1", "slack_sign_in_client_secret": "2"}
    with pytest.raises(ValueError, match="belong together"):
        Settings(**values, slack_sign_in_client_id="1")
    with pytest.raises(ValueError, match="FIRSTHAND_ADDRESS"):
        Settings(**values, **both)
    assert Settings(**values, **both, firsthand_address=ADDRESS).sign_in_client == ("1", "2")
