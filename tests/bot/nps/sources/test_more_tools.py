"""Retently, AskNicely and SurveyMonkey as their documentation says they answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.bot.nps.sources.conftest import Bench
from tests.bot.nps.sources.server import Answers, Asked

START = datetime(2026, 11, 1, tzinfo=UTC)


def stamp(minute: int) -> str:
    return (START + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")


def retently_row(number: int, score: object = 9, **more: Any) -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "customerId": f"c{number}",
        "email": f"p{number}@example.com",
        "firstName": "Nia",
        "companyName": "Marrow & Vine",
        "campaignId": "k1",
        "createdDate": stamp(number),
        "score": score,
        "comment": "It just works.",
        "tags": ["a"],
        "customProps": [{"label": "Plan", "type": "string", "value": "Firm"}],
        "metricsType": "nps",
        "isBogus": False,
        **more,
    }


class RetentlyServer:
    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def __call__(self, asked: Asked) -> Answers:
        if asked.headers.get("authorization") != "api_key=the key":
            return Answers(status=401, body={"message": "Unauthorized"})
        assert (asked.path, asked.query["sort"]) == ("/api/v2/feedback", "createdDate")
        size, page = int(asked.query["limit"]), int(asked.query["page"])
        since = asked.query.get("startDate", "")
        fitting = [
            one
            for one in self.rows
            if not since or datetime.fromisoformat(one["createdDate"]) >= datetime.fromisoformat(since)
        ]
        told = {"responses": fitting[(page - 1) * size : page * size], "page": page, "total": len(fitting)}
        return Answers(body={"message": "Success.", "code": 200, "data": told})


async def test_retently_page_by_page_without_what_is_no_nps(bench: Bench) -> None:
    handler = RetentlyServer([retently_row(number) for number in range(1500)])
    handler.rows[3]["metricsType"] = "csat"
    handler.rows[4]["isBogus"] = True
    handler.rows[5]["score"] = None
    async with bench.tool("retently", handler) as tool:
        pulled = await tool.pull()
        assert (pulled.trouble, pulled.taken.new, pulled.left_out) == ("", 1497, 3)
        handler.rows[1499]["comment"] = "It stopped working."
        handler.rows.append(retently_row(1500, 2))
        again = await tool.pull()
        assert (again.taken.new, again.taken.changed) == (1, 1)
        total = await tool.total()
        assert (total.promoters, total.detractors) == (1497, 1)
        assert "It stopped working." in await tool.comments()


async def test_retently_of_one_campaign(bench: Bench) -> None:
    rows = [retently_row(1), retently_row(2, campaignId="k2")]
    async with bench.tool("retently", RetentlyServer(rows), campaign="k2") as tool:
        assert (await tool.pull()).taken.new == 1


async def test_retently_with_a_key_that_it_refuses(bench: Bench) -> None:
    async with bench.tool("retently", lambda _: Answers(status=401, body={})) as tool:
        assert "refuses the key" in (await tool.pull()).trouble


def asknicely_row(number: int, answer: str = "9", **more: str) -> dict[str, Any]:
    return {
        "response_id": str(number),
        "person_id": str(10_000 + number),
        "name": "Nia Prothero",
        "email": f"p{number}@example.com",
        "answer": answer,
        "comment": "It just works.",
        "responded": str(int((START + timedelta(minutes=number)).timestamp())),
        "sent": "0",
        "segment": "Surgeries",
        "question_type": "nps",
        **more,
    }


class AskNicelyServer:
    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def __call__(self, asked: Asked) -> Answers:
        assert asked.headers.get("x-apikey") == "the key"
        *_, order, size, page, since, form = asked.path.split("/")
        assert (order, form) == ("asc", "json")
        assert int(size) <= 999, "more rows are redirected"
        fitting = [one for one in self.rows if int(one["responded"]) >= int(since)]
        begin = (int(page) - 1) * int(size)
        return Answers(body={"success": True, "data": fitting[begin : begin + int(size)]})


async def test_asknicely_where_everything_is_a_string(bench: Bench) -> None:
    handler = AskNicelyServer([asknicely_row(number) for number in range(1200)])
    handler.rows[2]["question_type"] = "csat"
    handler.rows[3]["answer"] = ""
    handler.rows[4]["answer"] = "0"
    async with bench.tool("asknicely", handler) as tool:
        pulled = await tool.pull()
        assert (pulled.trouble, pulled.taken.new, pulled.left_out) == ("", 1198, 2)
        total = await tool.total()
        assert (total.promoters, total.detractors) == (1197, 1)
        handler.rows.append(asknicely_row(1200, "10"))
        again = await tool.pull()
        assert again.taken.new == 1


async def test_asknicely_with_a_time_that_is_none(bench: Bench) -> None:
    handler = AskNicelyServer([asknicely_row(1)])
    handler.rows[0]["responded"] = "0soon"
    body = {"data": handler.rows}
    async with bench.tool("asknicely", lambda _: Answers(body=body)) as tool:
        assert "“0soon” is no time" in (await tool.pull()).trouble


DETAILS = {
    "pages": [
        {
            "questions": [
                {"id": "q0", "answers": {"choices": [{"id": "x", "position": 1, "text": "Yes"}]}},
                {"id": "q2", "family": "open_ended"},
                {
                    "id": "q1",
                    "family": "matrix",
                    "answers": {
                        "rows": [{"id": "row"}],
                        "choices": [
                            {"id": f"c{score}", "position": score + 1, "text": str(score)}
                            for score in reversed(range(11))
                        ],
                    },
                },
            ]
        }
    ]
}


def surveymonkey_row(number: int, score: int = 9) -> dict[str, Any]:
    return {
        "id": str(number),
        "response_status": "completed",
        "date_created": stamp(number),
        "date_modified": stamp(number),
        "custom_variables": {"plan": "Firm"},
        "metadata": {"contact": {"email": {"type": "string", "value": f"p{number}@example.com"}}},
        "pages": [
            {
                "id": "p1",
                "questions": [
                    {"id": "q1", "answers": [{"row_id": "row", "choice_id": f"c{score}"}]},
                    {"id": "q2", "answers": [{"text": " It just works. "}]},
                ],
            }
        ],
    }


class SurveyMonkeyServer:
    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows, self.details, self.read = rows, DETAILS, 0

    def __call__(self, asked: Asked) -> Answers:
        assert asked.headers.get("authorization") == "Bearer the key"
        if asked.path == "/v3/surveys/s1/details":
            self.read += 1
            return Answers(body=self.details)
        assert asked.path == "/v3/surveys/s1/responses/bulk"
        since = asked.query.get("start_modified_at", "")
        ordered = sorted(self.rows, key=lambda one: str(one["date_modified"]))
        fitting = [one for one in ordered if str(one["date_modified"])[:19] >= since]
        size, page = int(asked.query["per_page"]), int(asked.query["page"])
        assert size <= 100
        return Answers(body={"data": fitting[(page - 1) * size : page * size], "total": len(fitting)})


async def test_surveymonkey_whose_scores_are_ids_of_choices(bench: Bench) -> None:
    handler = SurveyMonkeyServer([surveymonkey_row(number) for number in range(250)])
    handler.rows[9]["pages"] = []
    handler.rows[10] = surveymonkey_row(10, 0)
    async with bench.tool("surveymonkey", handler, survey="s1") as tool:
        pulled = await tool.pull()
        assert (pulled.trouble, pulled.taken.new) == ("", 249)
        assert handler.read == 1, "the survey is read once a pull"
        total = await tool.total()
        assert (total.promoters, total.detractors) == (248, 1)
        assert await tool.comments() == ["It just works."] * 5
        handler.rows[10] = surveymonkey_row(10, 10) | {"date_modified": stamp(400)}
        assert (await tool.pull()).taken.changed == 1
        assert (await tool.total()).detractors == 0


async def test_a_surveymonkey_survey_without_a_score_says_so(bench: Bench) -> None:
    handler = SurveyMonkeyServer([surveymonkey_row(1)])
    async with bench.tool("surveymonkey", handler, survey="s1", score="q0") as tool:
        assert "eleven choices" in (await tool.pull()).trouble
