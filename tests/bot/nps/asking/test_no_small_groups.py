"""Whatever is asked of whichever answers, no message tells of one to four people."""

from __future__ import annotations

import json
import random
import re
from datetime import timedelta
from typing import Any

import pytest

from storage.nps_answers import Answer
from tests.bot.nps.asking.conftest import Company
from tests.conftest import NOW

SMALL = re.compile(r"(?<![\d,.])[1-4] answers?\b")
QUESTIONS = (
    "last 13 weeks",
    "A last quarter",
    "A vs B this year",
    "by plan this year",
    "by region A this year",
    "X A last 4 weeks",
    "comments B last month",
    "trend A 12 months",
    "trend X 13 weeks weekly",
)


def some_answers(chance: random.Random) -> list[Answer]:
    """Few answers, very unevenly spread over plans, regions and days."""
    many = chance.choice([6, 25, 120])
    return [
        Answer(
            key=str(number),
            score=chance.randrange(11),
            at=NOW - timedelta(days=chance.choice([3, 9, chance.randrange(1, 300)]), minutes=number),
            comment="" if number % 3 else "Words",
            properties={
                "plan": chance.choices(["A", "B", "C"], [8, 3, 1])[0],
                "region": chance.choices(["X", "Y"], [6, 1])[0],
            },
        )
        for number in range(many)
    ]


def cells(payload: dict[str, Any]) -> list[int]:
    """The numbers of answers in a message's tables."""
    tables = [block["rows"] for block in payload["blocks"] if block["type"] == "table"]
    found = [row[2]["text"] for rows in tables for row in rows[1:]]
    return [int(text.replace(",", "")) for text in found if text != "–"]


@pytest.mark.parametrize("seed", range(6))
async def test_no_count_under_five_is_in_any_message(empty: Company, seed: int) -> None:
    await empty.take(some_answers(random.Random(seed)))
    await empty.share_comments()
    for question in QUESTIONS:
        for working in (False, True):
            payload = await empty.ask(question, working=working)
            said = json.dumps(payload, ensure_ascii=False)
            assert not SMALL.search(said), (question, payload["text"])
            assert not any(0 < number < 5 for number in cells(payload)), question
