"""What the page answers over HTTP: who sees what, and bad input met with plain words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from playground.client import Playground
from playground.model import Change
from playground.page.live import concerns
from playground.page.rooms import first_channel, sidebar
from playground.posting import Draft, post, post_ephemeral
from playground.server import PlaygroundApp, create_playground
from playground.setup import Person, Room, Setup, Step
from playground.workspace import Workspace

PEOPLE = (
    Person("ana", "Ana Sousa", tz="Europe/Lisbon", is_admin=True),
    Person("ben", "Ben Okafor"),
    Person("gus", "Gus Guest", is_guest=True),
)
ROOMS = (
    Room("general", members=("ana", "ben")),
    Room("pilot", members=("ana", "ben", "gus"), bot=True),
    Room("secret", members=("ana",), private=True),
    Room("open", members=("ben",)),
)
START = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)


class Page:
    """One playground and a browser's view of it, without the browser."""

    def __init__(self, app: PlaygroundApp, http: httpx.AsyncClient) -> None:
        self.ws: Workspace = app.workspace
        self.http = http

    async def get(self, path: str, who: str = "ana", **query: str) -> Any:
        return (await self.http.get(f"/page/{path}", params={"as": who, **query})).json()

    async def post(self, path: str, who: str = "ana", **body: Any) -> Any:
        return (await self.http.post(f"/page/{path}", json={"as": who, **body})).json()

    def room(self, name: str) -> str:
        channel = self.ws.channel(name)
        assert channel is not None
        return channel.id

    def say(self, name: str, who: str, text: str, **more: Any) -> str:
        channel = self.ws.channels[self.room(name)]
        return post(self.ws, channel, self.ws.handles[who], Draft(text=text, is_kept=True, **more)).ts


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    setup = Setup(people=PEOPLE, channels=ROOMS, start=START, steps=(Step("Look around", "It is safe."),))
    app = create_playground(setup)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://page.test") as http:
        yield Page(app, http)
    await app.workspace.close()


async def test_the_page_lets_no_script_but_its_own_run(page: Page) -> None:
    answer = await page.http.get("/")
    assert answer.status_code == 200
    assert "Look around" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


async def test_everything_the_page_loads_is_there(page: Page) -> None:
    html = (await page.http.get("/")).text
    for part in html.split('"'):
        if part.startswith("/page/static/"):
            assert (await page.http.get(part)).status_code == 200, part


async def test_messages_are_grouped_by_day_and_author(page: Page) -> None:
    page.say("pilot", "ben", "one")
    page.say("pilot", "ben", "two")
    items = (await page.get("messages", channel=page.room("pilot")))["items"]
    assert "Today" in items[0]["html"]
    assert "follows" not in items[0]["html"].split(">")[0]
    assert "follows" in items[1]["html"].split(">")[0]


async def test_times_are_those_of_the_reader(page: Page) -> None:
    page.say("pilot", "ben", "one")
    head = (await page.get("messages", channel=page.room("pilot")))["items"][0]["html"]
    assert "<time" in head
    assert ">08:55</time>" in head


async def test_only_its_reader_sees_an_ephemeral_message_and_can_dismiss_it(page: Page) -> None:
    channel = page.ws.channels[page.room("pilot")]
    note = post_ephemeral(page.ws, channel, page.ws.handles["ana"], Draft(text="just you", is_kept=True))
    assert "Only visible to you" in str(await page.get("messages", channel=channel.id))
    assert (await page.get("messages", "ben", channel=channel.id))["items"] == []
    await page.post("dismiss", channel=channel.id, ts=note.ts)
    assert (await page.get("messages", channel=channel.id))["items"] == []


async def test_a_thread_shows_its_replies_and_the_channel_their_number(page: Page) -> None:
    root = page.say("pilot", "ben", "root")
    page.say("pilot", "ana", "a reply", thread_ts=root)
    listed = str((await page.get("messages", channel=page.room("pilot")))["items"])
    assert "1 reply" in listed
    assert "a reply" not in listed
    assert "a reply" in str(await page.get("thread", channel=page.room("pilot"), ts=root))


