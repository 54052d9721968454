"""What a point is worth: figures taken in by month, and the plainest true sentence about them."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import ids
from bot.messages.charts import CHART
from bot.nps.figure_file import read
from storage import nps_figures
from storage.nps_answers import Answer
from storage.nps_figures import Figure
from stories.errors import UserError
from tests.blockkit import assert_valid
from tests.bot.nps.asking.conftest import Company
from tests.conftest import NOW, WORKSPACE

LAG = 2


def months(number: int) -> list[date]:
    """So many months up to the last that is over, oldest first."""
    last = NOW.year * 12 + NOW.month - 2
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - number + 1, last + 1)]


async def told(
    company: Company, number: int, *, linked: bool, segment: tuple[str, str] | None = None
) -> None:
    """Answers (of one segment) that go up and down, and revenue that follows two months later, or not."""
    chance = random.Random(5)
    spans = months(number)
    happy = [chance.uniform(0.2, 0.9) for _month in spans]
    answers = [
        Answer(
            key=f"{month}-{one}",
            score=10 if one < 40 * share else 5,
            at=datetime(month.year, month.month, 1 + one * 7 % 28, 12, tzinfo=UTC),
            properties=dict([segment] if segment else []),
        )
        for month, share in zip(spans, happy, strict=True)
        for one in range(40)
    ]
    await company.take(answers)
    figures = [
        Figure(
            name="revenue",
            month=month,
            amount=1000 * (happy[max(at - LAG, 0)] if linked else chance.random()) + chance.random(),
        )
        for at, month in enumerate(spans)
    ]
    async with company.database.begin() as session:
        await nps_figures.take_in(session, WORKSPACE, figures)
        await nps_figures.take_in(session, WORKSPACE, figures[-3:])


def words(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False)


async def test_a_link_is_said_with_its_delay_and_its_doubt(empty: Company) -> None:
    await told(empty, 36, linked=True)
    payload = await empty.ask("worth revenue")
    assert_valid(payload, "message")
    assert "A higher NPS goes together with more revenue 2 months later." in payload["text"]
    assert "only hints" in payload["text"]
    assert "need not cause" in words(payload)
    chart = next(block for block in payload["blocks"] if block["type"] == CHART)
    assert [line["name"] for line in chart["chart"]["series"]] == ["NPS", "revenue, 2 months on"]
    assert payload == await empty.ask("what is a point worth in revenue"), "the same answer every time"


async def test_where_there_is_no_link_none_is_said(empty: Company) -> None:
    await told(empty, 36, linked=False)
    assert "No link between NPS and revenue can be seen." in (await empty.ask("worth revenue"))["text"]


async def test_too_early_is_an_answer(empty: Company) -> None:
    await told(empty, 10, linked=True)
    payload = await empty.ask("worth")
    assert "Too early to say: 14 more months of both are needed." in payload["text"]
    assert_valid(payload, "message")


async def test_which_figure_is_asked_where_there_are_several(empty: Company) -> None:
    await told(empty, 2, linked=True)
    async with empty.database.begin() as session:
        await nps_figures.take_in(session, WORKSPACE, [Figure(name="churn", month=months(1)[0], amount=2.0)])
    payload = await empty.ask("worth")
    assert_valid(payload, "message")
    assert [one["action_id"] for one in payload["blocks"][1]["elements"]] == [
        f"{ids.NPS_ASK}:0",
        f"{ids.NPS_ASK}:1",
    ]
    assert "Too early" in (await empty.ask(payload["blocks"][1]["elements"][0]["value"]))["text"]


async def test_without_figures_the_next_step_is_said(company: Company) -> None:
    assert "firsthand nps figures import FILE" in (await company.ask("worth revenue"))["text"]


def test_a_file_of_figures_is_read(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        "month,figure,amount,property,value\n2026-03,revenue,12.5,,\n2026-03-01,revenue,3,plan,SMB\n"
    )
    assert read(file) == [
        Figure(name="revenue", month=date(2026, 3, 1), amount=12.5),
        Figure(name="revenue", month=date(2026, 3, 1), amount=3.0, segment=("plan", "SMB")),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("month,amount\n2026-03,1\n", "missing: figure"),
        ("month,figure,amount\n2026-13,revenue,1\n", "row 2: the month is written 2026-03"),
        ("month,figure,amount\n2026-03,revenue,nan\n", "the amount is a number"),
        ("month,figure,amount\n2026-03,,1\n", "needs a name"),
        ("month,figure,amount,property,value\n2026-03,revenue,1,plan,\n", "both its property and its value"),
        ("month,figure,amount\n2026-03,revenue\n", "the amount is a number"),
        ("month,figure,amount\n", "no rows"),
        ("", "missing: month, figure, amount"),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(text)
    with pytest.raises(UserError, match=said):
        read(file)
