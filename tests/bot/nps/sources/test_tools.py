"""Each survey tool as its documentation says it answers: pages, overlap, what comes twice, what changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.nps.sources.tools import known_tools
from tests.bot.nps.sources.conftest import Bench
from tests.bot.nps.sources.server import Answers, Asked

START = datetime(2026, 11, 1, tzinfo=UTC)


def test_the_tools_that_ship_are_found() -> None:
    assert list(known_tools()) == [
        "asknicely", "formbricks", "hubspot", "retently", "surveymonkey", "typeform",
    ]  # fmt: skip


def formbricks_row(number: int, score: object, minute: int, **more: Any) -> dict[str, Any]:
    at = (START + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")
    return {
        "id": f"r{number}",
        "createdAt": at,
        "updatedAt": at,
        "finished": True,
        "contactId": f"c{number}",
        "data": {"q-score": score, "q-why": "Because."},
        "contactAttributes": {"plan": "Firm", "email": f"p{number}@example.com"},
        **more,
    }


class FormbricksServer:
    """Orders by `updatedAt`, cuts by `startDate`, `skip` and `limit`; may change between two pages."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.between: Callable[[], object] = list

    def __call__(self, asked: Asked) -> Answers:
        if asked.headers.get("x-api-key") != "the key":
            return Answers(status=401, body={})
        assert asked.path == "/api/v2/management/responses"
        assert (asked.query["surveyId"], asked.query["sortBy"], asked.query["order"]) == (
            "s1",
            "updatedAt",
            "asc",
        )
        since = asked.query.get("startDate")
        fitting = sorted(
            (
                row
                for row in self.rows
                if not since or datetime.fromisoformat(row["updatedAt"]) >= datetime.fromisoformat(since)
            ),
            key=lambda row: str(row["updatedAt"]),
        )
        skip = int(asked.query["skip"])
        page = fitting[skip : skip + int(asked.query["limit"])]
        self.between()
        return Answers(body={"data": page, "meta": {"total": len(fitting)}})


async def test_formbricks_page_by_page_though_rows_move_between_pages(bench: Bench) -> None:
    rows = [formbricks_row(number, 9, number) for number in range(600)]
    rows[7]["finished"] = False
    rows[8]["data"]["q-score"] = 11
    handler = FormbricksServer(rows)

    def change() -> None:
        rows[0]["updatedAt"] = (START + timedelta(minutes=700)).isoformat()
        rows[0]["data"]["q-score"] = 2

    handler.between = change
    settings = {"survey": "s1", "score": "q-score", "comment": "q-why"}
    async with bench.tool("formbricks", handler, **settings) as tool:
        pulled = await tool.pull()
        assert (pulled.trouble, pulled.taken.new) == ("", 598)
        total = await tool.total()
        assert (total.promoters, total.detractors) == (597, 1)
        before = len(tool.server.asked)
        rows.append(formbricks_row(900, 0, 699))
        again = await tool.pull()
        assert (again.taken.new, len(tool.server.asked) - before) == (1, 1)
        assert await tool.comments() == ["Because."] * 5


async def test_formbricks_with_more_of_one_moment_than_fit_a_page(bench: Bench) -> None:
    handler = FormbricksServer([formbricks_row(number, 9, 5) for number in range(700)])
    async with bench.tool("formbricks", handler, survey="s1", score="q-score") as tool:
        assert (await tool.pull()).taken.new == 700


