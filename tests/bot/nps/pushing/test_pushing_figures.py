"""Business figures pushed by other systems: with the same key, in batches, replaced when sent again."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import jsonschema

from bot.desk import Desk
from bot.nps.pushing.endpoint import FIGURES_PATH
from bot.nps.pushing.openapi import OPENAPI
from storage import nps_figures
from tests.conftest import WORKSPACE

GOOD = {"figure": "revenue", "month": "2026-03", "amount": 12.5}
FIRM = {**GOOD, "property": "plan", "value": "Firm"}


async def push(web: httpx.AsyncClient, key: str, *figures: Any, **headers: str) -> httpx.Response:
    sent = {"authorization": f"Bearer {key}", **headers}
    return await web.post(FIGURES_PATH, json={"figures": list(figures)}, headers=sent)


async def known(desk: Desk) -> dict[nps_figures.Segment, dict[date, float]]:
    async with desk.read() as session:
        return await nps_figures.series(session, WORKSPACE, "revenue")


async def test_figures_go_in_and_each_bad_one_says_why(desk: Desk, web: httpx.AsyncClient, key: str) -> None:
    reply = await push(
        web,
        key,
        GOOD,
        FIRM,
        {**GOOD, "month": "2026-13"},
        {**GOOD, "month": 202603},
        {**GOOD, "amount": "12"},
        {**GOOD, "amount": True},
        {**GOOD, "amount": 10**400},
        {**GOOD, "figure": " "},
        {**GOOD, "figure": 'a "quoted" one'},
        {**GOOD, "property": "plan"},
        {**GOOD, "currency": "EUR"},
        "revenue",
    )
    assert reply.status_code == 200
    told = reply.json()
    assert told["kept"] == 2
    assert [(one["index"], one["field"]) for one in told["refused"]] == [
        (2, "month"),
        (3, "month"),
        (4, "amount"),
        (5, "amount"),
        (6, "amount"),
        (7, "figure"),
        (8, "figure"),
        (9, "value"),
        (10, "currency"),
        (11, ""),
    ]
    march = date(2026, 3, 1)
    assert await known(desk) == {("", ""): {march: 12.5}, ("plan", "Firm"): {march: 12.5}}


async def test_the_latest_amount_stands_and_a_repeated_request_changes_nothing(
    desk: Desk, web: httpx.AsyncClient, key: str
) -> None:
    mark = {"idempotency-key": "march-1"}
    first = await push(web, key, GOOD, **mark)
    await push(web, key, {**GOOD, "amount": 13})
    again = await push(web, key, GOOD, **mark)
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
    assert await known(desk) == {("", ""): {date(2026, 3, 1): 13.0}}
    assert (await push(web, key, {**GOOD, "amount": 9}, **mark)).status_code == 409


async def test_without_a_key_or_a_batch_nothing_is_kept(desk: Desk, web: httpx.AsyncClient, key: str) -> None:
    assert (await push(web, "wrong", GOOD)).status_code == 401
    assert (await push(web, key)).status_code == 400
    headers = {"authorization": f"Bearer {key}"}
    assert (await web.post(FIGURES_PATH, json={"answers": [GOOD]}, headers=headers)).status_code == 400
    assert (await push(web, key, {**GOOD, "amount": None})).status_code == 422
    assert await known(desk) == {}


async def test_the_document_describes_what_is_taken_and_told(web: httpx.AsyncClient, key: str) -> None:
    schemas = OPENAPI["components"]["schemas"]
    for figure in (GOOD, FIRM):
        jsonschema.validate(figure, schemas["Figure"])
    told = (await push(web, key, GOOD, {**GOOD, "amount": "x"})).json()
    jsonschema.validate(told, schemas["Kept"])
