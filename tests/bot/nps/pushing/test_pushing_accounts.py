"""Accounts pushed by a CRM: with the same key, in batches, changed when sent again."""

from __future__ import annotations

import json
from typing import Any

import httpx

from bot.accounts.pushing import read_accounts
from bot.desk import Desk
from bot.nps.pushing.endpoint import ACCOUNTS_PATH
from storage import accounts
from tests.conftest import WORKSPACE

GOOD = {
    "name": "Ortega Bakery GmbH",
    "owner": "U012AB3CD",
    "value": 12000.5,
    "currency": "EUR",
    "renewal": "2027-03-31",
}


async def test_accounts_go_in_and_each_bad_one_says_why(desk: Desk, web: httpx.AsyncClient, key: str) -> None:
    bad: list[Any] = [
        {**GOOD, "value": -1},
        {**GOOD, "currency": "euro"},
        {**GOOD, "renewal": "31.03.2027"},
        {**GOOD, "owner": "<!channel>"},
        {**GOOD, "name": "W" * 81},
        {"name": ""},
        {**GOOD, "value": 1e400},
        {**GOOD, "sql": "1"},
        {**GOOD, "half \ud83d": "1"},
        "no object",
    ]
    sent = {"authorization": f"Bearer {key}"}
    told = (await web.post(ACCOUNTS_PATH, json={"accounts": [GOOD]}, headers=sent)).json()
    assert told == {"new": 1, "changed": 0, "same": 0, "refused": []}
    content = json.dumps({"accounts": [{**GOOD, "value": 13000}, *bad]})
    reply = await web.post(ACCOUNTS_PATH, content=content, headers=sent)
    told = reply.json()
    assert (reply.status_code, told["changed"], len(told["refused"])) == (200, 1, len(bad))
    fields = [one["field"] for one in told["refused"]]
    assert fields == ["value", "currency", "renewal", "owner", "name", "name", "value", "sql", "half ?", ""]
    async with desk.read() as session:
        (kept,) = await accounts.listed(session, WORKSPACE)
    assert (str(kept.worth), kept.owner_id, str(kept.renewal_on)) == (
        "13000.00 EUR",
        "U012AB3CD",
        "2027-03-31",
    )


async def test_without_a_key_nothing_goes_in(web: httpx.AsyncClient) -> None:
    assert (await web.post(ACCOUNTS_PATH, json={"accounts": [GOOD]})).status_code == 401


def test_half_characters_are_taken_out_of_every_text() -> None:
    body = json.dumps({"accounts": [{**GOOD, "owner": "anna\ud83d\x00@example.com"}]}).encode()
    ((told,), refused) = read_accounts(body)
    assert (told.owner, refused) == ("anna?@example.com", [])
