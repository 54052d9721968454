"""No avatar says a customer's words where that customer, who works here too, reads them: place by place."""

from __future__ import annotations

import json
from collections.abc import Collection

import pytest
from sqlalchemy import select

from bot import own_posts
from bot.avatars import milestone_words, restating, setting_up, speaking_up, swerves
from bot.avatars.sayings import of_refs, sayings, subjects_of
from bot.desk import Desk
from storage import (
    avatar_lines,
    customer_absences,
    customer_colleagues,
    deliveries,
    milestones,
    posted,
    projects,
    stories,
)
from storage.deliveries import Post
from storage.milestones import NewMilestone
from storage.projects import NewProject
from storage.tables_posts import DeliveryRow
from stories.avatars.evidence import Ref
from stories.avatars.project import Face, Project, Rhythm
from tests.bot.avatars.conftest import NURSE, told
from tests.conftest import NOW, WORKSPACE

CHANNEL, OWNER, NURSES_ID = "C0PROJECT", "U0OWNER", "U0NURSE"
WORDS = NURSE.quotes[0]


async def _named(desk: Desk, *, absent: Collection[str] = (CHANNEL,)) -> Ref:
    """A nurse who agreed to be quoted and works here, in none of these channels; her words."""
    story_id = await told(desk.database, NURSE)
    async with desk.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        customer = story.interview.customer.id
        await customer_colleagues.name(session, WORKSPACE, customer, NURSES_ID, by="U1", now=NOW)
        for channel in absent:
            await customer_absences.is_not_in(session, WORKSPACE, customer, channel, now=NOW)
        (first, *_more) = await sayings(session, WORKSPACE, NOW, OWNER)
    return first.ref


async def _project(desk: Desk, words: Ref, *, owner: str = OWNER) -> Project:
    new = NewProject(
        channel_id=CHANNEL,
        name="Wards",
        goal="No paper.",
        segment="",
        owner_id=owner,
        face=Face(name="Maya", emoji=":bread:"),
        rhythm=Rhythm.NEVER,
    )
    async with desk.begin() as session:
        return await setting_up.begin(
            session, WORKSPACE, new, "Paper is quicker today.", [words], by="U1", now=NOW
        )


async def _says(desk: Desk, slot: str) -> str:
    """What the post with this slot says, once all that is planned has been done; "" for one that is gone."""
    async with desk.read() as session:
        query = select(DeliveryRow.id).where(DeliveryRow.slot_key == slot)
        delivery_id = (await session.execute(query)).scalar_one()
        own = await posted.standing(session, WORKSPACE, delivery_id)
        said = await posted.says(session, WORKSPACE, delivery_id)
    return json.dumps(said, ensure_ascii=False) if said and own and own.state != "cancelled" else ""


async def _joins(desk: Desk) -> None:
    assert await own_posts.joined(desk, WORKSPACE, CHANNEL, NURSES_ID)


async def test_the_projects_own_message_and_the_one_at_its_end(desk: Desk) -> None:
    project = await _project(desk, await _named(desk))
    async with desk.begin() as session:
        await setting_up.finish(session, WORKSPACE, project, "It is done.", by="U1", now=NOW)
    own, done = restating.why_slot(project.id), restating.done_slot(project.id)
    assert WORDS in await _says(desk, own)
    assert WORDS in await _says(desk, done)
    await _joins(desk)
    assert "Paper is quicker today." in await _says(desk, own), "the reason stays"
    assert WORDS not in await _says(desk, own) + await _says(desk, done)


async def test_a_project_that_begins_where_they_are_and_the_form_in_which_it_is_changed(desk: Desk) -> None:
    words = await _named(desk, absent=())
    project = await _project(desk, words)
    assert WORDS not in await _says(desk, restating.why_slot(project.id))
    async with desk.read() as session:
        assert await restating.said_of(session, WORKSPACE, project, NOW, NURSES_ID) == {}, "/why, by herself"
        assert set(await restating.said_of(session, WORKSPACE, project, NOW, "U1")) == {words}
        assert words not in {one.ref for one in await sayings(session, WORKSPACE, NOW, NURSES_ID)}
        assert await of_refs(session, WORKSPACE, [words], NOW, "tracker:1") == {}, "nobody knows who reads it"


async def test_a_milestones_comment_and_an_answer(desk: Desk) -> None:
    words = await _named(desk)
    project = await _project(desk, words)
    new = NewMilestone(
        project_id=project.id, message_ts="1.0", thread_ts="1.0", kind="decision", marked_by="U1"
    )
    async with desk.begin() as session:
        number = await milestones.mark(session, WORKSPACE, new, {}, now=NOW)
        assert number is not None
        said = await of_refs(session, WORKSPACE, [words], NOW, CHANNEL)
        for slot, kind in (
            (milestone_words.slot(number), milestone_words.MILESTONE),
            (restating.answer_slot(CHANNEL, "2.0"), "answer"),
        ):
            post = Post(
                channel_id=CHANNEL,
                kind=restating.AVATAR,
                slot_key=slot,
                payload={"text": WORDS},
                subjects=subjects_of(said.values()),
            )
            delivery_id = await deliveries.plan(session, WORKSPACE, post, now=NOW)
            await avatar_lines.record(
                session,
                WORKSPACE,
                project.id,
                kind,
                reason_id=project.reasons[0].id,
                ref=words,
                delivery_id=delivery_id,
                about="paper?",
                now=NOW,
            )
    await _joins(desk)
    assert "Paper is quicker today." in await _says(desk, milestone_words.slot(number))
    assert WORDS not in await _says(desk, milestone_words.slot(number))
    assert await _says(desk, restating.answer_slot(CHANNEL, "2.0")) == "", "nothing is left of it"


@pytest.mark.parametrize("joins", [True, False], ids=["she joins", "she owns the project"])
async def test_what_the_avatar_says_when_the_talk_has_left_a_reason(desk: Desk, joins: bool) -> None:
    words = await _named(desk)
    project = await _project(desk, words, owner=OWNER if joins else NURSES_ID)
    async with desk.begin() as session:
        await projects.listen(session, WORKSPACE, project.id, since=NOW, by="U1")
        heard = await setting_up.known(session, WORKSPACE, project.id)
        await speaking_up.speak_up(
            session, WORKSPACE, heard, heard.reasons[0], ("invoices",), in_channel=False, now=NOW
        )
        said = await swerves.spoken(session, WORKSPACE, 1, NOW)
    assert said is not None
    assert (said.saying is not None) is joins, "to herself it is said without her words"
    if joins:
        await _joins(desk)
        async with desk.read() as session:
            assert await swerves.spoken(session, WORKSPACE, 1, NOW) is None
