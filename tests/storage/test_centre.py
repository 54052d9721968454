"""What the centre tells of conversations, stories and projects, and who may look: on both databases."""

from __future__ import annotations

from datetime import date, timedelta

from storage import avatar_lines, centre_figures, interviews, projects, screens, web_sessions
from storage.database import Database
from storage.projects import NewProject
from storage.rows import add_many
from storage.tables_rota import RotaPersonRow
from stories.avatars.project import Face, Rhythm
from stories.digest import topics
from stories.talk_parts import Part
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE


async def test_conversations_are_counted_by_the_part_of_who_wrote_them_up(either: Database) -> None:
    async with either.begin() as session:
        person = {"workspace_id": WORKSPACE, "seniority": "", "languages": [], "time_zone": "UTC"}
        rows = [{**person, "user_id": "U1", "part": "Design"}, {**person, "user_id": "U2", "part": ""}]
        await add_many(session, RotaPersonRow, rows)
        for number, author in enumerate(("U1", "U1", "U2", "U3")):
            await interviews.store(
                session, WORKSPACE, BAKER, source_key=str(number), author_id=author, now=NOW
            )
        day = date(2026, 11, 12)
        found = await centre_figures.talks_by_part(session, WORKSPACE, day, day)
        assert found == (
            Part(name="", talks=2, colleagues=2),
            Part(name="Design", talks=2, colleagues=1),
        )
        after = day + timedelta(days=1)
        assert await centre_figures.talks_by_part(session, WORKSPACE, after, after) == ()
        assert await centre_figures.latest_told(session, WORKSPACE, topics("x", ["x"]), most=5) == ()


async def test_a_project_moved_last_when_somebody_did_something_for_it(either: Database) -> None:
    face = Face(name="Mair", emoji=":seedling:")
    new = NewProject(
        channel_id="C1", name="Notes", goal="g", segment="", owner_id="U1", face=face, rhythm=Rhythm.WEEKLY
    )
    async with either.begin() as session:
        project = await projects.begin(session, WORKSPACE, new, by="U1", now=NOW)
        assert project is not None
        assert await centre_figures.last_moved(session, WORKSPACE, [project]) == {}
        line = await avatar_lines.record(
            session, WORKSPACE, project, "remember", reason_id=None, ref=None, delivery_id=None, now=NOW
        )
        later = NOW + timedelta(days=2)
        await avatar_lines.answer(session, WORKSPACE, line, "good", by="U2", now=later)
        assert await centre_figures.last_moved(session, WORKSPACE, [project]) == {project: later}
        (shown,) = await centre_figures.projects(session, WORKSPACE, most=5)
        assert (shown.name, shown.avatar, shown.begun) == ("Notes", "Mair", NOW)


async def test_what_opens_the_centre_is_known_by_a_hash_and_ends(either: Database) -> None:
    ends = NOW + timedelta(days=1)
    async with either.begin() as session:
        await screens.issue(
            session, WORKSPACE, name="Hall", public_id="p", secret="s", by="U1", now=NOW, ends_at=ends
        )
        await web_sessions.begin(session, WORKSPACE, "U1", public_id="q", secret="t", now=NOW, ends_at=ends)
        found = await screens.check(session, "p", "s", NOW)
        assert found is not None
        assert await screens.check(session, "p", "x", NOW) is None
        assert await screens.check(session, "p", "s", ends) is None
        assert [one.name for one in await screens.standing(session, WORKSPACE, NOW)] == ["Hall"]
        assert await screens.revoke(session, WORKSPACE, found.id, by="U2", now=NOW) == "Hall"
        assert await screens.revoke(session, WORKSPACE, found.id, by="U2", now=NOW) is None
        assert await screens.check(session, "p", "s", NOW) is None
        signed_in = await web_sessions.check(session, "q", "t", NOW)
        assert signed_in is not None
        assert signed_in.user_id == "U1"
        assert await web_sessions.check(session, "q", "s", NOW) is None
        assert await web_sessions.check(session, "q", "t", ends) is None
        await web_sessions.end(session, WORKSPACE, "q")
        assert await web_sessions.check(session, "q", "t", NOW) is None
