"""A small Bolt app and people in the playground, over Socket Mode and over signed HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from playground.client import Playground, PlaygroundError
from playground.setup import default_manifest
from tests.playground.conftest import BRISK, Wire, bolt_in_world, by_socket, id_of, refused

TRANSPORTS = pytest.mark.parametrize("transport", ["socket", "http"])


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def modal(*blocks: dict[str, Any], title: str = "Tell", **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "tell",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


def asks(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": "x", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.title()),
        "element": element,
        **more,
    }


NAME = asks("name", {"type": "plain_text_input"})
NOTES = asks("notes", {"type": "plain_text_input", "multiline": True}, optional=True)
BUTTON = {"type": "button", "action_id": "like", "text": plain("Made me think"), "value": "s1"}


def wired(heard: list[Any], view: dict[str, Any]) -> Wire:
    """An app that opens `view` on /try, wants a name of three letters, posts it, and counts likes."""

    def wire(app: AsyncApp) -> None:
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            heard.append(body)
            await client.views_open(trigger_id=body["trigger_id"], view=view)

        async def told(ack: Any, body: Any, client: Any) -> None:
            heard.append(body)
            name = body["view"]["state"]["values"]["name"]["x"]["value"]
            if len(name) < 3:
                await ack(response_action="errors", errors={"name": "Use three letters or more."})
                return
            await ack()
            blocks = [
                {"type": "section", "text": {"type": "mrkdwn", "text": f"*{name}*"}, "accessory": BUTTON}
            ]
            await client.chat_postMessage(channel=body["view"]["private_metadata"], text=name, blocks=blocks)

        async def liked(ack: Any, body: Any, respond: Any) -> None:
            await ack()
            heard.append(body)
            await respond(text="Noted", replace_original=False)

        app.command("/try")(opened)
        app.view("tell")(told)
        app.action("like")(liked)

    return wire


@TRANSPORTS
async def test_from_a_command_through_a_modal_to_a_message_and_a_button(transport: str) -> None:
    heard: list[Any] = []
    view = modal(NAME, NOTES)

    async with bolt_in_world(transport, wired(heard, view)) as world:
        view["private_metadata"] = await id_of(world, "pilot")
        ana = world.person("ana")
        await ana.command("/try it & see", channel="general")
        window = await ana.modal("Tell")
        assert (await window.submit())["errors"] == {"name": "Please complete this required field."}
        assert (await window.submit({"Name": "Al"}))["errors"] == {"name": "Use three letters or more."}
        assert await ana.errors() == {"name": "Use three letters or more."}
        assert (await window.submit({"name": "Alba"}))["ok"]
        assert await ana.modals() == []
        message = await world.channel("pilot").wait_for("Alba")
        await world.person("ben").click(message, "like")
        noted = await world.channel("pilot").wait_for("Noted", as_="ben")
        assert noted.is_ephemeral

    command, first, second, action = heard
    assert command["text"] == "it &amp; see"
    assert command["channel_name"] == "general"
    assert first["view"]["state"]["values"]["notes"]["x"] == {"type": "plain_text_input", "value": None}
    assert second["user"]["id"] == first["user"]["id"]
    assert action["container"]["message_ts"] == message.ts
    assert action["actions"][0]["value"] == "s1"
    assert action["message"]["text"] == "Alba"
    assert action["response_url"].startswith(world.url)


@TRANSPORTS
async def test_without_an_acknowledgement_the_person_is_told_and_keeps_what_they_typed(
    transport: str,
) -> None:
    def wire(app: AsyncApp) -> None:
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(NAME))

        async def never(ack: Any) -> None:
            await asyncio.sleep(BRISK.tuning.ack_seconds * 1.6)
            await ack()

        app.command("/try")(opened)
        app.view("tell")(never)
        app.action("like")(never)

    async with bolt_in_world(transport, wire) as world:
        ana = world.person("ana")
        await ana.command("/try")
        outcome = await ana.submit({"name": "Alba"})
        assert outcome["notice"] == "We had some trouble connecting. Try again?"
        window = await ana.modal()
        assert window.notice == outcome["notice"]
        assert window.values["name"]["x"]["value"] == "Alba"


async def test_a_command_that_nobody_takes_is_answered_by_slackbot() -> None:
    async with Playground.start(BRISK) as world:
        ana = world.person("ana")
        assert "is not a valid command" in (await ana.command("/nobody"))["notice"]
        assert "dispatch_failed" in (await ana.command("/try"))["notice"]
        said = [message.text for message in await ana.ephemerals("general")]
        assert len(said) == 2


async def test_a_trigger_opens_one_view_within_its_time() -> None:
    triggers: list[str] = []

    def wire(app: AsyncApp) -> None:
        async def kept(ack: Any, body: Any) -> None:
            await ack()
            triggers.append(body["trigger_id"])

        app.command("/try")(kept)

    tuning = replace(BRISK.tuning, trigger_seconds=0.2)
    async with (
        bolt_in_world("socket", wire, replace(BRISK, tuning=tuning)) as world,
        by_socket(world, wire) as app,
    ):
        ana = world.person("ana")
        await ana.command("/try")
        await app.client.views_open(trigger_id=triggers[0], view=modal(NAME))
        with refused("exchanged_trigger_id"):
            await app.client.views_open(trigger_id=triggers[0], view=modal(NAME))
        await ana.command("/try")
        await asyncio.sleep(0.25)
        with refused("expired_trigger_id"):
            await app.client.views_open(trigger_id=triggers[1], view=modal(NAME))
        with refused("invalid_trigger_id"):
            await app.client.views_open(trigger_id="sesame", view=modal(NAME))
        with refused("invalid_arguments") as holder:
            await app.client.views_open(trigger_id=triggers[1], view=modal(NAME, title="x" * 25))
        assert holder.response["response_metadata"]["messages"] == [
            "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
        ]


def stacking(refusals: list[str], closed: list[Any]) -> Wire:
    """An app whose modals push another at each press, and update themselves."""

    def wire(app: AsyncApp) -> None:
        press = {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "deeper", "text": plain("More")}],
        }
        change = {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "change", "text": plain("New")}],
        }

        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            await client.views_open(
                trigger_id=body["trigger_id"], view=modal(NAME, press, change, notify_on_close=True)
            )

        async def deeper(ack: Any, body: Any, client: Any) -> None:
            await ack()
            try:
                await client.views_push(
                    trigger_id=body["trigger_id"], view=modal(NAME, press, title="Deeper")
                )
            except SlackApiError as error:
                refusals.append(error.response["error"])

        async def changed(ack: Any, body: Any, client: Any) -> None:
            await ack()
            view = modal(NAME, NOTES, title="Changed", notify_on_close=True)
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
            try:
                await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
            except SlackApiError as error:
                refusals.append(error.response["error"])

        async def gone(ack: Any, body: Any) -> None:
            await ack()
            closed.append(body["view"])

        app.command("/try")(opened)
        app.action("deeper")(deeper)
        app.action("change")(changed)
        app.view_closed("tell")(gone)

    return wire


async def test_modals_stack_three_high_and_go_back_one_at_a_time() -> None:
    refusals: list[str] = []
    async with bolt_in_world("socket", stacking(refusals, [])) as world:
        ana = world.person("ana")
        await ana.command("/try")
        for _ in range(3):
            await (await ana.modal()).choose("deeper")

        async def was_refused() -> bool:
            return bool(refusals)

        await world.until(was_refused, "a refusal")
        assert refusals == ["push_limit_reached"]
        assert [window.title for window in await ana.modals()] == ["Tell", "Deeper", "Deeper"]
        await (await ana.modal()).close()
        assert len(await ana.modals()) == 2
        await (await ana.modal()).close(whole_stack=True)
        assert await ana.modals() == []


async def test_an_updated_view_keeps_what_was_typed_and_a_closed_one_sends_nothing() -> None:
    refusals: list[str] = []
    closed: list[Any] = []
    async with bolt_in_world("socket", stacking(refusals, closed)) as world:
        ana = world.person("ana")
        await ana.command("/try")
        window = await ana.fill({"name": "Alba"})
        await window.choose("change")
        window = await ana.modal("Changed")
        assert window.values["name"]["x"]["value"] == "Alba"
        await window.close()

        async def was_closed() -> bool:
            return bool(closed)

        await world.until(was_closed, "the app to hear of it")
        assert refusals == ["hash_conflict"]
        assert closed[0]["state"] == {"values": {}}


async def test_every_kind_of_input_is_filled_as_slack_would_send_it() -> None:
    options = [{"text": plain(text), "value": text.lower()} for text in ("Red", "Green")]
    view = modal(
        NAME,
        asks("colour", {"type": "static_select", "options": options}),
        asks("shades", {"type": "multi_static_select", "options": options}),
        asks("found", {"type": "external_select", "min_query_length": 1}),
        asks("who", {"type": "users_select"}),
        asks("where", {"type": "conversations_select", "default_to_current_conversation": True}),
        asks("boxes", {"type": "checkboxes", "options": options}),
        asks("radio", {"type": "radio_buttons", "options": options}),
        asks("day", {"type": "datepicker"}),
        asks("hour", {"type": "timepicker"}),
        asks(
            "score",
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "0", "max_value": "10"},
        ),
        asks("rich", {"type": "rich_text_input"}),
    )
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        wired(heard, view)(app)

        async def offered(ack: Any, body: Any) -> None:
            found = [{"text": plain(f"{body['value']} Okonjo"), "value": "c1"}]
            await ack(options=found)

        app.options("x")(offered)

    async with bolt_in_world("socket", wire) as world:
        view["private_metadata"] = await id_of(world, "pilot")
        ana = world.person("ana")
        await ana.command("/try", channel="pilot")
        window = await ana.modal()
        assert await ana.suggest(window, "x", "Ni", block_id="found") == ["Ni Okonjo"]
        with pytest.raises(PlaygroundError, match="no options"):
            await ana.suggest(window, "x", "Ni", block_id="name")
        given = {
            "name": "Alba",
            "colour": "Green",
            "shades": ["red", "green"],
            "found": "Nia",
            "who": "ben",
            "boxes": ["Red"],
            "radio": "Green",
            "day": "2026-11-21",
            "hour": "09:00",
            "score": "11",
            "rich": "words",
        }
        assert list((await window.submit(given))["errors"]) == ["score"]
        assert (await window.submit({"score": "9"}))["ok"]
        pilot, ben = await id_of(world, "pilot"), await id_of(world, "ben")

    values = heard[1]["view"]["state"]["values"]
    assert values["colour"]["x"]["selected_option"]["value"] == "green"
    assert [option["value"] for option in values["shades"]["x"]["selected_options"]] == ["red", "green"]
    assert values["found"]["x"]["selected_option"]["text"]["text"] == "Nia Okonjo"
    assert values["who"]["x"]["selected_user"] == ben
    assert values["where"]["x"]["selected_conversation"] == pilot
    assert values["radio"]["x"]["selected_option"]["value"] == "green"
    assert (values["day"]["x"]["selected_date"], values["hour"]["x"]["selected_time"]) == (
        "2026-11-21",
        "09:00",
    )
    assert values["score"]["x"]["value"] == "9"
    assert values["rich"]["x"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "words"


@TRANSPORTS
async def test_shortcuts_and_app_home(transport: str) -> None:
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def used(ack: Any, body: Any) -> None:
            await ack()
            heard.append(body)

        async def home(event: Any, client: Any) -> None:
            heard.append(event)
            blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Nothing yet & that is fine"}}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

        app.shortcut("try_it")(used)
        app.shortcut("try_this")(used)
        app.event("app_home_opened")(home)

    async with bolt_in_world(transport, wire) as world:
        ana = world.person("ana")
        await ana.shortcut("try_it")
        message = await ana.say("A customer said so", "pilot")
        await ana.shortcut("try_this", message)
        with pytest.raises(PlaygroundError, match="no_such"):
            await ana.shortcut("no_such")
        await ana.open_home()
        window = await ana.home("Nothing yet & that is fine")
        assert window.raw["type"] == "home"

    assert [body["type"] for body in heard] == ["shortcut", "message_action", "app_home_opened"]
    assert heard[1]["message"]["text"] == "A customer said so"
    assert heard[2]["tab"] == "home"


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


async def test_an_address_is_answered_to_five_times(world: Playground) -> None:
    import httpx

    urls: list[str] = []

    def wire(app: AsyncApp) -> None:
        async def kept(ack: Any, body: Any) -> None:
            await ack({"text": "Here & now", "response_type": "in_channel"})
            urls.append(body["response_url"])

        app.command("/try")(kept)

    async with by_socket(world, wire), httpx.AsyncClient() as http:
        await world.person("ana").command("/try", channel="pilot")
        await world.channel("pilot").wait_for("Here & now")
        answers = [(await http.post(urls[0], json={"text": f"{n}"})).status_code for n in range(6)]
        assert answers == [200, 200, 200, 200, 200, 404]
        assert len(await world.person("ana").ephemerals("pilot")) == 5
        gone = await http.post(f"{world.url}/actions/T1/nothing", json={"text": "x"})
        assert gone.json()["error"] == "expired_url"
