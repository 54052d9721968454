"""What listening learns is kept as numbers and goes with listening, the project and the workspace."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from storage import listening, projects
from storage.database import Database
from storage.listening import Kept
from storage.projects import NewProject
from stories.avatars.project import Face, Rhythm
from tests.conftest import NOW, WORKSPACE

TODAY = date(2026, 11, 16)


async def begun(session: AsyncSession, channel_id: str = "C1") -> int:
    new = NewProject(
        channel_id=channel_id,
        name="Tills",
        goal="Quick tills",
        segment="",
        owner_id="U1",
        face=Face(name="Maya", emoji=":seedling:"),
        rhythm=Rhythm.NEVER,
    )
    project_id = await projects.begin(session, WORKSPACE, new, by="U1", now=NOW)
    assert project_id is not None
    await projects.listen(session, WORKSPACE, project_id, since=NOW, by="U1")
    return project_id


async def test_numbers_are_kept_and_read_again(database: Database) -> None:
    async with database.begin() as session:
        project_id = await begun(session)
        assert await listening.hold(session, WORKSPACE, project_id) == Kept()
        kept = Kept(state={"total": 1.5}, kick_off=b"\1\2", kick_off_windows=1)
        await listening.keep(session, WORKSPACE, project_id, kept, now=NOW)
    async with database.begin() as session:
        await projects.listen(session, WORKSPACE, project_id, since=NOW, by="U2")
        assert await listening.look(session, WORKSPACE, [project_id, 99]) == {project_id: kept}


async def test_all_of_it_goes_when_listening_is_switched_off(database: Database) -> None:
    async with database.begin() as session:
        project_id, other = await begun(session), await begun(session, "C2")
        await projects.listen(session, WORKSPACE, project_id, since=None, by=None)
        assert await listening.hold(session, WORKSPACE, project_id) is None
        assert await listening.hold(session, WORKSPACE, other) == Kept()
        assert await projects.listened_to(session, WORKSPACE) == {"C2": other}


async def test_all_of_it_goes_with_the_project(database: Database) -> None:
    async with database.begin() as session:
        project_id = await begun(session)
        await projects.end(session, WORKSPACE, project_id, outcome="Done", by="U1", now=NOW)
        assert await listening.hold(session, WORKSPACE, project_id) is None