def typeform_row(number: int, score: int, **more: Any) -> dict[str, Any]:
    at = (START + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    question = {"id": "f1", "ref": "nps", "type": "nps"}
    return {
        "token": f"t{number:05}",
        "submitted_at": at,
        "landed_at": at,
        "hidden": {"plan": "Solo"},
        "answers": [
            {"type": "number", "number": score, "field": question},
            {"type": "text", "text": "Nice.", "field": {"id": "f2", "ref": "why", "type": "long_text"}},
            {"type": "email", "email": "a@example.com", "field": {"id": "f3", "ref": "m", "type": "email"}},
        ],
        **more,
    }


class TypeformServer:
    """The newest first, `since` inclusive, older ones with `before`; may lose its connection."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.drop_at: set[int] = set()
        self.asked = 0

    def __call__(self, asked: Asked) -> Answers:
        self.asked += 1
        if asked.headers.get("authorization") != "Bearer the key":
            return Answers(status=403, body={})
        assert asked.path == "/forms/abc/responses"
        newest_first = sorted(self.rows, key=lambda row: str(row["token"]), reverse=True)
        since = asked.query.get("since")
        fitting = [row for row in newest_first if not since or _at(row) >= datetime.fromisoformat(since)]
        if before := asked.query.get("before"):
            fitting = [row for row in fitting if str(row["token"]) < before]
        page = fitting[: int(asked.query["page_size"])]
        return Answers(body={"total_items": len(fitting), "items": page}, dropped=self.asked in self.drop_at)


def _at(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["submitted_at"])


async def test_typeform_towards_older_ones_while_new_ones_come(bench: Bench) -> None:
    handler = TypeformServer([typeform_row(number, 9) for number in range(2300)])
    handler.drop_at = {2}
    async with bench.tool("typeform", handler, form="abc") as tool:
        pulled = await tool.pull()
        assert (pulled.trouble, pulled.taken.new, pulled.pages) == ("", 2300, 3)
        handler.rows += [typeform_row(2290, 3, token="t02290b"), typeform_row(2400, 0)]
        again = await tool.pull()
        assert again.taken.new == 2
        assert again.taken.same < 200
        assert (await tool.total()).detractors == 2


async def test_typeform_leaves_out_what_is_no_score(bench: Bench) -> None:
    other = typeform_row(
        2, 9, answers=[{"type": "text", "text": "x", "field": {"id": "f2", "type": "short_text"}}]
    )
    handler = TypeformServer([typeform_row(1, 9), other, typeform_row(3, 9, answers=None)])
    async with bench.tool("typeform", handler, form="abc", score="nps") as tool:
        pulled = await tool.pull()
        assert (pulled.taken.new, pulled.left_out) == (1, 2)


class HubSpotServer:
    """In the order of ids, `after` the last one seen; rows are added at the end."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.scores: dict[int, str] = {}

    def __call__(self, asked: Asked) -> Answers:
        assert asked.path == "/crm/objects/2026-03/feedback_submissions"
        assert {"hs_value", "hs_survey_type", "hs_survey_name"} <= set(asked.query["properties"].split(","))
        first = int(asked.query.get("after", "0")) + 1
        last = min(self.count, first + int(asked.query["limit"]) - 1)
        rows = [self._row(number) for number in range(first, last + 1)]
        paging = {"paging": {"next": {"after": str(last)}}} if last < self.count else {}
        return Answers(body={"results": rows, **paging})

    def _row(self, number: int) -> dict[str, Any]:
        properties = {
            "hs_value": self.scores.get(number, "9"),
            "hs_content": "Good." if number % 2 else None,
            "hs_survey_type": "CSAT" if number % 10 == 0 else "NPS",
            "hs_submission_timestamp": (START + timedelta(minutes=number)).isoformat(),
            "hs_contact_id": str(number),
            "hs_survey_name": "After a visit",
        }
        return {"id": str(number), "properties": properties}


async def test_hubspot_goes_on_with_its_last_page_and_reads_all_again_in_a_week(bench: Bench) -> None:
    handler = HubSpotServer(250)
    async with bench.tool("hubspot", handler) as tool:
        pulled = await tool.pull()
        assert (pulled.taken.new, pulled.left_out, pulled.pages) == (225, 25, 3)
        handler.count = 255
        again = await tool.pull()
        assert (again.taken.new, again.pages) == (5, 1)
        handler.scores[1] = "0"
        tool.clock.advance(timedelta(days=8))
        anew = await tool.pull()
        assert (anew.taken.new, anew.taken.changed, anew.pages) == (0, 1, 3)
        assert (await tool.total()).detractors == 1
