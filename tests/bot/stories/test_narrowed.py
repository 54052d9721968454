"""A story that is narrowed to being told without name hides what nobody has decided about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.messages.interview_hidden import all_shown, decided_in, findings_blocks
from bot.showing import show
from storage import customers, interviews, offers, stories
from storage.database import Database
from stories.consent import Consent, Purpose
from stories.forms import Form
from stories.hiding import Decision, Findings, findings
from stories.identities import Kind
from stories.story import StoryState, Telling
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

NAMED = replace(
    BAKER, sharing="with_name", happened="Marta asked Tom Becker, and Tom wrote it down by hand.", themes=()
)


async def told(session: AsyncSession, form: Form = NAMED) -> int:
    story = await interviews.store(session, WORKSPACE, form, source_key="s", author_id="U1", now=NOW)
    await publishing.publish(session, WORKSPACE, story, by="U1", now=NOW)
    return story


async def read(session: AsyncSession, story: int) -> Telling:
    telling = await show(session, WORKSPACE, story, NOW)
    assert telling is not None
    return telling


async def narrow(session: AsyncSession, story: int, *, everything: bool) -> int:
    """Their word that this (or everything) is told without name; the customer's id."""
    known = await stories.get(session, WORKSPACE, story)
    assert known is not None
    customer = known.interview.customer.id
    word = Consent(
        customer_id=customer,
        interview_id=None if everything else known.interview.id,
        purpose=Purpose.WITHOUT_NAME,
        recorded_by="U2",
        recorded_at=NOW,
        valid_from=NOW,
    )
    await customers.record_consent(session, WORKSPACE, word)
    return customer


@pytest.mark.parametrize("route", ["everything", "edited", "put back"])
async def test_whatever_the_route_others_are_hidden_until_the_author_decides(
    database: Database, route: str
) -> None:
    async with database.begin() as session:
        story = await told(session)
        assert "Tom Becker" in (await read(session, story)).happened
        customer = await narrow(session, story, everything=route == "everything")
        if route == "everything":
            await publishing.follow_customer(session, WORKSPACE, customer, but=0, now=NOW)
        elif route == "edited":
            await publishing.follow_edit(session, WORKSPACE, story, by="U1", now=NOW)
        else:
            await stories.take_back(session, WORKSPACE, story, state=StoryState.HIDDEN)
            await publishing.publish(session, WORKSPACE, story, by="U2", now=NOW, settled=True)
        assert (await read(session, story)).happened == (
            "The baker from Leeds asked somebody, and somebody wrote it down by hand."
        )


async def test_what_the_author_let_stand_goes_on_standing(database: Database) -> None:
    async with database.begin() as session:
        story = await told(session, replace(NAMED, hidden=("-person:Tom Becker", "-person:Tom")))
        await narrow(session, story, everything=False)
        await publishing.follow_edit(session, WORKSPACE, story, by="U1", now=NOW)
        assert "Tom Becker" in (await read(session, story)).happened


async def test_one_box_decides_about_a_name_and_its_parts(database: Database) -> None:
    async with database.begin() as session:
        story = await stories.get(session, WORKSPACE, await told(session))
    assert story is not None
    (choices, *_more) = findings_blocks(findings(story.interview))
    (option,) = choices["element"]["options"]
    assert option["text"]["text"].startswith("Tom Becker")
    ticked = {"blocks": [choices], "state": {"values": {"hidden_0": {}}}}
    assert decided_in(ticked) == ("person:Tom Becker", "person:Tom")
    empty = {"type": "checkboxes", "selected_options": []}
    unticked = {"blocks": [choices], "state": {"values": {"hidden_0": {"interview_hide": empty}}}}
    assert decided_in(unticked) == ("-person:Tom Becker", "-person:Tom")


def test_a_name_longer_than_a_choice_is_not_offered_and_nothing_goes_out_until_it_is_shorter() -> None:
    long, parts = Decision(Kind.COMPANY, "Brunnhuber" * 20), ("Anna Lena " * 9 + "Meyer", "Anna " * 9, "Lena")
    persons = tuple(Decision(Kind.PERSON, one.strip()) for one in parts)
    found = Findings(decisions=(*persons, long), addresses=0, phones=0)
    assert not all_shown(found)
    shown = findings_blocks(found)
    assert "One name doesn’t fit in here." in str(shown)
    assert all(len(one["value"]) <= 150 for one in shown[0]["element"]["options"])
    assert all_shown(replace(found, decisions=persons))


async def test_a_theme_with_a_name_in_it_is_offered_to_its_author_alone(database: Database) -> None:
    form = replace(BAKER, themes=("ortega bakery", "invoices"), segment="Ortega Bakery shops")
    async with database.begin() as session:
        await told(session, form)
        assert await offers.topics(session, WORKSPACE) == offers.Topics(themes=("invoices",))
        own = await offers.topics(session, WORKSPACE, author_id="U1")
        assert own.themes == ("invoices", "ortega bakery")
