"""What the page answers over HTTP: who sees what, and what comes of what people do."""

from __future__ import annotations

import pytest

from playground.page.rooms import first_channel, sidebar
from playground.posting import Draft, post_ephemeral
from tests.playground.page.conftest import Page


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


async def test_people_are_shown_by_the_name_they_chose_wherever_they_stand(page: Page) -> None:
    ws = page.ws
    ben = ws.users[ws.handles["ben"]]
    ben.display_name = "Benno"
    ts = page.say("pilot", "ben", "one")
    page.say("pilot", "ana", f"Hello <@{ben.id}>")
    await page.post("react", "ben", channel=page.room("pilot"), ts=ts, name="eyes")
    shown = str((await page.get("messages", channel=page.room("pilot")))["items"])
    assert "@Benno" in shown
    assert "Ben Okafor" not in shown
    top = await page.get("top")
    assert [one["name"] for one in top["people"]] == ["Ana Sousa", "Benno", "Gus Guest"]
    assert "Benno" in [row.name for row in sidebar(ws, ws.users[ws.handles["ana"]]).direct]
    asked = (await page.get("sidebar"))["directory"]["people"]
    assert ("Benno", "Ben Okafor", "ben") in [(one["name"], one["full"], one["handle"]) for one in asked]


@pytest.mark.parametrize("named", ["@Tryout", "tryout", "@gus", "Gus Guest"])
async def test_somebody_or_the_app_is_brought_into_a_channel_by_slacks_own_command(
    page: Page, named: str
) -> None:
    room = page.room("general")
    before = set(page.ws.channels[room].members)
    assert (await page.post("send", channel=room, text=f"/invite {named}"))["ok"]
    (brought,) = set(page.ws.channels[room].members) - before
    assert page.ws.users[brought].name.casefold() in {"tryout", "gus guest"}


async def test_an_invitation_for_nobody_says_how_to_invite(page: Page) -> None:
    answer = await page.post("send", channel=page.room("general"), text="/invite")
    assert answer["error"] == "Whom? Type /invite and a name, such as /invite @Tryout."
