"""What people hear when a file cannot be read, when Slack has trouble, and when it is not theirs to drop."""

from __future__ import annotations

import pytest

from bot import ids
from storage import drafts
from storage.database import Database
from stories.transcripts import MOST_BYTES
from tests.bot.dropping import talks
from tests.bot.dropping.conftest import choosing, drop, found, private, said
from tests.bot.interview.conftest import World
from tests.locking import BUSY_MS, locked

TALK = talks.webvtt(talks.PAYROLL)


@pytest.fixture
def busy_timeout_ms() -> int:
    """Whoever waits for the lock has waited long enough soon."""
    return BUSY_MS


async def count(world: World) -> int:
    """How many drafts Ana has."""
    async with world.desk.read() as session:
        return len(await drafts.of_author(session, world.team, world.ana.id))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "photo.png",
            b"\x89PNG\r\n",
            "“photo.png” isn’t a file I can read. Export the conversation as WebVTT",
        ),
        ("call.mp4", b"\x00" * 90, "“call.mp4” isn’t a file I can read"),
        ("talk.vtt", bytes(range(256)) * 40, "“talk.vtt”"),
        ("talk.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "“talk.txt”"),
        ("talk.docx", b"PK\x03\x04 no zip at all", "“talk.docx”"),
        ("talk.srt", b"nothing in it", "“talk.srt” has no words under times"),
        (
            "huge.vtt",
            b"WEBVTT\n\n" + b"x" * MOST_BYTES,
            "“huge.vtt” is 10.0 MB; a transcript may have up to 10 MB",
        ),
        ("@channel <!channel>.exe", b"MZ", "“@\u2060channel <!channel>.exe” isn’t"),
    ],
)
async def test_an_unreadable_file_is_refused_with_its_reason(
    world: World, name: str, data: bytes, words: str
) -> None:
    await drop(world, data, name, expect=words)
    assert await count(world) == 0
    assert len(await said(world)) == 1


async def test_slack_tells_of_a_file_twice_and_it_is_read_once(world: World) -> None:
    await world.slack.faults.add("event:message", "twice", times=0)
    await found(world)
    await drop(world, b"MZ", "a.exe", expect="isn’t a file")
    assert len(await said(world)) == 2
    assert await count(world) == 1


async def test_while_slack_answers_500_it_is_asked_again(world: World) -> None:
    await world.slack.faults.add("files.info", "status", status=500, times=2)
    await found(world)
    assert await count(world) == 1


async def test_where_slack_stays_in_trouble_a_button_tries_again(world: World) -> None:
    await world.slack.faults.add("files.info", "status", status=500, times=3)
    message = await drop(world, TALK, expect="wouldn’t hand it over just now")
    await world.ana.click(message, ids.FILE_READ_AGAIN)
    await (await private(world)).wait_for("Who here is the customer?", as_="ana")
    assert len(await said(world)) == 1


async def test_what_came_of_it_is_said_though_slack_refuses_the_first_words(world: World) -> None:
    await world.slack.faults.add("chat.postMessage", "status", status=500, times=1)
    await world.slack.faults.add("chat.update", "status", status=500, times=1)
    await found(world)
    assert len(await said(world)) == 1


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("file_deleted", "That file was deleted before I could read it"),
        ("file_not_found", "That file was deleted before I could read it"),
        ("missing_scope", "add the scope files:read"),
    ],
)
async def test_what_slack_refuses_is_said_with_its_fix(world: World, word: str, words: str) -> None:
    await world.slack.faults.add("files.info", "refuse", error=word)
    await drop(world, TALK, expect=words)
    assert await count(world) == 0


async def test_what_could_not_be_kept_is_kept_on_the_second_try(world: World, database: Database) -> None:
    await world.slack.faults.add("files.info", "delay", seconds=60)
    await world.ana.share_file("talk.vtt", TALK)
    room = await private(world)
    await room.wait_for("Reading “talk.vtt”", as_="ana")
    async with locked(database):
        await world.slack.faults.clear()
        message = await room.wait_for("couldn’t keep what’s in it", as_="ana")
    await world.ana.click(message, ids.FILE_READ_AGAIN)
    await room.wait_for("Who here is the customer?", as_="ana")
    assert await count(world) == 1


async def test_guests_are_thanked_and_nothing_is_read(world: World) -> None:
    gus = world.slack.person("gus")
    await drop(world, TALK, expect="Write-ups are made by members", who=gus)
    assert await world.slack.calls("files.info") == 0


async def test_a_file_in_a_channel_is_left_alone(world: World) -> None:
    await world.ana.share_file("talk.vtt", TALK, "pilot")
    await found(world)
    assert await world.slack.calls("files.info") == 1
    pilot = await world.slack.channel("pilot").messages(threads=True)
    assert not [message for message in pilot if message.raw.get("bot_id")]


async def test_a_file_in_a_draft_thread_is_no_new_conversation(world: World) -> None:
    modal = await world.opened()
    await modal.choose(ids.INTERVIEW_IN_THREAD)
    room = await private(world)
    root = await room.wait_for("Write what you remember", as_="ana")
    await world.ana.share_file("talk.vtt", TALK, thread=root)
    await room.wait_for("We can only read text here", as_="ana")
    assert await world.slack.calls("files.info") == 0


async def test_the_right_file_in_the_thread_of_the_wrong_one_is_read(world: World) -> None:
    refusal = await drop(world, b"MZ", "talk.exe", expect="isn’t a file")
    await world.ana.share_file("talk.vtt", TALK, thread=refusal)
    await (await private(world)).wait_for("Who here is the customer?", as_="ana")


async def test_several_files_are_read_one_by_one(world: World) -> None:
    files = [
        await world.ana._control.upload("ana", name, data)
        for name, data in (("one.vtt", TALK), ("two.vtt", talks.webvtt(talks.EVEN)), ("three.exe", b"MZ"))
    ]
    await world.ana.do("say", channel="@app", text="", files=[file["id"] for file in files])
    room = await private(world)
    for words in ("“three.exe” isn’t", "two.vtt", "one.vtt"):
        await room.wait_for(words, as_="ana")
    assert await count(world) == 2


async def test_another_persons_draft_stays_closed(world: World) -> None:
    message = await found(world)
    action = message.blocks[-2]["elements"][0]
    await world.deliver(
        {
            "type": "block_actions",
            "user": {"id": world.slack.person("ben").id, "team_id": world.team},
            "actions": [{**action, "block_id": "x"}],
            "channel": {"id": message.channel_id},
            "message": message.raw,
        }
    )
    await (await private(world, world.slack.person("ben"))).wait_for("colleague’s own", as_="ben")


async def test_a_click_after_the_draft_was_sent_says_what_became_of_it(world: World) -> None:
    message = await found(world)
    draft = await world.only_draft()
    async with world.desk.begin() as session:
        await drafts.drop(session, world.team, draft.id)
    modal = await choosing(world, message, f"{ids.FILE_VOICE}:0")
    assert "Start a new one" in modal.words()
