"""A company with a history for the centre's benchmark: answers, told conversations, colleagues, projects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.nps_planting import DAYS, KINDS, plant
from storage import nps_sources, projects, workspaces
from storage.database import Database
from storage.projects import NewProject
from storage.rows import add_many
from storage.tables import ConsentRow, CustomerRow
from storage.tables_rota import RotaPersonRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow, TopicRow
from stories.avatars.project import Face, Rhythm
from stories.digest import topics

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
TEAM = "TCENTRE"
COLLEAGUES, PARTS, PROJECTS, CHUNK = 400, 12, 30, 5_000


def _talk(number: int, many: int) -> Iterator[tuple[type[Any], dict[str, Any]]]:
    """The rows of a conversation whose story is told; the last one is of today."""
    at = NOW - timedelta(days=DAYS) * ((many - number) / many)
    own = {"workspace_id": TEAM}
    segment, theme = KINDS["plan"][number % 3], f"theme {number % 40}"
    yield CustomerRow, own | {
        "id": number, "name": f"Customer {number}", "folded_name": f"customer {number}",
        "alias": "a customer", "company": f"Company {number}", "segment": segment, "contact": None,
        "former_names": [], "former_companies": [], "created_by": "U1", "created_at": at,
    }  # fmt: skip
    yield InterviewRow, own | {
        "id": number, "source_key": f"bench:{number}", "customer_id": number,
        "author_id": f"U{number % COLLEAGUES}", "talked_on": at.date(), "how": "call",
        "title": f"A map of paper, {number}", "score": None, "trying_to": "Get it done. " * 5,
        "happened": "It took a while. " * 20, "meaning": "We should look.", "hidden": [], "themes": [theme],
        "created_at": at, "updated_at": at,
    }  # fmt: skip
    yield ConsentRow, own | {
        "customer_id": number, "interview_id": number, "purpose": "without_name", "granted": True,
        "words": "", "recorded_by": "U1", "recorded_at": at, "valid_from": at, "valid_until": None,
    }  # fmt: skip
    words = "I just want to go home on time, and it never lets me."
    yield QuoteRow, own | {"interview_id": number, "position": 0, "text": words}
    yield StoryRow, own | {
        "id": number, "interview_id": number, "state": "published", "revision": 1,
        "searchable_revision": 1, "appreciation": 0, "published_at": at, "created_at": at,
    }  # fmt: skip
    for topic in topics(segment, [theme]):
        yield TopicRow, own | {"topic": topic, "story_id": number}


async def planted(database: Database, answers: int) -> None:
    """A company with its history."""
    talks = answers // 10
    async with database.begin() as session:
        await workspaces.ensure(session, TEAM, name="Benchmark", installed_by=None, now=NOW)
        source = await nps_sources.create(session, TEAM, kind="file", name="planted", now=NOW)
        await nps_sources.share_verbatims(session, TEAM, source, shared=True)
        await add_many(session, RotaPersonRow, [_colleague(number) for number in range(COLLEAGUES)])
        for number in range(PROJECTS):
            await projects.begin(session, TEAM, _project(number), by="U1", now=NOW - timedelta(days=number))
    await plant(database, TEAM, source, answers)
    for first in range(1, talks + 1, CHUNK):
        found: dict[type[Any], list[dict[str, Any]]] = {}
        for number in range(first, min(first + CHUNK, talks + 1)):
            for row, values in _talk(number, talks):
                found.setdefault(row, []).append(values)
        async with database.begin() as session:
            for row, several in found.items():
                await add_many(session, row, several)


def _colleague(number: int) -> dict[str, Any]:
    return {
        "workspace_id": TEAM, "user_id": f"U{number}", "part": f"Part {number % PARTS}", "seniority": "",
        "languages": [], "time_zone": "UTC", "country": "", "every_weeks": None, "pairs": False,
        "joined_at": NOW, "paused_at": None, "left_at": None, "not_before": None,
    }  # fmt: skip


def _project(number: int) -> NewProject:
    return NewProject(
        channel_id=f"C{number}",
        name=f"Project {number}",
        goal="Less waiting.",
        segment="",
        owner_id="U1",
        face=Face(name="Mair", emoji=":seedling:"),
        rhythm=Rhythm.WEEKLY,
    )
