"""Listening through Slack: off until somebody switches it on, people's messages alone, gone when it ends."""

from __future__ import annotations

import pytest

pytest.importorskip("wordllama", reason="the extra `meaning` is not installed")

from typing import Any

from bot import ids
from bot.avatars import listening_switch
from bot.avatars.listening import Ears, talk_in
from bot.inbox import overheard
from playground.client import Modal
from storage import listening, projects
from stories.drift.remembered import OTHER_LANGUAGE
from stories.drift.talk import WINDOW
from tests.bot.avatars.conftest import QUOTABLE, House
from tests.bot.avatars.listening import ON_COURSE, Weeks, begun
from tests.bot.avatars.test_why import set_up
from tests.conftest import WORKSPACE

GERMAN = (
    "Die Rechnungen kommen schon wieder zu spät und wir haben noch nicht mit der Bank gesprochen",
    "Ich habe das nicht gesehen, aber wir können es mit dem Lieferanten noch einmal versuchen",
)


async def explained(house: House) -> Modal:
    """Somebody set the project up and reads what listening is."""
    ben = house.person("ben")
    await house.story(QUOTABLE)
    await ben.click(await set_up(house), ids.LISTENING_OPEN)
    return await ben.modal("Listening is off")


async def switched_on(house: House) -> None:
    """Somebody has the avatar listen."""
    modal = await explained(house)
    assert "No message and no word of one" in modal.words()
    await modal.submit()
    await house.world.channel("pilot").wait_for("had me listen in this channel")


async def test_off_until_somebody_switches_it_on_and_off_again_with_all_it_learnt(house: House) -> None:
    ana, ben = house.person("ana"), house.person("ben")
    for text in ON_COURSE.talk[:3]:
        await ana.say(text, "pilot")
    await switched_on(house)
    assert await house.rows("SELECT kick_off_windows FROM project_listening") == [(0,)]
    for number, text in enumerate(ON_COURSE.talk[:WINDOW]):
        await (ana, ben)[number % 2].say(text, "pilot")

    async def learnt() -> bool:
        return await house.rows("SELECT kick_off_windows FROM project_listening") == [(1,)]

    await house.world.until(learnt, "a window of the kick-off")
    assert await house.rows("SELECT count(*) FROM receipts WHERE body IS NOT NULL") == [(0,)]
    acts = await house.rows("SELECT act, actor_id FROM audit WHERE act LIKE 'listening%'")
    assert acts == [("listening_on", ben.id)]

    await ana.command("/why", channel="pilot")
    await ana.click(await ana.modal(), ids.LISTENING_OPEN)
    modal = await ana.modal("Listening is on")
    assert "about 56 more messages" in modal.words()
    await modal.submit()
    await house.world.channel("pilot").wait_for("switched listening off")
    assert await house.rows("SELECT * FROM project_listening") == []


async def test_what_is_listened_to_ends_with_the_channel(house: House) -> None:
    pilot = await house.channel_id("pilot")
    project = await begun(house.desk, pilot, house.person("ana").id)
    async with house.desk.begin() as session:
        await listening_switch.leave(session, WORKSPACE, pilot, now=house.desk.now())
        assert await listening.hold(session, WORKSPACE, project.id) is None
        assert await projects.listened_to(session, WORKSPACE) == {}


async def test_where_people_write_german_it_stops_and_says_so(house: House) -> None:
    ana, pilot = house.person("ana"), await house.channel_id("pilot")
    project = await begun(house.desk, pilot, ana.id)
    weeks = Weeks(house.desk, house.clock, pilot)
    told = [await weeks.say(GERMAN[number % 2]) for number in range(OTHER_LANGUAGE * WINDOW)]
    assert told[-1]
    house.desk.wake_outbox()
    await house.world.channel(await ana.dm()).wait_for("I’ve stopped listening", as_="ana")
    async with house.desk.read() as session:
        found = await projects.get(session, WORKSPACE, project.id)
    assert found is not None
    assert found.listens_since is None


async def test_windows_that_close_together_are_judged_together_and_kept_once(house: House) -> None:
    pilot = await house.channel_id("pilot")
    await begun(house.desk, pilot, house.person("ana").id)
    first, second = (Weeks(house.desk, house.clock, pilot) for _ in range(2))
    for text in ON_COURSE.talk[: WINDOW - 1]:
        await first.say(text)
        await second.say(text)
    await first.say(ON_COURSE.talk[WINDOW])
    await second.say(ON_COURSE.talk[WINDOW])
    assert await house.rows("SELECT kick_off_windows FROM project_listening") == [(2,)]


@pytest.mark.parametrize("people", [2, 2000])
async def test_two_people_and_a_crowd_are_told_that_it_does_not_work(
    house: House, people: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the channel had so many: to fill one with two thousand takes a minute.
    monkeypatch.setattr(listening_switch, "FEWEST_PEOPLE", 3 if people > 3 else 9)
    monkeypatch.setattr(listening_switch, "MOST_PEOPLE", 3 if people > 3 else 1000)
    modal = await explained(house)
    await modal.submit()
    said = (await house.person("ben").modal()).words()
    assert ("a thousand people" if people > 3 else "between two people") in said
    assert await house.rows("SELECT * FROM project_listening") == []


def written(**more: Any) -> dict[str, Any]:
    told = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "ts": "1.0"}
    return told | {"text": "we talked about invoices today"} | more


@pytest.mark.parametrize(
    "event",
    [
        written(bot_id="B1"),
        written(subtype="bot_message"),
        written(subtype="message_changed"),
        written(subtype="message_deleted"),
        written(subtype="channel_join"),
        written(channel_type="im"),
        written(channel_type="mpim"),
        written(text=""),
    ],
)
def test_bots_edits_deletions_and_private_talk_are_not_heard(event: dict[str, Any]) -> None:
    assert talk_in(event) is None


@pytest.mark.parametrize(
    "event",
    [
        written(),
        written(channel_type="group"),
        written(thread_ts="0.5"),
        written(subtype="thread_broadcast"),
        written(subtype="file_share"),
    ],
)
def test_what_people_write_is_heard_in_threads_too_and_never_written_down(event: dict[str, Any]) -> None:
    talk = talk_in(event)
    assert talk is not None
    assert talk.text == "we talked about invoices today"
    assert overheard({"event": event})


async def test_channels_that_nobody_watches_leave_nothing_behind(house: House) -> None:
    ears = Ears()
    talk = talk_in(written())
    assert talk is not None
    assert not await ears.hear(house.desk, WORKSPACE, talk)
    assert len(ears._gathering) == 0
