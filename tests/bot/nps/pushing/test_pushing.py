"""Answers pushed by other systems: with a key, in batches, once however often they are sent."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import httpx
import jsonschema
import pytest
from starlette.applications import Starlette

from bot.desk import Desk
from bot.nps.pushing.endpoint import ACCOUNTS_PATH, FIGURES_PATH, PATH, push_routes
from bot.nps.pushing.openapi import OPENAPI
from bot.nps.pushing.reading import MOST_ANSWERS
from bot.pacing import Pace
from bot.refusing import LARGEST_BODY
from storage import connections, nps_counts, nps_keys
from storage.connections import Arrival
from stories.nps.counts import Counts
from tests.conftest import NOW, WORKSPACE, SetClock

GOOD = {
    "id": "1",
    "score": 9,
    "answered_at": "2026-11-01T10:00:00Z",
    "properties": {"plan": "Firm", "seats": 4},
}


async def push(web: httpx.AsyncClient, key: str, *answers: Any, **headers: str) -> httpx.Response:
    sent = {"authorization": f"Bearer {key}", **headers}
    return await web.post(PATH, json={"answers": list(answers)}, headers=sent)


async def total(desk: Desk) -> Counts:
    async with desk.read() as session:
        return await nps_counts.total(session, WORKSPACE, {}, date(2020, 1, 1), date(2030, 1, 1))


async def test_a_batch_goes_in_and_each_bad_row_says_why(
    desk: Desk, web: httpx.AsyncClient, key: str
) -> None:
    reply = await push(
        web,
        key,
        GOOD,
        {**GOOD, "id": "2", "score": 8.5},
        {**GOOD, "id": "3", "score": "9"},
        {**GOOD, "id": "4", "answered_at": "2026-11-01T10:00:00"},
        {**GOOD, "id": "5", "answered_at": "2027-11-01"},
        {**GOOD, "id": ""},
        {**GOOD, "id": "6", "mood": "fine"},
        {**GOOD, "id": "7", "properties": {"a": ["list"]}},
        {**GOOD, "id": "7", "properties": {" ": "a property of no name"}},
        "nine",
        {**GOOD, "id": "8", "answered_at": "2026-11-02", "comment": "Good.", "person": "joan@example.com"},
    )
    assert reply.status_code == 200
    told = reply.json()
    assert told["new"] == 2
    fields = [(one["index"], one["field"]) for one in told["refused"]]
    assert fields == [
        (1, "score"),
        (2, "score"),
        (3, "answered_at"),
        (4, "answered_at"),
        (5, "id"),
        (6, "mood"),
        (7, "properties"),
        (8, "properties"),
        (9, ""),
    ]
    assert await total(desk) == Counts(promoters=2)
    jsonschema.validate(told, OPENAPI["components"]["schemas"]["Taken"])
    jsonschema.validate(GOOD, OPENAPI["components"]["schemas"]["Answer"])


async def test_the_same_answer_is_changed_not_counted_twice(
    desk: Desk, web: httpx.AsyncClient, key: str
) -> None:
    await push(web, key, GOOD)
    assert (await push(web, key, GOOD)).json()["same"] == 1
    assert (await push(web, key, {**GOOD, "score": 2})).json()["changed"] == 1
    assert await total(desk) == Counts(detractors=1)


async def test_a_request_sent_again_gets_the_same_answer(
    web: httpx.AsyncClient, key: str, clock: SetClock
) -> None:
    again = {"idempotency-key": "k1"}
    first = await push(web, key, GOOD, **again)
    second = await push(web, key, GOOD, **again)
    assert first.json() == second.json() == {"new": 1, "changed": 0, "same": 0, "erased": 0, "refused": []}
    assert (first.headers.get("idempotency-replayed"), second.headers["idempotency-replayed"]) == (
        None,
        "true",
    )
    other = await push(web, key, {**GOOD, "score": 1}, **again)
    assert other.status_code == 409
    clock.advance(timedelta(days=8))
    await push(web, key, {**GOOD, "id": "9"}, **{"idempotency-key": "k2"})
    assert (await push(web, key, GOOD, **again)).json()["same"] == 1


async def test_without_a_key_that_fits_nothing_goes_in(desk: Desk, web: httpx.AsyncClient, key: str) -> None:
    prefix, public_id, secret = key.split(".")
    wrong = [
        "",
        "Bearer",
        f"Basic {key}",
        f"Bearer {prefix}.{public_id}.{secret[:-1]}x",
        f"Bearer {prefix}.0000.{secret}",
        f"Bearer other.{public_id}.{secret}",
        f"Bearer {public_id}",
    ]
    for header in wrong:
        reply = await web.post(PATH, json={"answers": [GOOD]}, headers={"authorization": header})
        assert reply.status_code == 401
        assert reply.headers["www-authenticate"] == "Bearer"
    async with desk.database.begin() as session:
        assert await nps_keys.revoke(session, WORKSPACE, public_id, now=NOW)
        assert not await nps_keys.revoke(session, WORKSPACE, public_id, now=NOW)
    assert (await push(web, key, GOOD)).status_code == 401
    assert (await total(desk)).n == 0


async def test_nothing_more_goes_in_once_the_bot_was_removed(
    desk: Desk, web: httpx.AsyncClient, key: str
) -> None:
    arrival = Arrival(name="", enterprise_id=None, org_wide=False, installed_by=None, scopes_told="")
    async with desk.database.begin() as session:
        await connections.connect(session, WORKSPACE, arrival, now=NOW)
    assert (await push(web, key, GOOD)).status_code == 200
    async with desk.database.begin() as session:
        await connections.end(session, WORKSPACE, now=NOW, delete_on=NOW + timedelta(days=30))
    assert (await push(web, key, {**GOOD, "id": "late"})).status_code == 401


async def test_the_key_itself_is_kept_nowhere(desk: Desk, key: str) -> None:
    async with desk.read() as session:
        found = await nps_keys.check(session, key)
        listed = await nps_keys.every(session, WORKSPACE)
    assert found is not None
    assert listed == (found,)
    assert key.rpartition(".")[2] not in repr(listed)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"[1]", 400),
        (b'{"answers": []}', 400),
        (b'{"answers": {}}', 400),
        (b"[" * 100_000, 400),
        (json.dumps({"answers": [GOOD] * (MOST_ANSWERS + 1)}).encode(), 400),
        (b" " * (LARGEST_BODY + 1), 413),
        (json.dumps({"answers": [{**GOOD, "score": 11}]}).encode(), 422),
    ],
)
async def test_a_body_that_is_no_batch_is_refused(
    web: httpx.AsyncClient, key: str, body: bytes, status: int
) -> None:
    reply = await web.post(PATH, content=body, headers={"authorization": f"Bearer {key}"})
    assert reply.status_code == status
    assert reply.json().get("error") or reply.json()["refused"]


async def test_too_many_requests_are_told_when_to_go_on(desk: Desk, key: str) -> None:
    moment = [0.0]
    pace = Pace(most=2, seconds=lambda: moment[0])
    transport = httpx.ASGITransport(Starlette(routes=push_routes(desk, pace)))
    async with httpx.AsyncClient(transport=transport, base_url="http://firsthand") as web:
        statuses = [(await push(web, key, GOOD)).status_code for _request in range(3)]
        assert statuses == [200, 200, 429]
        moment[0] = float((await push(web, key, GOOD)).headers["retry-after"])
        assert (await push(web, key, GOOD)).status_code == 200


async def test_the_document_describes_the_endpoint(web: httpx.AsyncClient) -> None:
    told = (await web.get("/api/v1/openapi.json")).json()
    assert told["openapi"].startswith("3.1")
    assert {PATH, FIGURES_PATH, ACCOUNTS_PATH} <= set(told["paths"])
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
