"""Changing a story that is stored: the same views, filled in, and what others read follows."""

from __future__ import annotations

from datetime import timedelta

from bot import ids, publishing, showing
from bot.messages.interview_meanwhile import USE_STANDING
from playground.client import Modal
from storage import corrections, customers
from stories.consent import Consent, Purpose
from stories.story import Story, StoryState
from tests.bot.interview.conftest import ALIAS, WORDS, World
from tests.conftest import NOW, SetClock


async def editing(world: World) -> tuple[Story, Modal]:
    """A published story, and the window in which its author changes it."""
    modal = await world.previewed()
    await modal.submit()
    (story,) = await world.stories()
    await world.clicked(modal, ids.STORY_EDIT, story.id, words="step 1 of 6")
    return story, modal


async def test_a_stored_story_is_edited_in_the_same_views(world: World) -> None:
    story, modal = await editing(world)
    assert "Marta Ortega" in modal.words()
    await world.walked(modal, {}, {"happened": "It was refused twice."}, {}, {}, {})
    assert modal.raw["submit"]["text"] == "Save changes"
    await modal.submit()
    assert "is published" in modal.words()
    (now,) = await world.stories()
    assert (now.id, now.state) == (story.id, StoryState.PUBLISHED)
    assert now.interview.happened == "It was refused twice."
    assert now.revision > story.revision


async def test_the_same_edit_twice_changes_it_once_and_is_answered_the_same(world: World) -> None:
    _story, modal = await editing(world)
    await world.walked(modal, {}, {"happened": "It was refused twice."}, {}, {}, {})
    first = await world.submitted(modal)
    (once,) = await world.stories()
    assert await world.submitted(modal) == first
    (twice,) = await world.stories()
    assert twice.revision == once.revision


async def test_consent_taken_back_in_an_edit_takes_the_story_back(world: World) -> None:
    _story, modal = await editing(world)
    await world.walked(modal, {}, {}, {}, {}, {"sharing": "Not for sharing"})
    assert "taken out of every channel" in modal.words()
    await modal.submit()
    (story,) = await world.stories()
    assert story.state is StoryState.WITHDRAWN
    assert "nobody else sees it" in modal.words()


async def test_an_edit_that_was_begun_is_gone_on_with(world: World) -> None:
    story, modal = await editing(world)
    await world.walked(modal, {}, {"happened": "Half an edit."})
    other = await world.opened()
    assert "You have begun one already" in other.words()
    await world.clicked(other, ids.STORY_EDIT, story.id, words="step 3 of 6")
    assert (await world.only_draft()).form.happened == "Half an edit."


async def test_thrown_away_changes_leave_the_story_as_it_was(world: World) -> None:
    story, modal = await editing(world)
    await world.walked(modal, {}, {"happened": "Something else."})
    await modal.choose(ids.DRAFT_DROP)
    assert "Nothing of it was kept" in modal.words()
    (now,) = await world.stories()
    assert now.interview == story.interview


async def test_only_its_author_edits_a_story(world: World) -> None:
    story, _modal = await editing(world)
    ben = world.slack.person("ben")
    click = {"type": "button", "action_id": ids.STORY_EDIT, "block_id": "x", "value": str(story.id)}
    user = {"id": ben.id, "team_id": world.team}
    await world.deliver({"type": "block_actions", "actions": [click], "user": user})
    await world.slack.channel(await ben.dm()).wait_for("Only the person who wrote", as_="ben")
    assert await ben.modals() == []


async def test_a_customer_called_otherwise_while_publishing_again_is_called_so_in_all_their_stories(
    world: World,
) -> None:
    told, _modal = await editing(world)
    modal = await world.previewed()
    await modal.submit()
    second = (await world.stories())[0]
    assert second.interview.customer.id == told.interview.customer.id
    async with world.desk.begin() as session:
        await publishing.withdraw(session, world.team, second.id, by=world.ana.id, now=NOW)
    await world.clicked(modal, ids.STORY_EDIT, second.id, words="step 1 of 6")
    await world.walked(modal, {ALIAS: "a clerk in the north"}, {}, {}, {}, {})
    await modal.submit()
    async with world.desk.read() as session:
        found = await showing.find(session, world.team, "north", NOW)
    assert {telling.story_id for telling in found} == {told.id, second.id}


async def test_an_edit_from_before_the_customer_took_their_story_back_tells_it_only_once_they_agree_anew(
    world: World, clock: SetClock
) -> None:
    story, modal = await editing(world)
    await world.walked(modal, {}, {}, {}, {}, {})
    customer_id = story.interview.customer.id
    for interview_id in (story.interview.id, None):
        # What stands in the form later than this is the author's word again.
        clock.advance(timedelta(minutes=1))
        async with world.desk.begin() as session:
            now = world.desk.now()
            said = Consent(
                customer_id=customer_id,
                interview_id=interview_id,
                purpose=Purpose.NOT_SHARED,
                recorded_by="customer",
                recorded_at=now,
                valid_from=now,
            )
            await customers.record_consent(session, world.team, said)
            await publishing.follow_edit(session, world.team, story.id, by="customer", now=now)
        await modal.submit()
        assert "agreed to less" in modal.words()
        assert [one.state for one in await world.stories()] == [StoryState.WITHDRAWN]
        clock.advance(timedelta(minutes=1))
        await world.walked(modal, {"sharing": "Without their name"})
        await modal.submit()
        assert "is published" in modal.words()
        await world.clicked(modal, ids.STORY_EDIT, story.id, words="step 1 of 6")
        await world.walked(modal, {}, {}, {}, {}, {})


async def test_what_the_customer_put_right_during_an_edit_is_neither_lost_nor_passed_over(
    world: World,
) -> None:
    story, modal = await editing(world)
    await world.walked(modal, {}, {}, {}, {}, {})
    await put_right(world, story, WORDS["quote_0"], "I did it by hand, and it was late.")
    await modal.submit()
    assert "The customer put this sentence right" in modal.words()
    assert (await world.only_draft()).form.quotes == ("I did it by hand, and it was late.",)
    await modal.submit()
    assert "is published" in modal.words()
    assert await said(world) == ["I did it by hand, and it was late."]

    await world.clicked(modal, ids.STORY_EDIT, story.id, words="step 1 of 6")
    await world.walked(modal, {}, {}, {"quote_0": "By hand!"})
    await put_right(world, story, "I did it by hand, and it was late.", "By hand, at ten.")
    await world.walked(modal, {}, {})
    assert "Yours stays unless you choose otherwise; the customer put it right so" in modal.words()
    await modal.choose(USE_STANDING)
    assert (await world.only_draft()).form.quotes == ("By hand, at ten.",)
    await modal.submit()
    assert await said(world) == ["By hand, at ten."]


async def put_right(world: World, story: Story, before: str, words: str) -> None:
    """The customer says what their sentence should be, and it is taken."""
    async with world.desk.begin() as session:
        interview_id, now = story.interview.id, world.desk.now()
        correction_id, _new = await corrections.suggest(
            session, world.team, interview_id, before=before, words=words, hide=False, now=now
        )
        assert await corrections.settle(
            session, world.team, correction_id, corrections.TAKEN, by=world.ana.id, now=now
        )


async def said(world: World) -> list[str]:
    """The quotes of Ana's one story."""
    (story,) = await world.stories()
    return [quote.text for quote in story.interview.quotes]
