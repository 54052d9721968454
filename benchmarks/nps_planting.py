"""Millions of answers planted by the database itself, and their counts by the code that keeps them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import text

from storage.database import Database
from storage.nps_ledger import Ledger
from storage.nps_segments import learn

KINDS = {
    "plan": ("Solo", "Team", "Firm"),
    "region": ("UK", "PL", "CA", "DE"),
    "product": ("App", "Web", "Desk", "Phone", "Visits"),
}
FIRST_DAY = date(2023, 1, 1)
DAYS = 1096
SCORES = (10, 9, 8, 10, 3, 9, 7, 6, 10, 8, 0)

COMMENT = "(CASE WHEN n * 31 % 97 < 10 THEN 'They answered within the hour, ' || n ELSE '' END)"

_SQLITE = """
WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n + 1 < :count)
INSERT INTO nps_answers (workspace_id, source_id, key, score, answered_at, day, comment, properties, person)
SELECT :workspace, :source, printf('k%09d', n), {score},
  datetime(:first, '+' || (n * :days / :count) || ' days', '+12 hours') || '.000000',
  date(:first, '+' || (n * :days / :count) || ' days'), {comment}, {properties}, NULL FROM series
"""
_POSTGRESQL = """
INSERT INTO nps_answers (workspace_id, source_id, key, score, answered_at, day, comment, properties, person)
SELECT :workspace, :source, 'k' || lpad(n::text, 9, '0'), {score},
  CAST(:first AS timestamptz) + (n * :days / :count) * interval '1 day' + interval '12 hours',
  CAST(:first AS date) + CAST(n * :days / :count AS integer), {comment}, CAST({properties} AS json), NULL
FROM generate_series(CAST(0 AS bigint), :count - 1) AS series(n)
"""


async def plant(
    database: Database, workspace_id: str, source_id: int, count: int, *, first: date = FIRST_DAY
) -> None:
    """Put `count` answers in, evenly over the three years from `first`: three properties each, a comment in
    ten."""
    statement = (_SQLITE if database.embedded else _POSTGRESQL).format(
        score=_choice(SCORES, "n * 7919 % 11"),
        comment=COMMENT,
        properties=" || ".join(
            [
                """'{"plan": "' || """ + _choice(KINDS["plan"], "n % 3"),
                """'", "product": "' || """ + _choice(KINDS["product"], "n / 12 % 5"),
                """'", "region": "' || """ + _choice(KINDS["region"], "n / 3 % 4") + """ || '"}'""",
            ]
        ),
    )
    values: dict[str, Any] = {"workspace": workspace_id, "source": source_id, "count": count, "days": DAYS}
    async with database.begin() as session:
        if not database.embedded:
            # The rows are ours and point where they should: checking each takes longer than making it.
            await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text(statement), values | {"first": first.isoformat()})
    await _count(database, workspace_id, source_id)


async def _count(database: Database, workspace_id: str, source_id: int) -> None:
    grouped = "CAST(properties AS text)" if not database.embedded else "properties"
    query = text(
        f"SELECT day, {grouped} AS told, score, count(*) AS n FROM nps_answers "  # noqa: S608 our own words
        f"WHERE workspace_id = :workspace AND source_id = :source GROUP BY day, {grouped}, score"
    )
    async with database.begin() as session:
        found = (await session.execute(query, {"workspace": workspace_id, "source": source_id})).all()
        told = {row.told: _properties(row.told) for row in found}
        segments, ledger = await learn(session, workspace_id, list(told.values())), Ledger()
        cells = {text_: segments.cells(properties) for text_, properties in told.items()}
        for row in found:
            day = date.fromisoformat(row.day) if isinstance(row.day, str) else row.day
            ledger.enter(cells[row.told], day, row.score, row.n)
        await ledger.write(session, workspace_id, source_id)


def _properties(told: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(told)
    return found


def _choice(values: tuple[Any, ...], which: str) -> str:
    """SQL that chooses a value by a number from 0 on."""
    written = [f"'{value}'" if isinstance(value, str) else str(value) for value in values]
    cases = " ".join(f"WHEN {number} THEN {value}" for number, value in enumerate(written))
    return f"(CASE {which} {cases} END)"
