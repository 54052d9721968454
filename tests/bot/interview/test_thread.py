"""A long write-up as replies in a direct message."""

from __future__ import annotations

from bot import ids
from playground.client import Modal, Room, SeenMessage
from storage import draft_notes
from tests.bot.interview.conftest import WHO, WORDS, World

NOTES = """## What they wanted
Send the wages out before Friday.

## What happened
The bank refused the file three times.

> I did it by hand at midnight.
"""


async def in_thread(world: World) -> tuple[Room, SeenMessage]:
    """The direct message with the bot, and the message that replies go under."""
    modal = await world.opened()
    await modal.choose(ids.INTERVIEW_IN_THREAD)
    room = world.slack.channel(await world.ana.dm())
    root = await room.wait_for("Write what you remember", as_="ana")
    await _window_with(world, modal, "It goes on in a thread")
    return room, root


async def _window_with(world: World, modal: Modal, words: str) -> None:
    async def holds() -> bool:
        return words in (await modal.refresh()).words()

    await world.slack.until(holds, f"a window with {words!r}")


async def kept(world: World, wanted: str) -> None:
    """Wait until the draft's notes are these."""

    async def are() -> bool:
        draft = await world.only_draft()
        async with world.desk.read() as session:
            return await draft_notes.whole(session, world.team, draft.id) == wanted

    await world.slack.until(are, f"the notes {wanted[:60]!r}")


async def told(world: World, room: Room) -> list[str]:
    """What the bot said in threads of the direct message."""
    seen = await room.messages(as_="ana", threads=True)
    return [m.words() for m in seen if m.raw.get("bot_id") and m.raw.get("thread_ts", m.ts) != m.ts]


async def continued(world: World, root: SeenMessage) -> Modal:
    """The form, opened from the thread."""
    await world.ana.click(root, ids.INTERVIEW_FROM_THREAD)

    async def another() -> Modal | None:
        # The window that led into the thread may still stand there.
        modal = await world.ana.modal()
        return None if ids.INTERVIEW_THREAD_LINK in modal.actions() else modal

    return await world.slack.until(another, "the form")


async def test_every_reply_is_kept_and_the_first_is_acknowledged_once(world: World) -> None:
    room, root = await in_thread(world)
    await world.ana.say("It was Marta.", room.name, thread=root)
    await room.wait_for("Kept, and so is whatever you add", as_="ana")
    await world.ana.say("She was tired & cross.", room.name, thread=root)
    await kept(world, "It was Marta.\n\nShe was tired & cross.")
    assert len(await told(world, room)) == 1


async def test_the_same_event_twice_is_kept_once(world: World) -> None:
    await world.slack.faults.add("event:message", "twice", times=0)
    room, root = await in_thread(world)
    await world.ana.say("It was Marta.", room.name, thread=root)
    await world.ana.say("She was tired.", room.name, thread=root)
    await kept(world, "It was Marta.\n\nShe was tired.")
    assert len(await told(world, room)) == 1


async def test_edits_and_deletions_are_followed(world: World) -> None:
    room, root = await in_thread(world)
    first = await world.ana.say("It was Martha.", room.name, thread=root)
    second = await world.ana.say("Never mind.", room.name, thread=root)
    await kept(world, "It was Martha.\n\nNever mind.")
    await world.ana.do("edit", text="It was Marta.", **first.where)
    await world.ana.do("delete", **second.where)
    await kept(world, "It was Marta.")


async def test_what_the_thread_says_is_filled_into_the_form(world: World) -> None:
    room, root = await in_thread(world)
    await world.ana.say(NOTES, room.name, thread=root)
    await kept(world, NOTES.strip())
    modal = await continued(world, root)
    await world.walked(modal, WHO)
    assert modal.values["trying_to"]["trying_to"]["value"] == "Send the wages out before Friday."
    assert "refused the file three times" in modal.values["happened"]["happened"]["value"]
    await world.walked(modal, {})
    assert modal.values["quote_0"]["quote_0"]["value"] == "I did it by hand at midnight."


async def test_what_was_typed_in_the_form_is_not_replaced_by_later_notes(world: World) -> None:
    room, root = await in_thread(world)
    await world.ana.say("The bank refused the file.", room.name, thread=root)
    await kept(world, "The bank refused the file.")
    modal = await continued(world, root)
    await world.walked(modal, WHO, {"trying_to": "Get paid.", "happened": "My own words."})
    await modal.close()
    await world.ana.say("And the printer broke.", room.name, thread=root)
    await kept(world, "The bank refused the file.\n\nAnd the printer broke.")
    modal = await continued(world, root)
    await modal.choose(ids.INTERVIEW_BACK)
    assert modal.values["happened"]["happened"]["value"] == "My own words."
    below = modal.words().partition("Not in the form yet")[2]
    assert "The bank refused the file." in below
    assert "And the printer broke." in below


async def test_forty_thousand_characters_are_kept_whole_and_nothing_is_lost(world: World) -> None:
    sentence = "Then number {} went wrong and she said so out loud."
    said = [sentence.format(n) for n in range(770)]
    room, root = await in_thread(world)
    whole = " ".join(said)
    assert len(whole) > 39_000
    for at in range(0, len(said), 200):
        await world.ana.say(" ".join(said[at : at + 200]), room.name, thread=root)
    await world.slack.until(lambda: _length_over(world, 39_000), "all of it")
    modal = await continued(world, root)
    await world.walked(modal, WHO)
    carried = modal.values["happened"]["happened"]["value"]
    assert 1500 < len(carried) <= 3000
    below = modal.words().partition("Not in the form yet")[2]
    assert all(one in carried or one in below for one in said)


async def _length_over(world: World, least: int) -> bool:
    draft = await world.only_draft()
    async with world.desk.read() as session:
        return len(await draft_notes.whole(session, world.team, draft.id)) > least


async def test_replies_that_were_missed_are_read_when_the_form_is_opened(world: World) -> None:
    await world.slack.faults.add("event:message", "lose", times=0)
    room, root = await in_thread(world)
    await world.ana.say("The bank refused the file.", room.name, thread=root)
    modal = await continued(world, root)
    await world.walked(modal, WHO)
    assert modal.values["happened"]["happened"]["value"] == "The bank refused the file."


async def test_a_finished_write_up_says_so_in_its_thread(world: World) -> None:
    room, root = await in_thread(world)
    await world.ana.say("The bank refused the file.", room.name, thread=root)
    await kept(world, "The bank refused the file.")
    modal = await continued(world, root)
    await world.walked(modal, WHO, {"trying_to": "Get paid."}, WORDS, {}, {"sharing": "Not for sharing"}, {})
    await room.wait_for("This write-up is done", as_="ana")
    assert len(await world.stories()) == 1
    modal = await continued(world, root)
    assert "that is what they agreed to" in modal.words()


async def test_a_reply_elsewhere_is_nobodys_draft(world: World) -> None:
    room, _root = await in_thread(world)
    other = await world.ana.say("Something else", room.name)
    await world.ana.say("A reply to something else", room.name, thread=other)
    await world.ana.say("Loose talk", room.name)
    await kept(world, "")


async def test_what_the_first_view_held_goes_along_into_the_thread(world: World) -> None:
    modal = await world.opened()
    await modal.fill(WHO)
    await modal.choose(ids.INTERVIEW_IN_THREAD)
    root = await world.slack.channel(await world.ana.dm()).wait_for("Write what you remember", as_="ana")
    await modal.close()
    modal = await continued(world, root)
    assert "Marta Ortega (new)" in modal.words()
