"""An airport's real answers, asked about in chat: nothing small is shown, and scores come out as counted."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.nps.answering import answered
from storage import nps_answers, nps_sources
from storage.database import Database
from storage.nps_answers import Answer
from tests.blockkit import assert_valid
from tests.conftest import NOW, WORKSPACE
from tests.real.test_airport_answers import FILE

ASKED_ON = datetime(2018, 1, 10, 12, tzinfo=UTC)
SMALL = re.compile(r"(?<![\d,.])[1-4] answers?\b")
QUESTIONS = ("2017", "by airline 2017", "by terminal 2017", "trend 2017 weekly", "trend 2017", "airline 2017")

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"NO REAL ANSWERS at {FILE}")


@pytest.fixture
async def airport(database: Database) -> tuple[Database, list[dict[str, str]]]:
    """The answers with their airlines and boarding areas as segments."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = [
        Answer(
            key=str(number),
            score=int(row["NETPRO"]),
            at=datetime.fromisoformat(row["inferred_date"]).replace(tzinfo=UTC) + timedelta(hours=12),
            properties={"airline": row["AIRLINE"], "terminal": row["BAREA"]},
        )
        for number, row in enumerate(rows)
    ]
    async with database.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="Airport", now=NOW)
        await nps_answers.take_in(session, WORKSPACE, source, answers)
    return database, rows


async def test_an_airport_is_asked_about_by_airline_terminal_and_week(
    airport: tuple[Database, list[dict[str, str]]],
) -> None:
    database, rows = airport
    async with database.read() as session:
        said = {
            question: await answered(
                session, WORKSPACE, question, now=ASKED_ON, command="/nps", working=working, in_channel=True
            )
            for question in QUESTIONS
            for working in (True, False)
        }
    for question, payload in said.items():
        assert_valid(payload, "message")
        assert not SMALL.search(json.dumps(payload, ensure_ascii=False)), question
    assert "NPS +40 ± 3" in said["2017"]["text"]
    assert "1 January 2017 to 4 June 2017, 2,744 answers" in said["2017"]["text"], "two lone ones came later"
    by_airline = Counter(row["AIRLINE"] for row in rows if row["inferred_date"] <= "2017-06-04")
    told = re.findall(r"(?:; |\. )([^;:]+): [^;(]+\(([\d,]+) answers?\)", said["by airline 2017"]["text"])
    assert len(told) >= 6
    numbers = {airline: int(number.replace(",", "")) for airline, number in told}
    others = numbers.pop("everybody else")
    assert numbers == {airline: by_airline[airline] for airline in numbers}
    assert others == by_airline.total() - sum(numbers.values())
