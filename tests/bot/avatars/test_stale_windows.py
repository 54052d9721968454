"""Two people at one project, each with a window that was opened before the other's click."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.avatars import listening_switch, setting_up
from bot.avatars.reading_form import as_new, mark_of
from bot.desk import Desk
from bot.old_windows import refuse_overtaken
from storage import projects
from storage.projects import NewProject
from stories.avatars.project import Face, Project, Rhythm
from stories.errors import UserError
from tests.conftest import NOW, WORKSPACE

NEW = NewProject(
    channel_id="C0PILOT",
    name="Invoices before dawn",
    goal="A baker sends the month’s invoices in ten minutes.",
    segment="",
    owner_id="UBEN",
    face=Face(name="Maya", emoji=":bread:"),
    rhythm=Rhythm.NEVER,
)


async def _begun(desk: Desk) -> Project:
    """A project with two reasons, as both saw it."""
    async with desk.begin() as session:
        project = await setting_up.begin(session, WORKSPACE, NEW, "Books at night.", [], by="UBEN", now=NOW)
        await setting_up.add_reason(session, WORKSPACE, project, "No logins.", [], by="UBEN", now=NOW)
        return await setting_up.known(session, WORKSPACE, project.id)


async def test_of_two_reasons_given_up_at_once_one_stays(desk: Desk) -> None:
    seen = await _begun(desk)
    first, second = seen.reasons
    async with desk.begin() as session:
        await setting_up.give_up(session, WORKSPACE, seen, first, "We know better.", by="UBEN", now=NOW)
        with pytest.raises(UserError, match="last reason"):
            await setting_up.give_up(session, WORKSPACE, seen, second, "I, too.", by="UANA", now=NOW)
        with pytest.raises(UserError, match="doesn’t stand"):
            await setting_up.give_up(session, WORKSPACE, seen, first, "Twice.", by="UANA", now=NOW)


async def test_what_is_done_stays_as_whoever_ended_it_said(desk: Desk) -> None:
    seen = await _begun(desk)
    async with desk.begin() as session:
        await setting_up.finish(session, WORKSPACE, seen, "Eight minutes.", by="UBEN", now=NOW)
    due = replace(NEW, next_at=NOW - timedelta(hours=1))
    async with desk.begin() as session:
        with pytest.raises(UserError, match="is done"):
            await setting_up.finish(session, WORKSPACE, seen, "Seven, I say.", by="UANA", now=NOW)
        with pytest.raises(UserError, match="is done"):
            await setting_up.change(session, WORKSPACE, seen, due, "", by="UANA", now=NOW)
        with pytest.raises(UserError, match="is done"):
            await listening_switch.switch_on(session, WORKSPACE, seen, by="UANA", now=NOW)
        assert await projects.due(session, NOW) == (), "a reminder that can never come is looked at for ever"
        ended = await projects.get(session, WORKSPACE, seen.id)
    assert ended is not None
    assert ended.outcome == "Eight minutes."


async def test_a_projects_form_knows_again_what_it_showed(desk: Desk) -> None:
    seen = await _begun(desk)
    async with desk.begin() as session:
        often = replace(as_new(seen), rhythm=Rhythm.WEEKLY, next_at=NOW)
        await setting_up.change(session, WORKSPACE, seen, often, "", by="UANA", now=NOW)
        standing = await setting_up.known(session, WORKSPACE, seen.id)
    with pytest.raises(UserError, match="open it again"):
        refuse_overtaken(mark_of(seen), mark_of(standing))
    refuse_overtaken(mark_of(standing), mark_of(replace(standing, next_at=None, pinned=True)))
