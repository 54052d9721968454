"""A write-up as it is sent, alone and in a crowd, on both databases."""

from __future__ import annotations

import asyncio
import traceback
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit, channels, customers, drafts, search, stories
from storage.database import Database
from storage.submissions import Filing, Submission, take_in
from stories.consent import Purpose, sharing
from stories.forms import Form
from stories.story import StoryState
from stories.substance import judged
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER
from tests.storage.test_conversations import FORM

PLAIN = replace(FORM, promise="", promise_by="")
FILING = Filing(topics=("segment:bakeries", "theme:speed"), words="the baker counts <twice>")


async def drafted(database: Database, workspace: str = WORKSPACE) -> int:
    async with database.begin() as session:
        return await drafts.begin(session, workspace, "U1", PLAIN, now=NOW)


def sent(draft_id: int, form: Form = PLAIN, filing: Filing | None = FILING) -> Submission:
    return Submission(
        draft_id=draft_id,
        seen_at=NOW,
        form=form,
        said=judged(form, form.quotes),
        source_key=f"draft:{draft_id}",
        author_id="U1",
        now=NOW,
        filing=filing,
    )


async def take(database: Database, submission: Submission, workspace: str = WORKSPACE) -> int | None:
    async with database.step() as session:
        return await take_in(session, workspace, submission)


async def test_everything_of_a_submission_is_kept(either: Database) -> None:
    story_id = await take(either, sent(await drafted(either)))
    assert story_id is not None
    async with either.read() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        told = story.interview
        agreed = (await customers.consents(session, WORKSPACE, [told.customer.id]))[told.customer.id]
        found = await search.find(session, WORKSPACE, "counts twice")
        line = (await audit.latest(session, WORKSPACE))[0]
        topics = await session.execute(text("SELECT topic FROM story_topics ORDER BY topic"))
    assert (told.customer.name, told.customer.alias) == ("Zoë Ångström", "the baker")
    assert tuple(quote.text for quote in told.quotes) == FORM.quotes
    assert (told.score, told.themes, told.hidden) == (6, ("closing", "speed"), ())
    assert (told.talked_on.isoformat(), told.created_at) == (FORM.talked_on, NOW)
    assert sharing(agreed, told.id, NOW) is Purpose.WITHOUT_NAME
    assert (story.state, story.revision, story.published_at) == (StoryState.PUBLISHED, 1, NOW)
    assert found == (story_id,)
    assert (line.act, line.object_id, line.detail) == ("publish", str(story_id), {})
    assert tuple(topics.scalars()) == FILING.topics


async def test_one_that_is_kept_is_not_found(either: Database) -> None:
    story_id = await take(either, sent(await drafted(either), filing=None))
    async with either.read() as session:
        story = await stories.get(session, WORKSPACE, story_id or 0)
        assert await search.find(session, WORKSPACE, "counts") == ()
        assert (await audit.latest(session, WORKSPACE))[0].act == "store"
    assert story is not None
    assert (story.state, story.published_at) == (StoryState.KEPT, None)


async def test_a_crowd_is_stored_each_with_what_is_its_own(either: Database) -> None:
    crowd = [sent(await drafted(either), form=replace(PLAIN, name=f"Customer {n}")) for n in range(12)]
    kept = await asyncio.gather(*(take(either, one) for one in crowd))
    async with either.read() as session:
        told = await stories.some(session, WORKSPACE, [story_id or 0 for story_id in kept])
    assert [story.interview.customer.name for story in told] == [one.form.name for one in crowd]
    assert all(len(story.interview.quotes) == 2 for story in told)


async def test_the_same_click_sent_often_is_stored_once(either: Database) -> None:
    draft_id = await drafted(either)
    kept = await asyncio.gather(*(take(either, sent(draft_id)) for _ in range(6)))
    assert sorted(story_id is None for story_id in kept) == [False, *[True] * 5]


async def test_a_draft_that_was_touched_meanwhile_or_is_anothers_stays(either: Database) -> None:
    draft_id, other = await drafted(either), await drafted(either, OTHER)
    async with either.step() as session:
        await drafts.save(session, WORKSPACE, draft_id, PLAIN, step="who", now=NOW + timedelta(seconds=1))
    assert await take(either, sent(draft_id)) is None
    assert await take(either, sent(other)) is None
    async with either.read() as session:
        assert await drafts.get(session, WORKSPACE, draft_id) is not None
        assert await drafts.get(session, OTHER, other) is not None


async def test_one_that_cannot_be_stored_spoils_nobody_elses(either: Database) -> None:
    good = [sent(await drafted(either)) for _ in range(3)]
    # Forms are tidied and checked before: neither PostgreSQL's zero character nor this key gets this far.
    bad = sent(await drafted(either), replace(PLAIN, meaning="secret\0words"))
    if either.embedded:
        bad = replace(bad, source_key=good[0].source_key)
    kept = await asyncio.gather(
        *(take(either, one) for one in (good[0], bad, *good[1:])), return_exceptions=True
    )
    assert isinstance(kept[1], DBAPIError)
    assert "secret" not in "".join(traceback.format_exception(kept[1]))
    assert [type(one) for one in (kept[0], *kept[2:])] == [int, int, int]
    async with either.read() as session:
        assert await drafts.get(session, WORKSPACE, bad.draft_id) is not None


async def test_steps_that_come_together_each_keep_and_find_their_own(either: Database) -> None:
    ids = [await drafted(either) for _ in range(8)]

    async def step(n: int) -> str:
        async with either.step() as session:
            await drafts.save(
                session, WORKSPACE, ids[n], replace(PLAIN, name=f"Name {n}"), step="what", now=NOW
            )
        async with either.step() as session:
            assert await channels.hearing_next(session, WORKSPACE) == ()
            draft = await drafts.get(session, WORKSPACE, ids[n])
        assert draft is not None
        return f"{draft.form.name} at {draft.step}, {draft.updated_at == NOW}"

    assert await asyncio.gather(*map(step, range(8))) == [f"Name {n} at what, True" for n in range(8)]


async def test_a_step_that_began_to_write_is_one_transaction(either: Database) -> None:
    draft_id = await drafted(either)
    begun = []

    async def fail() -> None:
        async with either.step() as session:
            begun.append(await drafts.begin(session, WORKSPACE, "U1", PLAIN, now=NOW))
            assert await drafts.save(session, WORKSPACE, begun[0], PLAIN, step="what", now=NOW)
            await drafts.save(session, WORKSPACE, draft_id, PLAIN, step="consent", now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with either.read() as session:
        before = await drafts.get(session, WORKSPACE, draft_id)
        assert await drafts.get(session, WORKSPACE, begun[0]) is None
    assert before is not None
    assert before.step == drafts.UNTOUCHED
