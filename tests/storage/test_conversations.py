"""Conversations and their stories, on both databases, seen from their own workspace and from another."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from storage import customers, drafts, follow_ups, interviews, reactions, search, stories
from storage.database import Database
from stories.consent import Purpose, sharing
from stories.forms import Form
from stories.story import Reaction, StoryState
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER

FORM = Form(
    name="Zoë Ångström",
    alias="the baker",
    company="Brot & Co",
    segment="Bakeries",
    talked_on="2026-11-13",
    how="visit",
    trying_to="Close the till before the bus leaves.",
    happened="She counts twice.",
    quotes=("I count twice. Always.", "Then I run."),
    meaning="Closing is too slow.",
    score=6,
    themes=("closing", "speed"),
    sharing=Purpose.WITHOUT_NAME.value,
    consent_words="Yes, but leave my name out",
    promise="Send the new closing guide",
    promise_by="2026-11-20",
)


async def kept(
    database: Database, form: Form = FORM, key: str = "draft:1", workspace: str = WORKSPACE
) -> int:
    async with database.begin() as session:
        return await interviews.store(session, workspace, form, source_key=key, author_id="U1", now=NOW)


async def test_a_conversation_comes_back_as_it_was_written(either: Database) -> None:
    story_id = await kept(either)
    async with either.read() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        told = story.interview
        agreed = (await customers.consents(session, WORKSPACE, [told.customer.id]))[told.customer.id]
    assert (told.customer.name, told.customer.alias) == ("Zoë Ångström", "the baker")
    assert tuple(quote.text for quote in told.quotes) == FORM.quotes
    assert told.title == "I count twice"
    assert (told.score, told.themes) == (6, ("closing", "speed"))
    assert told.promise is not None
    assert told.promise.what == FORM.promise
    assert sharing(agreed, told.id, NOW) is Purpose.WITHOUT_NAME
    assert story.state is StoryState.KEPT


async def test_the_same_source_is_stored_once_even_at_once(either: Database) -> None:
    first = await kept(either)
    again = await asyncio.gather(*(kept(either) for _ in range(5)))
    assert set(again) == {first}
    assert await kept(either, key="draft:2") != first


async def test_an_edit_keeps_the_rows_of_quotes_and_raises_the_revision(either: Database) -> None:
    story_id = await kept(either)
    async with either.begin() as session:
        before = await stories.get(session, WORKSPACE, story_id)
        assert before is not None
        edited = replace(FORM, customer_id=before.interview.customer.id, quotes=("I count once now.",))
        edited = replace(edited, sharing=Purpose.WITH_NAME.value, promise="")
        await interviews.change(
            session, WORKSPACE, before.interview.id, edited, by="U1", now=NOW + timedelta(hours=1)
        )
    async with either.read() as session:
        after = await stories.get(session, WORKSPACE, story_id)
        assert after is not None
        agreed = dict(await customers.consents(session, WORKSPACE, [after.interview.customer.id])).popitem()[
            1
        ]
    assert [quote.text for quote in after.interview.quotes] == ["I count once now."]
    assert after.interview.quotes[0].id == before.interview.quotes[0].id
    assert after.revision == before.revision + 1
    assert after.interview.promise is None
    assert [record.purpose for record in agreed] == [Purpose.WITHOUT_NAME, Purpose.WITH_NAME]


async def test_publishing_files_topics_and_taking_back_unfiles_them(either: Database) -> None:
    story_id = await kept(either)
    async with either.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        assert stories.topics_of(story) == ("segment:bakeries", "theme:closing", "theme:speed")
        assert await stories.publish(session, WORKSPACE, story, now=NOW)
        assert not await stories.publish(session, WORKSPACE, story, now=NOW)
        assert [found.id for found in await stories.latest(session, WORKSPACE)] == [story_id]
        assert await stories.take_back(session, WORKSPACE, story_id, state=StoryState.WITHDRAWN)
        assert await stories.latest(session, WORKSPACE) == ()
        assert await stories.random(session, WORKSPACE, chance=0.5) == ()


async def test_words_are_found_by_stem_and_beginning_until_forgotten(either: Database) -> None:
    story_id = await kept(either)
    async with either.begin() as session:
        await search.index(session, WORKSPACE, story_id, "She counted the till twice; café & <closing>")
        assert await search.find(session, WORKSPACE, "count till") == (story_id,)
        assert await search.find(session, WORKSPACE, "clos") == (story_id,)
        assert await search.find(session, WORKSPACE, 'count" ) zebra:* (') == ()
        assert await search.find(session, WORKSPACE, "!!") == ()
        assert await search.find(session, OTHER, "count") == ()
        await search.index(session, WORKSPACE, story_id, "Something else")
        assert await search.find(session, WORKSPACE, "count") == ()
        await search.forget(session, WORKSPACE, story_id)
        assert await search.find(session, WORKSPACE, "something") == ()


async def test_readers_count_once_each(either: Database) -> None:
    story_id = await kept(either)
    async with either.begin() as session:
        for user in ("U2", "U3", "U2"):
            await reactions.react(
                session, WORKSPACE, story_id, user, Reaction.THOUGHT, channel_id="C1", now=NOW
            )
        assert await reactions.counts(session, WORKSPACE, [story_id]) == {story_id: {Reaction.THOUGHT: 2}}
        assert await reactions.unreact(session, WORKSPACE, story_id, "U2", Reaction.THOUGHT)
        assert not await reactions.unreact(session, WORKSPACE, story_id, "U2", Reaction.THOUGHT)
        assert await reactions.counts(session, OTHER, [story_id]) == {}


async def test_a_promise_is_done_by_its_owner_alone(either: Database) -> None:
    await kept(either)
    async with either.begin() as session:
        (mine,) = await follow_ups.open_of(session, WORKSPACE, "U1")
        assert not await follow_ups.finish(session, WORKSPACE, mine.id, owner_id="U2", now=NOW)
        assert not await follow_ups.finish(session, OTHER, mine.id, owner_id="U1", now=NOW)
        assert await follow_ups.finish(session, WORKSPACE, mine.id, owner_id="U1", now=NOW)
        assert await follow_ups.open_of(session, WORKSPACE, "U1") == ()


async def test_a_draft_is_kept_until_dropped(either: Database) -> None:
    async with either.begin() as session:
        draft_id = await drafts.begin(session, WORKSPACE, "U1", FORM, now=NOW)
        assert await drafts.save(session, WORKSPACE, draft_id, FORM, step="what", now=NOW)
        assert not await drafts.save(session, OTHER, draft_id, Form(), step="who", now=NOW)
        found = await drafts.get(session, WORKSPACE, draft_id)
        assert found is not None
        assert (found.form, found.step) == (FORM, "what")
        await drafts.drop(session, WORKSPACE, draft_id)
        assert await drafts.get(session, WORKSPACE, draft_id) is None
