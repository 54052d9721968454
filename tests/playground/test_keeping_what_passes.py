"""Somebody whose playground died goes on where they were: windows, notes for one, addresses to answer to."""

from __future__ import annotations

import signal
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from playground.client import Playground
from playground.controlling import plain_http
from tests.playground.conftest import BRISK, by_socket, client_of, id_of, refused
from tests.playground.small_app import NAME, NOTES, modal
from tests.playground.test_keeping import in_its_own_process
from tests.playground.test_oauth import NOT_YET, asked, code_for

VIEW = modal(NAME, NOTES, private_metadata="kept", callback_id="tell")


async def answered(world: Playground, address: str, **body: Any) -> tuple[int, str]:
    """Answer to a response_url of before, at the port that the playground has now."""
    moved = f"{world.url}{urlsplit(address).path}"
    answer = await AsyncWebhookClient(moved).send(**body)
    return answer.status_code, answer.body


async def test_a_person_goes_on_in_the_window_that_was_open_when_the_process_was_killed(
    tmp_path: Path,
) -> None:
    heard: list[Any] = []

    def before(app: AsyncApp) -> None:
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack("Only you see this.")
            heard.append(body)
            await client.views_open(trigger_id=body["trigger_id"], view=VIEW)

        app.command("/try")(opened)

    def after(app: AsyncApp) -> None:
        async def told(ack: Any, body: Any) -> None:
            heard.append(body)
            await ack()

        app.view("tell")(told)

    file = tmp_path / "kept"
    async with in_its_own_process(file) as (process, facts), Playground.connect(facts["url"]) as world:
        ana = world.person("ana")
        async with by_socket(world, before):
            await ana.command("/try", "pilot")
            await ana.modal("Tell")
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with in_its_own_process(file) as (_process, facts), Playground.connect(facts["url"]) as world:
        ana = world.person("ana")
        (note,) = await ana.ephemerals("pilot")
        assert note.text == "Only you see this."
        async with by_socket(world, after):
            assert (await ana.submit({"name": "Nia"}))["ok"]
        view = heard[1]["view"]
        assert (view["private_metadata"], view["state"]["values"]["name"]["x"]["value"]) == ("kept", "Nia")
        assert view["id"].startswith("V")
        assert await ana.modals() == []
        assert (await answered(world, heard[0]["response_url"], text="Later"))[0] == 200
        assert [one.text for one in await ana.ephemerals("pilot")] == ["Only you see this.", "Later"]


async def test_triggers_and_addresses_keep_their_age_and_their_uses(tmp_path: Path) -> None:
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def kept(ack: Any, body: Any) -> None:
            await ack()
            heard.append(body)

        app.command("/try")(kept)

    setup = replace(BRISK, keep=tmp_path / "kept", seed=7)
    async with Playground.start(setup) as world:
        ana = world.person("ana")
        async with by_socket(world, wire):
            await ana.command("/try one", "pilot")
            await ana.command("/try two", "pilot")
        await client_of(world).views_open(trigger_id=heard[0]["trigger_id"], view=modal(NAME))
        await (await ana.modal()).close()
        for number in range(4):
            assert (await answered(world, heard[0]["response_url"], text=str(number)))[0] == 200
    async with Playground.start(setup) as world:
        slack, ana = client_of(world), world.person("ana")
        assert await ana.modals() == [], "a window that was closed stays closed"
        with refused("exchanged_trigger_id"):
            await slack.views_open(trigger_id=heard[0]["trigger_id"], view=modal(NAME))
        await slack.views_open(trigger_id=heard[1]["trigger_id"], view=modal(NAME))
        assert (await answered(world, heard[0]["response_url"], text="4"))[0] == 200
        status, said = await answered(world, heard[0]["response_url"], text="5")
        assert (status, "used_url" in said) == (404, True)
        async with by_socket(world, wire):
            await ana.command("/try three", "pilot")
        known = {body["trigger_id"] for body in heard} | {body["response_url"][-24:] for body in heard}
        assert len(known) == 6, "the same seed makes nothing up twice"
    late = replace(setup, tuning=replace(setup.tuning, trigger_seconds=0))
    async with Playground.start(late) as world:
        with refused("expired_trigger_id"):
            await client_of(world).views_open(trigger_id=heard[2]["trigger_id"], view=modal(NAME))


async def test_what_stood_on_one_screen_only_stays_until_it_is_taken_away(tmp_path: Path) -> None:
    setup = replace(BRISK, keep=tmp_path / "kept")
    async with Playground.start(setup) as world:
        pilot, ana = await id_of(world, "pilot"), world.person("ana")
        for words in ("One", "Two"):
            await client_of(world).chat_postEphemeral(channel=pilot, user=ana.id, text=words)
        (first, _second) = await ana.ephemerals("pilot")
        async with plain_http() as page:
            await page.post(f"{world.url}/page/dismiss", json={"as": "ana", "channel": pilot, "ts": first.ts})
    async with Playground.start(setup) as world:
        assert [one.text for one in await world.person("ana").ephemerals("pilot")] == ["Two"]
        assert await world.person("ben").ephemerals("pilot") == []


@pytest.mark.parametrize("used", [False, True])
async def test_what_somebody_agreed_to_is_exchanged_after_a_restart_and_once(
    tmp_path: Path, used: bool
) -> None:
    setup = replace(NOT_YET, keep=tmp_path / "kept")
    async with Playground.start(setup) as world:
        code = await code_for(world)
        if used:
            await AsyncWebClient(base_url=world.api_url).oauth_v2_access(code=code, **asked(world))
    async with Playground.start(setup) as world:
        bot = AsyncWebClient(base_url=world.api_url)
        if used:
            with refused("code_already_used"):
                await bot.oauth_v2_access(code=code, **asked(world))
        else:
            answer = await bot.oauth_v2_access(code=code, **asked(world))
            assert answer["scope"] == "chat:write,commands"
