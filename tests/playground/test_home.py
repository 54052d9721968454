"""The App Home is guarded by its hash and by the manifest."""

from __future__ import annotations

from playground.client import Playground
from playground.setup import default_manifest
from tests.playground.conftest import (
    BRISK,
    by_socket,
    id_of,
    refused,
)


async def test_the_home_is_guarded_by_its_hash_and_the_manifest() -> None:
    async with Playground.start(BRISK) as world, by_socket(world, lambda _app: None) as app:
        ana = await id_of(world, "ana")
        view = {"type": "home", "blocks": [{"type": "divider"}]}
        first = await app.client.views_publish(user_id=ana, view=view)
        stale = first["view"]["hash"]
        await app.client.views_publish(user_id=ana, view=view, hash=stale)
        with refused("hash_conflict"):
            await app.client.views_publish(user_id=ana, view=view, hash=stale)
    manifest = default_manifest()
    manifest["features"]["app_home"]["home_tab_enabled"] = False
    async with (
        Playground.start(BRISK, manifest=manifest) as world,
        by_socket(world, lambda _app: None) as app,
    ):
        with refused("not_enabled"):
            await app.client.views_publish(user_id=await id_of(world, "ana"), view=view)
