"""A project as its form holds it, and when its avatar reminds next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot import ids
from storage.projects import NewProject
from stories.avatars.project import RHYTHM_DAYS, Face, Project, Rhythm
from stories.errors import UserError
from stories.language import _
from stories.marks import mark
from stories.schedule import DigestTimes, next_due
from stories.text import one_line, says_something

_EMOJI = re.compile(r":[a-z0-9_+'-]{1,58}:(?::skin-tone-[2-6]:)?")


def read_project(
    values: Mapping[str, Any],
    channel_id: str,
    owner_id: str,
    next_at: datetime | None,
    *,
    picture: str | None = None,
) -> NewProject:
    """A project as its form holds it, with the `picture` it has. Raises UserError beside what is wrong."""
    return NewProject(
        channel_id=channel_id,
        name=_said(values, "name"),
        goal=_said(values, "goal"),
        segment=values.get(ids.WHY_SEGMENT) or "",
        owner_id=owner_id,
        face=Face(
            name=_said(values, "avatar"),
            emoji=emoji_in(values, "emoji"),
            picture=picture,
            manner=values["manner"],
        ),
        rhythm=Rhythm(values["rhythm"]),
        next_at=next_at,
    )


def mark_of(project: Project) -> str:
    """What tells whether all that the form shows of a project is still so."""
    face = project.face
    told = (project.name, project.goal, project.segment, face.name, face.emoji, str(face.manner))
    return mark(*told, project.rhythm.value)


def as_new(project: Project) -> NewProject:
    """A project as it stands, to be changed."""
    return NewProject(
        channel_id=project.channel_id,
        name=project.name,
        goal=project.goal,
        segment=project.segment,
        owner_id=project.owner_id,
        face=project.face,
        rhythm=project.rhythm,
        next_at=project.next_at,
    )


def next_reminder(rhythm: Rhythm, times: DigestTimes, after: datetime) -> datetime | None:
    """When the avatar reminds next: at the channel's hour on a working day; None when it never does."""
    if rhythm is Rhythm.NEVER:
        return None
    return next_due(times, after + timedelta(days=RHYTHM_DAYS[rhythm], seconds=-1))


def _said(values: Mapping[str, Any], field: str) -> str:
    said = one_line(values.get(field) or "")
    if not says_something(said):
        raise UserError(_("Please use at least one letter or number."), field=field)
    return said


def emoji_in(values: Mapping[str, Any], field: str) -> str:
    """The emoji that stands in a field, between colons. Raises UserError beside it for what is none."""
    name = (values.get(field) or "").strip()
    name = name if name.startswith(":") else f":{name}:"
    if not _EMOJI.fullmatch(name):
        raise UserError(_("Please write one emoji’s name between colons, such as :seedling:"), field=field)
    return name