async def test_the_first_unread_message_is_marked_new_until_it_is_read(page: Page) -> None:
    first = page.say("pilot", "ben", "read")
    page.say("pilot", "ben", "unread")
    shown = await page.get("messages", channel=page.room("pilot"), new_after=first)
    assert [("new-line" in item["html"]) for item in shown["items"]] == [False, True]
    rows = {row.name: row for row in sidebar(page.ws, page.ws.users[page.ws.handles["ana"]]).channels}
    assert rows["pilot"].unread
    await page.post("read", channel=page.room("pilot"), ts=shown["last"])
    rows = {row.name: row for row in sidebar(page.ws, page.ws.users[page.ws.handles["ana"]]).channels}
    assert not rows["pilot"].unread


async def test_a_mention_is_counted_in_the_sidebar(page: Page) -> None:
    page.say("pilot", "ben", f"<@{page.ws.handles['ana']}> look")
    rows = {row.name: row for row in sidebar(page.ws, page.ws.users[page.ws.handles["ana"]]).channels}
    assert (rows["pilot"].count, rows["general"].count) == (1, 0)


async def test_the_conversation_written_in_last_opens_first(page: Page) -> None:
    ana = page.ws.users[page.ws.handles["ana"]]
    assert first_channel(page.ws, ana) == page.room("pilot")
    page.say("general", "ben", "hello")
    assert first_channel(page.ws, ana) == page.room("general")


async def test_nobody_looks_into_what_is_not_theirs(page: Page) -> None:
    assert "error" in await page.get("messages", "ben", channel=page.room("secret"))
    assert "error" in await page.get("messages", "gus", channel=page.room("open"))
    assert "secret" not in (await page.get("sidebar", "ben"))["html"]
    opened = await page.post("open", "ben", room=page.room("secret"))
    assert opened["channel"] != page.room("secret")


async def test_a_channel_not_joined_can_be_read_and_joined(page: Page) -> None:
    before = await page.get("messages", channel=page.room("open"))
    assert not before["may_write"]
    assert before["join"]
    await page.post("join", channel=page.room("open"))
    assert (await page.get("messages", channel=page.room("open")))["may_write"]


async def test_what_is_typed_is_said_and_can_be_changed_and_taken_back(page: Page) -> None:
    room = page.room("pilot")
    await page.post("send", channel=room, text="hello @ben <script>alert(1)</script>")
    (item,) = (await page.get("messages", channel=room))["items"]
    assert "<script" not in item["html"]
    assert "@Ben Okafor" in item["html"]
    assert 'data-typed="hello @ben &lt;script' in item["html"]
    await page.post("change", channel=room, ts=item["key"], text="better")
    (item,) = (await page.get("messages", channel=room))["items"]
    assert "better" in item["html"]
    assert "(edited)" in item["html"]
    await page.post("change", channel=room, ts=item["key"], text="")
    assert (await page.get("messages", channel=room))["items"] == []


async def test_a_reaction_comes_and_goes(page: Page) -> None:
    ts = page.say("pilot", "ben", "news")
    for shown in (True, False):
        await page.post("react", channel=page.room("pilot"), ts=ts, name="tada")
        (item,) = (await page.get("messages", channel=page.room("pilot")))["items"]
        assert ('data-name="tada"' in item["html"]) is shown


async def test_an_unknown_command_is_answered_to_its_author_alone(page: Page) -> None:
    outcome = await page.post("send", channel=page.room("pilot"), text="/nonsense now")
    assert not outcome["ok"]
    assert "not a valid command" in str(await page.get("messages", channel=page.room("pilot")))
    assert (await page.get("messages", "ben", channel=page.room("pilot")))["items"] == []


