"""Where a write-up begins, for whom, and what is said when it cannot."""

from __future__ import annotations

from bot import ids
from storage import drafts
from tests.bot.interview.conftest import WHAT, WHO, World


async def test_help_is_answered_to_the_asker_alone(world: World) -> None:
    await world.ana.command("/interview help", channel="general")
    (answer,) = await world.ana.ephemerals("general")
    assert "writes up a conversation with a customer" in answer.words()
    assert await world.ana.modals() == []


async def test_the_command_opens_the_first_step(world: World) -> None:
    modal = await world.opened()
    assert modal.title == "A customer conversation"
    assert "A conversation with a customer" in modal.words()
    assert len(modal.title) <= 24


async def test_the_lightning_menu_opens_it_too(world: World) -> None:
    await world.ana.shortcut(ids.INTERVIEW_SHORTCUT)
    assert "step 1 of 6" in (await world.ana.modal()).words()


async def test_guests_are_refused_kindly(world: World) -> None:
    gus = world.slack.person("gus")
    await gus.command("/interview", channel="general")
    (answer,) = await gus.ephemerals("general")
    assert "tell one of them what you heard" in answer.words()
    await gus.shortcut(ids.INTERVIEW_SHORTCUT)
    private = await world.slack.channel(await gus.dm()).wait_for("tell one of them", as_="gus")
    assert not private.is_ephemeral
    assert await gus.modals() == []


async def test_an_opened_window_that_is_closed_leaves_no_draft(world: World) -> None:
    modal = await world.opened()
    await modal.close()
    async with world.desk.read() as session:
        assert await drafts.of_author(session, world.team, world.ana.id) == ()


async def test_open_drafts_are_offered_before_a_new_one(world: World) -> None:
    await world.walked(await world.opened(), WHO)
    modal = await world.opened()
    assert "You have begun one already" in modal.words()
    assert "Talk with Marta Ortega" in modal.words()
    await modal.choose(ids.DRAFT_OPEN)
    assert "step 2 of 6" in modal.words()


async def test_a_new_one_can_be_started_beside_a_draft(world: World) -> None:
    await world.walked(await world.opened(), WHO)
    modal = await world.opened()
    await modal.submit()
    assert "step 1 of 6" in modal.words()
    await world.walked(modal, WHO | {"name": "Nia"})
    async with world.desk.read() as session:
        mine = await drafts.of_author(session, world.team, world.ana.id)
    assert [draft.form.name for draft in mine] == ["Nia", "Marta Ortega"]


async def test_throwing_a_draft_away_asks_first_and_leaves_nothing(world: World) -> None:
    await world.walked(await world.opened(), WHO, WHAT)
    modal = await world.opened()
    drop = next(
        e for b in modal.blocks for e in b.get("elements", []) if e.get("action_id") == ids.DRAFT_DROP
    )
    assert drop["confirm"]["confirm"]["text"] == "Throw away"
    await modal.choose(ids.DRAFT_DROP)
    assert "Nothing of it was kept" in modal.words()
    async with world.desk.read() as session:
        assert await drafts.of_author(session, world.team, world.ana.id) == ()


async def test_a_colleagues_draft_is_not_opened(world: World) -> None:
    await world.walked(await world.opened(), WHO)
    theirs = await world.only_draft()
    ben = world.slack.person("ben")
    click = {"type": "button", "action_id": ids.DRAFT_OPEN, "block_id": "x", "value": str(theirs.id)}
    user = {"id": ben.id, "team_id": world.team}
    await world.deliver({"type": "block_actions", "actions": [click], "user": user})
    said = await world.slack.channel(await ben.dm()).wait_for("colleague’s own", as_="ben")
    assert "Marta" not in said.words()


async def test_an_expired_trigger_is_answered_with_a_button_that_opens_it(world: World) -> None:
    await world.slack.faults.add("views.open", "refuse", error="expired_trigger_id")
    await world.ana.shortcut(ids.INTERVIEW_SHORTCUT)
    message = await world.slack.channel(await world.ana.dm()).wait_for("took too long", as_="ana")
    await world.ana.click(message, ids.DRAFT_OPEN)
    assert "step 1 of 6" in (await world.ana.modal()).words()


async def test_an_expired_command_is_answered_where_it_was_typed(world: World) -> None:
    await world.slack.faults.add("views.open", "refuse", error="expired_trigger_id")
    await world.ana.command("/interview", channel="general")
    await world.slack.channel("general").wait_for("took too long", as_="ana")
    assert len(await world.ana.ephemerals("general")) == 1


async def test_a_message_is_turned_into_a_write_up(world: World) -> None:
    message = await world.slack.person("ben").say("Their file & ours <3", "pilot")
    await world.ana.shortcut(ids.STORY_FROM_MESSAGE, message)
    modal = await world.ana.modal()
    await world.walked(modal, WHO)
    assert modal.values["happened"]["happened"]["value"] == "Their file & ours <3"
    assert "Not in the form yet" not in modal.words()


async def test_what_does_not_fit_of_a_long_message_stands_below_to_copy_from(world: World) -> None:
    said = [f"Number {n} is what she said then." for n in range(150)]
    message = await world.slack.person("ben").say(" ".join(said), "pilot")
    await world.ana.shortcut(ids.STORY_FROM_MESSAGE, message)
    modal = await world.ana.modal()
    await world.walked(modal, WHO)
    carried = modal.values["happened"]["happened"]["value"]
    assert len(carried) <= 3000
    below = modal.words().partition("Not in the form yet")[2]
    assert all(sentence in carried or sentence in below for sentence in said)
    assert "3,000 characters fit here" in modal.words()
