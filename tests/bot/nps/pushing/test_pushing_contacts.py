"""POST /api/v1/contacts: customers who agreed to be contacted, from a system that has a key."""

from __future__ import annotations

import httpx

from bot.desk import Desk
from bot.rota.pushing import PATH
from storage import contacts_free
from tests.conftest import NOW, WORKSPACE

NIA = {"id": "crm-7", "name": "Nia Prothero", "agreed": True, "time_zone": "London", "languages": ["en"]}


async def test_customers_go_in_and_are_taken_back_over_http(
    desk: Desk, web: httpx.AsyncClient, key: str
) -> None:
    allowed = {"authorization": f"Bearer {key}"}
    told = await web.post(PATH, json={"contacts": [NIA, {"name": "Nobody asked"}]}, headers=allowed)
    assert (told.status_code, told.json()["new"]) == (200, 1)
    assert told.json()["refused"][0]["field"] == "agreed"
    back = await web.post(PATH, json={"contacts": [NIA | {"agreed": False}]}, headers=allowed)
    assert back.json()["known"] == 1
    async with desk.read() as session:
        assert await contacts_free.how_many(session, WORKSPACE, NOW) == (1, 0)
    assert (await web.post(PATH, json={"contacts": [NIA]})).status_code == 401
    assert (await web.post(PATH, json={"answers": []}, headers=allowed)).status_code == 400
