"""Changing a story that is stored: the same views, filled in, and what others read follows."""

from __future__ import annotations

from datetime import timedelta

from bot import ids, publishing, showing
from playground.client import Modal
from storage import customers
from stories.consent import Consent, Purpose
from stories.story import Story, StoryState
from tests.bot.interview.conftest import ALIAS, World
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
