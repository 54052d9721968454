"""An avatar says what customers agreed to and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import publishing
from bot.avatars.sayings import of_refs, sayings, subjects_of
from storage.database import Database
from tests.bot.avatars.conftest import NURSE, QUOTABLE, edited, told
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

LATER = NOW + timedelta(hours=1)
BACK = replace(QUOTABLE, agreed=(), agreed_before=("quoted_by_avatar",))


async def words(database: Database, segment: str = "") -> list[str]:
    async with database.read() as session:
        return [one.words for one in await sayings(session, WORKSPACE, LATER, "C0", segment=segment)]


async def test_without_consent_to_be_quoted_nothing_is_said(database: Database) -> None:
    await told(database, BAKER)
    assert await words(database) == []
    await told(database, key="another")
    assert await words(database) == list(QUOTABLE.quotes)


async def test_a_talk_that_may_not_be_shared_is_not_quoted_either(database: Database) -> None:
    story_id = await told(database)
    await edited(database, story_id, replace(QUOTABLE, sharing="not_shared"), now=NOW)
    assert await words(database) == []


async def test_what_was_taken_back_is_not_said_again(database: Database) -> None:
    story_id = await told(database)
    async with database.read() as session:
        quote = (await sayings(session, WORKSPACE, NOW, "C0"))[0].ref
    await edited(database, story_id, BACK, now=NOW + timedelta(minutes=1))
    async with database.read() as session:
        assert await of_refs(session, WORKSPACE, [quote], LATER, "C0") == {}
    assert await words(database) == []


async def test_names_are_hidden_and_a_withdrawn_story_is_silent(database: Database) -> None:
    story_id = await told(database, replace(QUOTABLE, quotes=("Marta here, from Ortega Bakery.",)))
    said = (await words(database))[0]
    assert "Marta" not in said
    assert "Ortega" not in said
    async with database.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story_id, by="U1", now=NOW)
    assert await words(database) == []


async def test_a_project_for_one_kind_of_customer_hears_no_other(database: Database) -> None:
    await told(database)
    await told(database, NURSE)
    assert await words(database, "Clinics") == list(NURSE.quotes)
    assert len(await words(database)) == 3


async def test_a_line_tells_whose_it_is_and_where_it_leads(database: Database) -> None:
    story_id = await told(database)
    async with database.read() as session:
        (saying,) = await sayings(session, WORKSPACE, NOW, "C0")
    assert (saying.kind_of_customer, saying.story_id) == ("small business", story_id)
    assert saying.talked_on.isoformat() == QUOTABLE.talked_on
    assert [subject.quote_id for subject in subjects_of([saying])] == [None, saying.ref.quote_id]
