"""Every kind of input, filled in by a person and sent as Slack would send it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from playground.client import PlaygroundError
from tests.playground.conftest import (
    bolt_in_world,
    id_of,
)
from tests.playground.small_app import NAME, asks, modal, plain, wired


def every_input() -> dict[str, Any]:
    """A modal with an input of every kind."""
    options = [{"text": plain(text), "value": text.lower()} for text in ("Red", "Green")]
    return modal(
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


GIVEN = {
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


async def test_every_kind_of_input_is_filled_as_slack_would_send_it() -> None:
    view = every_input()
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
        assert list((await window.submit(GIVEN))["errors"]) == ["score"]
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
