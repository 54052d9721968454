"""From a transcript that was dropped to a write-up that is filled in, by what people see and click."""

from __future__ import annotations

from typing import Any

from bot import ids
from storage import draft_notes, uploads
from storage.drafts import Draft
from stories.forms import Form
from stories.story import StoryState
from tests.blockkit import assert_valid
from tests.bot.dropping import talks
from tests.bot.dropping.conftest import choosing, drop, found, private, said
from tests.bot.interview.conftest import ALIAS, WHAT, World

MARTA = f"{ids.FILE_VOICE}:0"
AFRAID = "I have never been so afraid of a typing mistake in my life."
REFUSED = "The file was refused three times and nobody could tell me why."
BY_HAND = "I did it by hand at midnight, with the bank's window open beside me."


def boxes(words: str, blocks: list[dict[str, Any]]) -> str:
    """The block with the boxes under these words."""
    at = next(at for at, block in enumerate(blocks) if words in str(block) and block["type"] == "rich_text")
    return str(blocks[at + 1]["block_id"])


async def read_for(world: World, draft: Draft) -> bool:
    """Whether anything that was read is still kept for a draft."""
    async with world.desk.read() as session:
        return await uploads.talk_of(session, world.team, draft.id) is not None


async def test_what_was_found_is_said_and_the_likely_customer_comes_first(world: World) -> None:
    message = await found(world)
    words = message.words()
    for expected in ("4 November 2026", "35 minutes", "English", "Marta Ortega says 80%"):
        assert expected in words.replace("*", "")
    likely, other, away = message.blocks[-2]["elements"]
    assert (likely["text"]["text"], likely["style"]) == ("Marta Ortega", "primary")
    assert (other["text"]["text"], other.get("style")) == ("Ana Sousa", None)
    assert away["action_id"] == ids.FILE_DROP
    assert_valid({"text": message.text, "blocks": message.blocks}, "message")


async def test_the_write_up_opens_filled_in_but_consent_is_asked(world: World) -> None:
    modal = await choosing(world, await found(world), MARTA)
    assert "At 15:00 in the recording" in modal.words()
    afraid, refused = boxes(AFRAID, modal.blocks), boxes(REFUSED, modal.blocks)
    await modal.submit({afraid: ["Take this line"], refused: [f"“{BY_HAND}”"]})
    assert "step 1 of 6" in modal.words()
    assert "Marta Ortega (new)" in str(modal.blocks)
    form = (await world.only_draft()).form
    assert form == Form(
        name="Marta Ortega", talked_on="2026-11-04", how="video", quotes=(AFRAID, f"… {BY_HAND}")
    )


async def test_the_story_is_told_and_nothing_that_was_read_is_left(world: World) -> None:
    modal = await choosing(world, await found(world), MARTA)
    await modal.submit({boxes(AFRAID, modal.blocks): ["Take this line"]})
    draft = await world.only_draft()
    assert await read_for(world, draft)
    await world.walked(modal, {ALIAS: "the payroll clerk"}, WHAT, {}, {}, {"sharing": "Without their name"})
    await modal.submit()
    (story,) = await world.stories()
    assert (story.state, story.interview.quotes[0].text) == (StoryState.PUBLISHED, AFRAID)
    assert not await read_for(world, draft)


async def test_the_same_file_changes_nothing_and_says_where_its_draft_is(world: World) -> None:
    await found(world)
    before = await world.only_draft()
    again = await drop(world, talks.webvtt(talks.PAYROLL), "copy.vtt", expect="dropped “copy.vtt” before")
    assert await world.only_draft() == before
    await world.ana.click(again, ids.DRAFT_OPEN)
    assert "step 1 of 6" in (await world.ana.modal()).words()


async def test_a_file_whose_story_is_told_is_known_again(world: World) -> None:
    modal = await choosing(world, await found(world), MARTA)
    await modal.submit({boxes(AFRAID, modal.blocks): ["Take this line"]})
    await world.walked(modal, {ALIAS: "the payroll clerk"}, WHAT, {}, {}, {"sharing": "Not for sharing"})
    await modal.submit()
    await drop(world, talks.webvtt(talks.PAYROLL), expect="You’ve written up")
    assert len(await world.stories()) == 1


