"""The sample company's project, as its channel finds it on the demo's first morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.avatars.restating import said_of
from demo.company import load_company
from demo.seeding import Past
from demo.seeding_project import tell_project
from demo.workspace import person_id, room_id
from storage import project_changes, project_pins, projects
from storage.database import Database
from tests.conftest import WORKSPACE

MORNING = datetime(2026, 11, 19, 9, tzinfo=UTC)
COMPANY = load_company()


async def test_its_reasons_are_founded_on_quotes_and_its_next_reminder_is_this_morning(
    database: Database,
) -> None:
    told = {quoted.interview for reason in COMPANY.project.reasons for quoted in reason.quotes}
    few = [one for one in COMPANY.interviews if one.slug in told]
    company = type(COMPANY)(**{**vars(COMPANY), "interviews": tuple(few)})
    await Past(company, WORKSPACE, channel_id="C1", morning=MORNING).tell(database)
    await tell_project(database, company, WORKSPACE, morning=MORNING)
    async with database.read() as session:
        place = room_id(company, company.project.channel)
        project = await projects.of_channel(session, WORKSPACE, place)
        assert project is not None
        said = await said_of(session, WORKSPACE, project, MORNING, project.channel_id)
        changes = await project_changes.changes(session, WORKSPACE, project.id)
        pin = await project_pins.get(session, WORKSPACE, project.id)
    assert [reason.words for reason in project.reasons] == [one.words for one in company.project.reasons]
    assert all(any(ref in said for ref in reason.evidence) for reason in project.reasons)
    assert project.next_at == MORNING
    assert (changes[-1].what, changes[0].by) == ("set_up", person_id(company.project.reasons[-1].by))
    assert changes[-1].at < MORNING - timedelta(days=30)
    assert pin.wanted


def test_the_projects_reasons_rest_on_words_that_its_avatar_may_say() -> None:
    project, told = COMPANY.project, {one.slug: one for one in COMPANY.interviews}
    room = next(channel for channel in COMPANY.channels if channel.name == project.channel)
    assert {COMPANY.morning.visitor, project.owner, *(said.who for said in project.talk)} <= set(room.members)
    assert 1 <= len(project.reasons) <= 5
    for reason in project.reasons:
        assert reason.by in room.members
        for quoted in reason.quotes:
            talk = told[quoted.interview]
            customer = next(one for one in COMPANY.customers if one.key == talk.customer)
            assert {"quoted_by_avatar", customer.segment} <= {*customer.consents, project.segment}
            assert talk.quotes[quoted.number - 1]