async def test_commands_do_not_work_in_threads(page: Page) -> None:
    root = page.say("pilot", "ben", "root")
    answer = await page.post("send", channel=page.room("pilot"), text="/try it", thread_ts=root)
    assert "not supported in threads" in answer["error"]


@pytest.mark.parametrize(
    ("jump", "when", "shown"),
    [
        ("tomorrow", "", "2026-03-03T09:00"),
        ("hour", "", "2026-03-02T09:55"),
        ("when", "2026-07-01T12:30", "2026-07-01T12:30"),
    ],
)
async def test_the_clock_jumps_in_the_persons_own_zone(page: Page, jump: str, when: str, shown: str) -> None:
    await page.post("clock", jump=jump, when=when)
    assert (await page.get("top"))["clock"]["input"] == shown


async def test_a_clock_set_to_nonsense_says_what_to_give(page: Page) -> None:
    assert "Choose a day" in (await page.post("clock", jump="when", when="soon"))["error"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("send", b"{"),
        ("send", b"[]"),
        ("send", b"[" * 100_000),
        ("send", b'{"as": 5, "text": {}}'),
        ("send", b'{"as": "ana", "channel": ["x"], "text": null}'),
        ("click", b'{"as": "ana", "channel": "C0", "ts": "1", "action_id": {}}'),
        ("click", b'{"as": "ana", "view_id": "V404", "action_id": "x", "values": []}'),
        ("submit", b'{"as": "ana", "view_id": "V404", "values": "x"}'),
        ("react", b'{"as": "ana", "channel": "C0", "ts": "x", "name": 7}'),
        ("open", b'{"as": "nobody"}'),
        ("close", b'{"as": "ana", "view_id": {}}'),
        ("shortcut", b'{"as": "ana", "callback_id": "unknown"}'),
        ("send", b'{"text": "' + b"x" * 1_100_000 + b'"}'),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_bad_input_gets_plain_words(page: Page, path: str, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = await page.http.post(f"/page/{path}", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "query",
    [{"limit": "many"}, {"limit": "-5"}, {"new_after": "soon"}, {"limit": "99999999"}, {"new_after": "²"}],
)
async def test_odd_queries_are_met_with_messages_all_the_same(page: Page, query: dict[str, str]) -> None:
    page.say("pilot", "ben", "here")
    assert len((await page.get("messages", channel=page.room("pilot"), **query))["items"]) == 1


async def test_another_site_cannot_act_here(page: Page) -> None:
    body = {"as": "ana", "channel": page.room("pilot"), "text": "hi"}
    foreign = await page.http.post("/page/send", json=body, headers={"origin": "https://elsewhere.example"})
    as_form = await page.http.post("/page/send", content=str(body), headers={"content-type": "text/plain"})
    assert (foreign.status_code, as_form.status_code) == (400, 400)
    own = await page.http.post("/page/send", json=body, headers={"origin": "http://page.test"})
    assert own.status_code == 200


async def test_another_site_cannot_listen_here() -> None:
    async with Playground.start(Setup(people=PEOPLE, channels=ROOMS)) as world:
        address = f"{world.url.replace('http', 'ws')}/page/live?as=ana"
        with pytest.raises(InvalidStatus):
            await connect(address, origin=Origin("https://elsewhere.example"))
        async with connect(address, origin=Origin(world.url)) as line:
            await world.person("ben").say("hello", "pilot")
            news = json.loads(await line.recv())
            assert (news["kind"], news["channel"][0]) == ("message", "C")


async def test_live_news_is_only_what_a_person_can_see(page: Page) -> None:
    ana, ben = (page.ws.users[page.ws.handles[name]] for name in ("ana", "ben"))
    modal = Change(1, "modal", user_id=ana.id)
    secret = Change(2, "message", page.room("secret"))
    assert concerns(page.ws, ana, modal)
    assert not concerns(page.ws, ben, modal)
    assert concerns(page.ws, ana, secret)
    assert not concerns(page.ws, ben, secret)
    assert concerns(page.ws, ben, Change(3, "clock"))
