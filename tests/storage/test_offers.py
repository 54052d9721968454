"""What somebody is offered to choose from: what is told, and what is their own; nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.offering import customer_named, customers_like
from storage import customers, interviews, offers, stories
from storage.database import Database
from storage.offers import Topics
from stories.consent import Consent, Purpose
from stories.forms import Form
from stories.story import StoryState
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import OTHER
from tests.storage.test_conversations import FORM

NAMED = replace(FORM, sharing=Purpose.WITH_NAME.value)
SECRET = replace(FORM, sharing=Purpose.NOT_SHARED.value)
CLINIC = replace(SECRET, name="Nia Jones", company="Hush Clinic", segment="Clinics", themes=("layoffs",))


async def store(database: Database, form: Form, *, by: str = "U1", told: bool = True) -> int:
    """A stored conversation's story, published where asked."""
    async with database.begin() as session:
        key = f"{form.name}:{form.sharing}:{by}"
        story_id = await interviews.store(session, WORKSPACE, form, source_key=key, author_id=by, now=NOW)
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        if told:
            await stories.publish(session, WORKSPACE, story, now=NOW)
    return story_id


async def offered(
    database: Database, words: str, user_id: str, *, at: timedelta = timedelta(), workspace: str = WORKSPACE
) -> list[str]:
    """The names that this person is offered."""
    async with database.read() as session:
        found = await customers_like(session, workspace, words, user_id=user_id, at=NOW + at, most=20)
    return [customer.name for customer in found]


async def test_topics_of_what_is_not_told_are_offered_to_its_author_alone(either: Database) -> None:
    story_id = await store(either, FORM)
    await store(either, CLINIC, told=False)
    public = Topics(themes=("closing", "speed"), segments=("Bakeries",))
    async with either.begin() as session:
        assert await offers.topics(session, WORKSPACE) == public
        assert await offers.topics(session, WORKSPACE, author_id="U2") == public
        own = await offers.topics(session, WORKSPACE, author_id="U1")
        assert own == Topics(themes=("closing", "layoffs", "speed"), segments=("Bakeries", "Clinics"))
        assert await offers.topics(session, OTHER, author_id="U1") == Topics()
        await stories.take_back(session, WORKSPACE, story_id, state=StoryState.HIDDEN)
        assert await offers.topics(session, WORKSPACE) == Topics()


async def test_the_commonest_theme_comes_first_and_a_talk_counts_once(either: Database) -> None:
    await store(either, FORM)
    await store(either, replace(FORM, name="Bo", themes=("speed",)), by="U2")
    async with either.read() as session:
        assert (await offers.topics(session, WORKSPACE, author_id="U1")).themes == ("speed", "closing")


async def test_ones_own_customers_are_found_by_name_and_company_whatever_the_accents(
    either: Database,
) -> None:
    await store(either, SECRET, told=False)
    for words in ("zoe", "ANGS", "brot", ""):
        assert await offered(either, words, "U1") == ["Zoë Ångström"]
    assert await offered(either, "%", "U1") == []
    assert await offered(either, "zoe", "U1", workspace=OTHER) == []


async def test_a_customer_who_is_not_told_with_name_is_offered_to_nobody_else(either: Database) -> None:
    await store(either, CLINIC, told=False)
    await store(either, FORM)
    await store(either, replace(NAMED, name="Kept Back"), told=False)
    assert await offered(either, "", "U2") == []
    async with either.read() as session:
        for name in ("Nia Jones", "Zoë Ångström"):
            seen = [
                await customer_named(session, WORKSPACE, name, "", user_id=user, at=NOW)
                for user in ("U1", "U2")
            ]
            assert [customer and customer.name for customer in seen] == [name, None]


async def test_whoever_talked_with_them_too_is_offered_them(either: Database) -> None:
    await store(either, SECRET, told=False)
    await store(either, replace(SECRET, customer_id=1), by="U2", told=False)
    assert await offered(either, "zoe", "U2") == ["Zoë Ångström"]


async def test_a_customer_told_with_name_is_offered_until_they_take_it_back(either: Database) -> None:
    story_id = await store(either, NAMED)
    assert await offered(either, "brot", "U2") == ["Zoë Ångström"]
    async with either.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        narrower = Consent(
            customer_id=story.interview.customer.id,
            interview_id=None,
            purpose=Purpose.WITHOUT_NAME,
            recorded_by="U1",
            recorded_at=NOW + timedelta(hours=1),
            valid_from=NOW + timedelta(hours=1),
        )
        await customers.record_consent(session, WORKSPACE, narrower)
    assert await offered(either, "brot", "U2") == ["Zoë Ångström"]
    assert await offered(either, "brot", "U2", at=timedelta(hours=2)) == []


async def test_a_customer_whose_named_story_is_withdrawn_is_offered_no_more(either: Database) -> None:
    story_id = await store(either, NAMED)
    async with either.begin() as session:
        await stories.take_back(session, WORKSPACE, story_id, state=StoryState.WITHDRAWN)
    assert await offered(either, "brot", "U2") == []