async def test_a_colleague_hears_who_dropped_it_first(world: World) -> None:
    await found(world)
    ben = world.slack.person("ben")
    await drop(world, talks.webvtt(talks.PAYROLL), expect=world.ana.id, who=ben)


async def test_thrown_away_it_is_gone_and_may_be_dropped_anew(world: World) -> None:
    message = await found(world)
    draft = await world.only_draft()
    await world.ana.click(message, ids.FILE_DROP)
    room = await private(world)
    await room.wait_for("Thrown away", as_="ana")
    assert not await read_for(world, draft)
    await found(world)
    assert (await world.only_draft()).id != draft.id


async def test_lines_can_be_picked_anew_and_what_was_typed_stays(world: World) -> None:
    message = await found(world)
    modal = await choosing(world, message, MARTA)
    await modal.submit({boxes(AFRAID, modal.blocks): ["Take this line"]})
    await world.walked(
        modal,
        {},
        WHAT,
        {
            "quote_0": AFRAID,
        },
    )
    draft = await world.only_draft()
    assert draft.form.quotes == (AFRAID,)
    await modal.close()
    modal = await choosing(world, message, MARTA)
    assert AFRAID in modal.words()
    ticked = modal.values[boxes(AFRAID, modal.blocks)]["kept"]["selected_options"]
    assert len(ticked) == 1
    await modal.submit({boxes(AFRAID, modal.blocks): [], boxes(REFUSED, modal.blocks): [f"“{REFUSED}”"]})
    form = (await world.only_draft()).form
    assert form.quotes == (f"{REFUSED} …",)
    assert form.happened == WHAT["happened"]


async def test_more_lines_are_shown_on_request_and_six_are_too_many(world: World) -> None:
    modal = await choosing(world, await found(world), MARTA)
    first = [block["block_id"] for block in modal.blocks if block["type"] == "input"]
    assert len(first) == 5
    await modal.fill({boxes(AFRAID, modal.blocks): ["Take this line"]})
    await modal.choose(ids.FILE_MORE_LINES)

    async def more() -> bool:
        await modal.refresh()
        return len([block for block in modal.blocks if block["type"] == "input"]) == 8

    await world.slack.until(more, "eight lines")
    every = {
        b["block_id"]: [b["element"]["options"][0]["text"]["text"]]
        for b in modal.blocks
        if b["type"] == "input"
    }
    outcome = await modal.submit(every)
    assert outcome["errors"] == {"line:0:7": "A write-up holds 5 quotes; please untick 3."}
    await modal.submit({block: [] for block in list(every)[5:]})
    assert len((await world.only_draft()).form.quotes) == 5


async def test_a_talk_without_a_line_worth_telling_goes_on_all_the_same(world: World) -> None:
    message = await found(world, talks.webvtt(talks.SILENT))
    modal = await choosing(world, message, f"{ids.FILE_VOICE}:1")
    assert "I found no sentence of theirs" in modal.words()
    await modal.submit()
    assert "step 1 of 6" in modal.words()
    assert (await world.only_draft()).form.name == "Marta Ortega"


async def test_of_two_voices_that_say_as_much_neither_is_guessed(world: World) -> None:
    message = await found(world, talks.webvtt(talks.EVEN))
    tom, lea, _away = message.blocks[-2]["elements"]
    assert "style" not in tom
    assert "style" not in lea
    modal = await choosing(world, message, lea["action_id"])
    assert "Our shop closed" in modal.words()
    assert "new till" not in modal.words()


async def test_many_voices_share_a_select(world: World) -> None:
    message = await found(world, talks.webvtt(talks.CROWD))
    await world.ana.pick(message, ids.FILE_VOICE, "Person C Smith")
    assert "village C" in (await world.ana.modal()).words()


async def test_what_is_written_along_with_a_file_stands_beside_the_form(world: World) -> None:
    await drop(world, talks.webvtt(talks.PAYROLL), expect="Who here", text="She cried & laughed.")
    draft = await world.only_draft()
    async with world.desk.read() as session:
        assert await draft_notes.whole(session, world.team, draft.id) == "She cried & laughed."


async def test_progress_is_one_message_that_is_brought_up_to_date(world: World) -> None:
    await found(world)
    assert len(await said(world)) == 1
    assert await world.slack.calls("chat.update") == 2
