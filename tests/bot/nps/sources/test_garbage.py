"""What a survey tool tells that cannot be true, or cannot be kept, stops nothing else, and is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.nps.sources.asknicely import asknicely
from bot.nps.sources.formbricks import formbricks
from bot.nps.sources.hubspot import hubspot
from bot.nps.sources.pulling import LONGEST_WISH
from bot.nps.sources.tools import Page, SurveyTool, not_ahead
from bot.nps.sources.typeform import typeform
from bot.nps.sources.usable import usable
from storage.nps_answers import Answer
from tests.bot.nps.sources.conftest import Bench
from tests.bot.nps.sources.server import Answers
from tests.bot.nps.sources.test_tools import formbricks_row, typeform_row
from tests.conftest import NOW

NEXT_YEAR = (NOW + timedelta(days=365)).isoformat()


def answer(**more: Any) -> Answer:
    return replace(Answer(key="a", score=9, at=NOW), **more)


async def test_half_characters_and_next_year_are_taken_out_and_the_rest_is_kept(bench: Bench) -> None:
    odd = typeform_row(1, 9) | {"hidden": {"pl\x00an": "Fi\ud800rm", " ": "nothing"}, "token": "t\x001"}
    late = typeform_row(2, 3) | {"submitted_at": NEXT_YEAR}
    async with bench.tool(
        "typeform", lambda _asked: Answers(body={"items": [odd, late]}), form="abc"
    ) as tool:
        pulled = await tool.pull()
        assert (pulled.trouble, pulled.taken.new, pulled.left_out) == ("", 1, 1)
        assert (await tool.source()).cursor["since"] <= NOW.isoformat()


def test_what_is_kept_of_an_answer() -> None:
    told = [
        answer(properties={'the "plan"\x00': "Sa\u0303o\n\u202ePaulo", "": "x"}, person_key="\ud800p"),
        answer(key="\x00"),
        answer(key="k" * 201),
        answer(at=NOW.replace(year=1)),
    ]
    page = usable(Page(answers=told, left_out=1), NOW)
    (kept,) = page.answers
    assert (kept.properties, kept.person_key, page.left_out) == ({"the plan": "São Paulo"}, "?p", 4)


@pytest.mark.parametrize(
    ("tool", "settings", "told"),
    [
        (typeform, {"form": "a", "score": "", "comment": ""}, {"items": []}),
        (formbricks, {"survey": "s1", "score": "q-score", "comment": ""}, {"data": []}),
        (
            formbricks,
            {"survey": "s1", "score": "q-score", "comment": ""},
            {"data": [formbricks_row(1, 9, 0, updatedAt=NEXT_YEAR)]},
        ),
    ],
)
async def test_no_pull_begins_after_now(tool: SurveyTool, settings: dict[str, str], told: object) -> None:
    async def get(_path: str, _params: object) -> object:
        return told

    page = await tool.page(get, settings, {"since": NEXT_YEAR}, NOW)
    assert page.cursor["since"] <= NOW.isoformat()


async def test_no_pull_begins_after_now_where_seconds_are_counted() -> None:
    async def get(_path: str, _params: object) -> object:
        row = {"response_id": "1", "answer": "9", "responded": str(int(NOW.timestamp()) + 10**8)}
        return {"data": [row]}

    page = await asknicely.page(get, {}, {}, NOW)
    assert page.cursor["since"] <= NOW.timestamp()
    assert not_ahead("", NOW, timedelta(days=1)) == ""


async def test_a_sign_that_only_looks_like_a_digit_is_no_score_and_stops_no_page() -> None:
    async def get(_path: str, _params: object) -> object:
        told = {"hs_value": "²", "hs_survey_type": "NPS", "hs_submission_timestamp": "²"}
        return {"results": [{"id": "1", "properties": told}]}

    assert (await hubspot.page(get, {"properties": ""}, {}, NOW)).left_out == 1


async def test_a_wish_for_years_of_rest_and_a_shape_that_nobody_knows_are_said(bench: Bench) -> None:
    replies = [
        Answers(status=429, headers={"retry-after": "9" * 400}, body={}),
        Answers(body={"items": [typeform_row(1, 9) | {"answers": [{"field": ["a list"]}]}]}),
    ]
    async with bench.tool("typeform", lambda _asked: replies.pop(0), form="abc") as tool:
        assert "asked less often" in (await tool.pull()).trouble
        assert (await tool.source()).due_at == NOW + LONGEST_WISH
        assert "does not know" in (await tool.pull()).trouble
        assert "does not know" in (await tool.source()).trouble
