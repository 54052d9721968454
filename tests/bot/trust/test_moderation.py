"""Stories that wait: for an editor's yes, for their day, or that are told to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot import ids, moderation, publishing
from bot.messages import moderation as words
from bot.messages.labels import ACCOUNT_ONLY
from bot.showing import show
from playground.client import SeenMessage
from storage import moderation as kept
from storage import people, stories, workspace_settings
from storage.moderation import Terms
from stories.errors import UserError
from stories.story import StoryState
from stories.workspace_rules import WorkspaceRules, rules_of
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE


async def _settle(house: House, rules: WorkspaceRules, editor: str = "mika") -> None:
    async with house.desk.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, rules.as_chosen(), by="UADMIN", now=NOW)
        await people.grant(session, WORKSPACE, house.person(editor).id, "editor", by="UADMIN", now=NOW)


async def _hold(house: House, story_id: int, by: str = "ana") -> str:
    async with house.desk.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        said = await moderation.hold(session, WORKSPACE, story, by=house.person(by).id, now=house.desk.now())
    house.desk.wake_outbox()
    return said


async def _state(house: House, story_id: int) -> StoryState:
    async with house.desk.read() as session:
        story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    return story.state


async def _question(house: House, editor: str = "mika") -> SeenMessage:
    return await house.world.channel(await house.person(editor).dm()).wait_for("waits for an editor")


async def test_an_editor_reads_a_story_and_says_yes_before_anybody_else_reads_it(house: House) -> None:
    await _settle(house, WorkspaceRules(editors_yes=True))
    story_id = await house.story(published=False)
    ana, mika = house.person("ana"), house.person("mika")
    await ana.command("/stories mine", channel="general")
    mine = await house.world.channel("general").wait_for("Your stories", as_="ana")
    await ana.click(mine, ids.STORY_PUBLISH)
    await house.world.channel("general").wait_for("An editor reads it before others do", as_="ana")
    question = await _question(house)
    assert BAKER.title not in question.words()
    await mika.click(question, ids.STORY_PREVIEW)
    await mika.modal(holding="flour on the screen")
    assert await _state(house, story_id) is StoryState.KEPT
    await mika.click(question, ids.WAITING_YES)
    await house.world.channel(await ana.dm()).wait_for("said yes to")
    assert await _state(house, story_id) is StoryState.PUBLISHED
    await house.world.channel(await mika.dm()).wait_for("It waits no more")
    assert await house.rows("SELECT act FROM audit ORDER BY id") == [
        ("ask_editor",),
        ("approve",),
        ("publish",),
    ]


async def test_an_editor_sends_a_story_back_with_the_reason(house: House) -> None:
    await _settle(house, WorkspaceRules(sensitive=("Small Business",)))
    story_id = await house.story(published=False)
    assert await _hold(house, story_id)
    mika = house.person("mika")
    await mika.click(await _question(house), ids.WAITING_BACK)
    await (await mika.modal("Send it back")).submit({"reason": "Her *oven* gives her away."})
    note = await house.world.channel(await house.person("ana").dm()).wait_for("back to you")
    assert "Her *oven* gives her away." in note.words()
    assert await _state(house, story_id) is StoryState.KEPT
    with pytest.raises(UserError, match="any more"):
        async with house.desk.begin() as session:
            await moderation.approve(session, WORKSPACE, story_id, by=mika.id, now=NOW)


async def test_nothing_gets_round_the_editor(house: House) -> None:
    await _settle(house, WorkspaceRules(editors_yes=True), editor="ana")
    story_id = await house.story(published=False)
    with pytest.raises(UserError, match="An editor has to say yes"):
        async with house.desk.begin() as session:
            await publishing.publish(session, WORKSPACE, story_id, by=house.person("ana").id, now=NOW)
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, house.person("mika").id, "editor", by="UADMIN", now=NOW)
    await _hold(house, story_id)
    with pytest.raises(UserError, match="leave the yes to another editor"):
        async with house.desk.begin() as session:
            await moderation.approve(session, WORKSPACE, story_id, by=house.person("ana").id, now=NOW)


async def test_the_queue_is_for_editors(house: House) -> None:
    await _settle(house, WorkspaceRules(editors_yes=True))
    await _hold(house, await house.story(published=False))
    mika, noor = house.person("mika"), house.person("noor")
    await mika.command("/firsthand waiting", channel="pilot")
    assert ids.WAITING_YES in (await mika.ephemerals("pilot"))[-1].actions()
    await noor.command("/firsthand waiting", channel="pilot")
    assert "Only editors" in (await noor.ephemerals("pilot"))[-1].words()


async def test_a_story_with_a_day_is_published_on_it_by_itself_once(house: House) -> None:
    story_id = await house.story(published=False)
    async with house.desk.begin() as session:
        first = date(2026, 11, 18)
        await kept.label(session, WORKSPACE, story_id, account_only=False, not_before=first)
    assert "18 November 2026" in await _hold(house, story_id)
    assert await moderation.publish_due(house.desk) == 0
    house.clock.advance(timedelta(days=2))
    assert await moderation.publish_due(house.desk) == 1
    assert await moderation.publish_due(house.desk) == 0
    assert await _state(house, story_id) is StoryState.PUBLISHED


async def test_account_team_only_takes_a_story_out_of_everywhere_at_once(house: House) -> None:
    story_id = await house.story()
    ana = house.person("ana")
    await ana.command("/stories mine", channel="general")
    await ana.click(
        await house.world.channel("general").wait_for("Your stories", as_="ana"), ids.STORY_PREVIEW
    )
    await ana.click(await ana.modal(), ids.LABELS_OPEN)
    await (await ana.modal("Labels")).submit({"labels": [ACCOUNT_ONLY]})
    await ana.modal("Saved")
    async with house.desk.read() as session:
        assert await show(session, WORKSPACE, story_id, NOW) is None
    with pytest.raises(UserError, match="account team only"):
        await _hold(house, story_id)
    assert await house.rows("SELECT act FROM audit WHERE act = 'label'") == [("label",)]


async def test_a_story_whose_words_changed_needs_a_new_yes(house: House) -> None:
    story_id = await house.story()
    await _settle(house, WorkspaceRules(editors_yes=True))
    ana = house.person("ana")
    await ana.command("/stories mine", channel="general")
    await ana.click(await house.world.channel("general").wait_for("Your stories", as_="ana"), ids.STORY_EDIT)
    for _step in range(5):
        await (await ana.modal()).submit()
    await (await ana.modal()).submit()
    await _question(house)
    assert await _state(house, story_id) is StoryState.KEPT


async def test_admins_settle_what_holds_for_everybody(house: House) -> None:
    await house.story(replace(BAKER, segment="hospitals"), published=False)
    ana, noor = house.person("ana"), house.person("noor")
    await ana.command("/firsthand workspace", channel="pilot")
    view = await ana.modal("For everybody here")
    await view.submit({"yes": "editor", "sensitive": ["0"], "watching": ["participation", "rota"]})
    await ana.modal("Saved")
    async with house.desk.read() as session:
        chosen = await workspace_settings.get(session, WORKSPACE)
    assert rules_of(chosen) == WorkspaceRules(editors_yes=True, sensitive=("hospitals",), drift=False)
    assert await house.rows("SELECT act FROM audit WHERE object_kind = 'workspace'") == [("set_workspace",)]
    await ana.command("/firsthand workspace", channel="pilot")
    old = await ana.modal("For everybody here")
    stricter = replace(rules_of(chosen), rota=False)
    async with house.desk.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, stricter.as_chosen(), by="UADMIN", now=NOW)
    await old.submit({"yes": "author"})
    assert "Another admin changed this" in str(await ana.errors())
    async with house.desk.read() as session:
        assert rules_of(await workspace_settings.get(session, WORKSPACE)) == stricter
    await noor.command("/firsthand workspace", channel="pilot")
    assert "Only workspace admins" in (await noor.ephemerals("pilot"))[-1].words()


def test_what_editors_and_authors_hear_is_what_slack_takes() -> None:
    waiting = [Terms(story_id=n, asked_by=f"U{n}") for n in range(words.PAGE)]
    assert_valid(words.queue(waiting, skip=5, more=True), "message")
    assert_valid(words.sent_back_note(title="<!here>", by="U1", reason="*no*", story_id=1), "message")
    assert_valid(words.not_published_note(reason="gone", story_id=1), "message")
    assert_valid(words.send_back_modal(1), "modal")
