"""Only pages and programs of this machine reach the control API and the page."""

from __future__ import annotations

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from playground.client import Playground
from playground.controlling import plain_http


@pytest.mark.parametrize("path", ["/", "/page/top?as=ana", "/control/setup", "/api/api.test"])
async def test_a_name_that_was_led_here_from_elsewhere_is_turned_away(world: Playground, path: str) -> None:
    port = world.url.rpartition(":")[2]
    async with plain_http() as http:
        foreign = await http.get(world.url + path, headers={"Host": f"evil.example:{port}"})
        assert (foreign.status_code, foreign.json()["error"][:9]) == (403, "This is o")
        for name in ("localhost", "127.0.0.1", "[::1]"):
            own = await http.get(world.url + path, headers={"Host": f"{name}:{port}"})
            assert own.status_code == 200


async def test_a_page_of_another_site_reads_and_does_nothing(world: Playground) -> None:
    async with plain_http(headers={"Origin": "https://evil.example"}) as http:
        assert (await http.post(f"{world.url}/control/act/uninstall", json={"as": "ana"})).status_code == 403
        assert (await http.get(f"{world.url}/control/setup")).status_code == 403
    with pytest.raises(InvalidStatus):
        async with connect(
            f"{world.url.replace('http', 'ws')}/page/live?as=ana", origin=Origin("http://[bad")
        ):
            pass
