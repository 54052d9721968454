"""Nobody speaks to the endpoint who does not know the secret, and no body of any kind makes it stumble."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.pacing import Pace
from bot.refusing import LARGEST_BODY
from bot.trackers.endpoint import tracker_routes
from bot.trackers.github import github
from bot.trackers.tracker import Call
from storage import trackers
from tests.bot.trackers.conftest import KEY, ON_TOPIC, SECRET, Bench
from tests.conftest import WORKSPACE


def test_the_example_of_githubs_own_documentation_is_signed() -> None:
    signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    call = Call(headers={"x-hub-signature-256": signature}, body=b"Hello, World!")
    assert github.is_signed(call, "It's a Secret to Everybody")
    assert not github.is_signed(call, "another")


@pytest.mark.parametrize(
    "signature", [None, "", "sha256=", "sha256=00", "sha1=da39", "757107ea", "sha256=" + "ü" * 64]
)
async def test_a_call_that_is_not_signed_is_refused(bench: Bench, signature: str | None) -> None:
    headers, body = bench.github.about("opened", bench.github.issue(**ON_TOPIC), SECRET)
    del headers["x-hub-signature-256"]
    given: list[tuple[bytes, bytes]] = [(k.encode(), v.encode()) for k, v in headers.items()]
    given += [] if signature is None else [(b"x-hub-signature-256", signature.encode("latin-1", "replace"))]
    answer = await bench.web.post(f"/trackers/github/{KEY}", content=body, headers=given)
    assert answer.status_code == 401
    assert await bench.states() == []


async def test_a_body_that_was_changed_on_the_way_is_refused(bench: Bench) -> None:
    headers, body = bench.github.about("opened", bench.github.issue(**ON_TOPIC), SECRET)
    assert (await bench.post(headers, body + b" ")).status_code == 401


@pytest.mark.parametrize("key", ["x" * 32, "short", "%00" * 20, "k" * 31, "a" * 500])
async def test_an_address_that_nobody_was_given_is_not_there(bench: Bench, key: str) -> None:
    headers, body = bench.github.call("ping", SECRET)
    assert (await bench.post(headers, body, key=key)).status_code == 404


async def test_another_kind_of_tracker_is_not_there_under_this_key(bench: Bench) -> None:
    assert (await bench.web.post(f"/trackers/jira/{KEY}", content=b"{}")).status_code == 404


async def test_a_ping_is_thanked_for_and_remembered(bench: Bench) -> None:
    assert (await bench.tracking()).heard_at is None
    answer = await bench.post(*bench.github.call("ping", SECRET, zen="Keep it logically awesome."))
    assert (answer.status_code, answer.json()) == (202, {"did": "nothing"})
    tracking = await bench.tracking()
    assert (tracking.heard_at, tracking.place) == (bench.desk.now(), "acme/app")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"repository": 7}',
        b'{"repository": {"id": 7, "full_name": "acme/app"}, "issue": null}',
        b'{"repository": {"id": 7, "full_name": "acme/app"}, "issue": {"number": "x"}}',
        b'{"repository": {"id": 7, "full_name": "acme/app"}, "issue": {"number": 1, "labels": [7]}}',
        b'{"repository": {"id": 7}, "issue": {"number": 1}}',
        json.dumps(
            {"repository": {"id": 7, "full_name": "a/b"}, "action": "labeled", "issue": {"number": 1}}
        ).encode(),
    ],
)
async def test_signed_nonsense_is_refused_in_words(bench: Bench, body: bytes) -> None:
    answer = await bench.post(_signed(body), body)
    assert answer.status_code in {200, 400}
    assert "error" in answer.json() or answer.json() == {"did": "nothing"}
    assert await bench.states() == []


async def test_a_body_without_end_is_given_up(bench: Bench) -> None:
    body = b'{"a": "' + b"x" * LARGEST_BODY + b'"}'
    assert (await bench.post(_signed(body), body)).status_code == 413


async def test_a_form_is_refused_with_what_to_choose(bench: Bench) -> None:
    body = b"payload=%7B%7D"
    headers = {**_signed(body), "content-type": "application/x-www-form-urlencoded"}
    answer = await bench.post(headers, body)
    assert (answer.status_code, "application/json" in answer.text) == (415, True)


async def test_whoever_calls_too_often_is_asked_to_wait(bench: Bench) -> None:
    routes = tracker_routes(bench.desk, Pace(2, lambda: 0.0))
    transport = httpx.ASGITransport(app=Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://firsthand.test") as web:
        headers, body = bench.github.call("ping", SECRET)
        told = [await web.post(f"/trackers/github/{KEY}", content=body, headers=headers) for _ in range(3)]
    assert [one.status_code for one in told] == [202, 202, 429]
    assert int(told[2].headers["retry-after"]) > 0


async def test_one_that_is_switched_off_is_not_there_any_more(bench: Bench) -> None:
    async with bench.desk.begin() as session:
        await trackers.end(session, WORKSPACE, bench.tracker_id)
    assert (await bench.post(*bench.github.call("ping", SECRET))).status_code == 404


async def test_secrets_are_unreadable_in_the_database(bench: Bench) -> None:
    from tests.conftest import file_of

    kept = file_of(bench.desk.database)
    held = b"".join(one.read_bytes() for one in kept.parent.glob(kept.name + "*"))
    assert KEY.encode() in held
    assert SECRET.encode() not in held
    assert b"github_pat_test" not in held


def _signed(body: bytes) -> dict[str, Any]:
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json",
        "x-github-event": "issues",
        "x-github-delivery": "one",
        "x-hub-signature-256": f"sha256={signature}",
    }
