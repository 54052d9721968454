"""A project as its form holds it, and when its avatar reminds next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot import ids
from storage.projects import NewProject
from stories.avatars.project import RHYTHM_DAYS, Face, Manner, Rhythm
from stories.errors import UserError
from stories.language import _
from stories.schedule import DigestTimes, next_due
from stories.text import one_line, says_something

_EMOJI = re.compile(r":[a-z0-9_+'-]{1,58}:(?::skin-tone-[2-6]:)?")


def read_project(
    values: Mapping[str, Any], channel_id: str, owner_id: str, next_at: datetime | None
) -> NewProject:
    """A project as its form holds it. Raises UserError beside the field that is wrong."""
    return NewProject(
        channel_id=channel_id,
        name=_said(values, "name"),
        goal=_said(values, "goal"),
        segment=values.get(ids.WHY_SEGMENT) or "",
        owner_id=owner_id,
        face=Face(
            name=_said(values, "avatar"), emoji=_emoji(values["emoji"]), manner=Manner(values["manner"])
        ),
        rhythm=Rhythm(values["rhythm"]),
        next_at=next_at,
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


def _emoji(typed: str | None) -> str:
    name = (typed or "").strip()
    name = name if name.startswith(":") else f":{name}:"
    if not _EMOJI.fullmatch(name):
        raise UserError(_("Please write one emoji’s name between colons, such as :seedling:"), field="emoji")
    return name
