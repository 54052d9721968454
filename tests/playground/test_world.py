"""The workspace itself: its clock, its people and rooms, the command line, the client for other processes."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.app import app_from_manifest
from playground.client import Playground, PlaygroundError
from playground.clock import WorkspaceClock
from playground.errors import SlackError
from playground.rules.rates import Rates
from playground.setup import Person, Room, Setup, Tokens
from playground.text import kept, typed
from playground.workspace import Workspace
from tests.playground.conftest import BRISK, client_of, id_of

TOMORROW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def test_the_clock_jumps_and_messages_bear_its_time(world: Playground, slack: AsyncWebClient) -> None:
    await world.set_clock(TOMORROW)
    posted = await slack.chat_postMessage(channel=await id_of(world, "pilot"), text="Good morning")
    assert abs(float(posted["ts"]) - TOMORROW.timestamp()) < 5
    await world.advance(timedelta(hours=-30))
    assert await world.now() < TOMORROW
    earlier = await slack.chat_postMessage(channel=await id_of(world, "pilot"), text="Again")
    assert earlier["ts"] > posted["ts"]
    with pytest.raises(PlaygroundError, match="time zone"):
        await world.control.post("clock", now="2026-11-23T09:00:00")


def test_timestamps_grow_though_time_stands_still() -> None:
    clock = WorkspaceClock(lambda: 1000.0)
    assert [clock.stamp() for _ in range(3)] == ["1000.000000", "1000.000001", "1000.000002"]


async def test_guests_and_outsiders_see_only_where_they_belong() -> None:
    people = (Person("ana", "Ana"), Person("guest", "Guest", is_guest=True), Person("ben", "Ben"))
    rooms = (Room("open", members=("ana",)), Room("closed", private=True, members=("ana", "guest")))
    async with Playground.start(BRISK, people=people, channels=rooms) as world:
        with pytest.raises(PlaygroundError, match="Guests see only"):
            await world.person("guest").say("Hello", "open")
        await world.person("guest").say("Hello", "closed")
        with pytest.raises(PlaygroundError, match="that you can see"):
            await world.person("ben").say("Hello", "closed")
        with pytest.raises(PlaygroundError, match="Join #open"):
            await world.person("ben").say("Hello", "open")
        await world.person("ben").do("join", channel="open")
        await world.person("ben").say("Hello", "open")
        with pytest.raises(PlaygroundError, match="nobody called 'eve'"):
            await world.person("eve").say("Hello", "open")


def test_a_workspace_lists_what_a_person_sees() -> None:
    ws = Workspace(
        Setup(people=(Person("ana", "Ana"), Person("g", "G", is_guest=True)), channels=(Room("open"),))
    )
    assert [c.name for c in ws.visible_to(ws.handles["ana"])] == ["open"]
    assert ws.visible_to(ws.handles["g"]) == []
    channel = ws.direct(ws.handles["ana"], ws.app.user_id)
    assert ws.direct(ws.app.user_id, ws.handles["ana"]) is channel


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("&amp; &lt;", "&amp; &lt;"),
        (
            "<!channel> <@U1|ana> <#C1|pilot> <!date^1^{date}|x>",
            "<!channel> <@U1|ana> <#C1|pilot> <!date^1^{date}|x>",
        ),
        ("<https://a.example/?x=1&y|there>", "<https://a.example/?x=1&y|there>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("😀 مرحبا", "😀 مرحبا"),
    ],
)
def test_text_is_escaped_once_and_marks_are_kept(raw: str, stored: str) -> None:
    assert kept(raw) == stored
    assert kept(kept(raw)) == stored


def test_what_a_person_types_can_ping_only_by_name() -> None:
    names = {"@ana": "<@U1>", "#pilot": "<#C1|pilot>"}
    text = typed("<!channel> @ana @nobody #pilot a@ana.example", lambda sign, name: names.get(sign + name))
    assert text == "&lt;!channel&gt; <@U1> @nobody <#C1|pilot> a@ana.example"


def test_a_bucket_refills_with_time() -> None:
    now = [0.0]
    rates = Rates(True, 1.0, lambda: now[0])
    for _ in range(20):
        rates.spend("users.list", "t")
    with pytest.raises(SlackError) as caught:
        rates.spend("users.list", "t")
    assert caught.value.headers == {"Retry-After": "3"}
    now[0] = 3.0
    rates.spend("users.list", "t")


def test_a_broken_manifest_grants_nothing() -> None:
    manifest = {
        "features": {"slash_commands": "all", "shortcuts": [3]},
        "oauth_config": {"scopes": {"bot": None}},
    }
    app = app_from_manifest(
        manifest, app_id="A", bot_id="B", user_id="U", tokens=Tokens(), mode="socket", url=""
    )
    assert (app.scopes, app.events, dict(app.commands), app.shortcuts) == (frozenset(), frozenset(), {}, ())


async def test_the_command_prints_one_line_that_another_process_can_use() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", "--port", "0", "--json", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        facts = json.loads(await process.stdout.readline())
        assert set(facts) == {"url", "bot_token", "app_token", "signing_secret", "user_id", "channel_id"}
        async with Playground.connect(facts["url"]) as world:
            slack = client_of(world, facts["bot_token"])
            await slack.chat_postMessage(channel=facts["channel_id"], text="From elsewhere")
            assert (await world.channel(facts["channel_id"]).wait_for("From elsewhere")).text
            assert (await slack.users_info(user=facts["user_id"]))["user"]["is_admin"] is False
    finally:
        process.terminate()
        assert await process.wait() == 0


async def test_waiting_in_vain_says_what_stands_there_instead(world: Playground) -> None:
    await world.person("ana").say("Something else", "pilot")
    with pytest.raises(PlaygroundError, match=r"'a story' in pilot; it did not come.*Something else"):
        await world.channel("pilot").wait_for("a story", seconds=0.1)
    with pytest.raises(PlaygroundError, match=r"a modal '' for ana.*\[\]"):
        await world.person("ana").modal(seconds=0.1)
    with pytest.raises(PlaygroundError, match="no App Home"):
        await world.person("ana").home(seconds=0.1)
