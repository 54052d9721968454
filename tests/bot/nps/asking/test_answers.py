"""What people ask about NPS, and the messages that answer them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bot import ids
from bot.messages.charts import CHART, has_chart, without_chart
from tests.blockkit import assert_valid
from tests.bot.nps.asking.conftest import Company, year

SMALL = re.compile(r"(?<![\d,.])[1-4] answers?\b")
QUESTIONS = (
    "",
    "enterprise last quarter",
    "enterprise vs smb this year",
    "smb vs everyone",
    "by plan since march",
    "by region",
    "by region enterprise last month",
    "nordics",
    "nordics enterprise last quarter",
    "detractors last month",
    "trend 12 months",
    "trend nordics 12 months weekly",
    "enterpreneurs last week",
    "worth",
    "help",
)


def words_of(payload: Any) -> str:
    """Every text of a message as one."""
    return json.dumps(payload, ensure_ascii=False)


def control(payload: dict[str, Any], action_id: str) -> dict[str, Any] | None:
    """The select or button of that id."""
    rows = (block["elements"] for block in payload["blocks"] if block["type"] == "actions")
    return next((one for row in rows for one in row if one["action_id"] == action_id), None)


@pytest.mark.parametrize("working", [False, True])
async def test_slack_takes_every_answer_and_none_tells_of_a_small_group(
    company: Company, working: bool
) -> None:
    for question in QUESTIONS:
        payload = await company.ask(question, working=working)
        assert_valid(payload, "message")
        assert payload["text"]
        assert not SMALL.search(words_of(payload)), question


async def test_the_first_screen_is_a_score_a_change_a_sentence_and_one_voice(company: Company) -> None:
    payload = await company.ask("enterprise last quarter")
    kinds = [block["type"] for block in payload["blocks"]]
    assert kinds == ["header", "context", "section", "rich_text", "context", "actions", "actions", "context"]
    assert re.fullmatch(r"Enterprise: NPS \+\d+ ± \d+", payload["blocks"][0]["text"]["text"])
    assert "1 July 2026 to 30 September 2026" in payload["text"]
    assert re.search(r"on the period before \(\+\d+ ± \d+\): no more than noise", words_of(payload))
    assert re.search(r"Of 100 people, \d+ would recommend us warmly and \d+ would not", words_of(payload))
    assert "Yearly survey" in words_of(payload)
    assert "I understood: `Enterprise last quarter`" in words_of(payload)


async def test_the_working_shows_shares_a_chart_more_voices_and_how_many_it_takes(company: Company) -> None:
    payload = await company.ask("enterprise last quarter", working=True)
    said = words_of(payload)
    assert re.search(r"\d+ % promoters · \d+ % passives · \d+ % detractors", said)
    assert "each period needs about" in said
    assert sum(block["type"] == "rich_text" for block in payload["blocks"]) > 1
    chart = next(block for block in payload["blocks"] if block["type"] == CHART)
    assert [line["name"] for line in chart["chart"]["series"]] == ["high", "score", "low"]
    for label in chart["chart"]["axis_config"]["categories"]:
        assert f"{label}: " in payload["text"], "the words carry the chart's facts"


async def test_a_chart_that_slack_does_not_know_is_told_in_words(company: Company) -> None:
    payload = await company.ask("trend 12 months")
    plain = without_chart(payload)
    assert has_chart(payload)
    assert not has_chart(plain)
    assert_valid(plain, "message")
    assert "Dec ’25" in words_of(plain["blocks"])


async def test_a_breakdown_hides_the_small_and_the_one_that_would_give_it_away(company: Company) -> None:
    payload = await company.ask("by region enterprise last quarter")
    table = next(block for block in payload["blocks"] if block["type"] == "table")
    shown = {row[0]["text"]: row[1]["text"] for row in table["rows"][1:]}
    assert shown["Nordics"] == "not shown"
    assert shown["APAC"] == "not shown", "the whole less EMEA and APAC would tell of the Nordics"
    assert shown["everybody else"] == "+55 ± 22", "both of them together"


async def test_every_choice_leads_to_an_answer_that_says_it_back(company: Company) -> None:
    payload = await company.ask("enterprise last quarter")
    for action in (ids.NPS_PERIOD, ids.NPS_SEGMENT):
        select = control(payload, action)
        assert select is not None
        for option in select["options"]:
            again = await company.ask(option["value"])
            other = control(again, action)
            assert other is not None, option
            assert other["initial_option"] == option


async def test_unknown_words_come_with_buttons_that_ask_what_was_meant(company: Company) -> None:
    payload = await company.ask("enterpreneurs last quarter")
    assert "enterpreneurs" in payload["text"]
    button = control(payload, f"{ids.NPS_ASK}:0")
    assert button is not None
    assert button["text"]["text"] == "Enterprise"
    assert (await company.ask(button["value"]))["text"] == (await company.ask("enterprise last quarter"))[
        "text"
    ]
    without = control(payload, f"{ids.NPS_ASK}:without")
    assert without is not None
    assert (await company.ask(without["value"]))["text"] == (await company.ask("last quarter"))["text"]


async def test_comments_stay_silent_until_their_source_may_speak(company: Company) -> None:
    await company.share_comments(shared=False)
    for question in ("", "detractors last month", "by plan"):
        payload = await company.ask(question, working=True)
        assert "rich_text" not in {block["type"] for block in payload["blocks"]}
    assert "until an admin says" in words_of(await company.ask("detractors last month"))


async def test_what_customers_wrote_is_quoted_and_never_obeyed(company: Company) -> None:
    payload = await company.ask("comments last month", working=True)
    assert "<!channel>" not in words_of([b for b in payload["blocks"] if b["type"] != "rich_text"])
    payload = await company.ask("<!channel> <https://evil.example|x> `*_~ \u202e last week")
    assert_valid(payload, "message")
    assert "<!channel>" not in payload["text"]
    assert "<https" not in words_of([b["text"] for b in payload["blocks"] if b["type"] == "section"])


async def test_no_words_are_too_strange(company: Company) -> None:
    for typed in ("x" * 5000, "by by by vs vs", '"', "plan:", "\x00", "1 to 2", "🦊" * 200):
        assert_valid(await company.ask(typed), "message")


async def test_nobody_answered_yet_and_the_next_step_is_said(empty: Company) -> None:
    payload = await empty.ask("enterprise last quarter")
    assert "firsthand nps import FILE" in payload["text"]
    assert_valid(payload, "message")
    assert "no answers yet" in words_of(await empty.ask("help"))


async def test_in_private_nothing_offers_a_channel(company: Company) -> None:
    payload = await company.ask("enterprise", in_channel=False)
    assert control(payload, ids.NPS_WORKING)
    assert control(payload, ids.NPS_SHARE) is None
    assert control(payload, ids.NPS_FOLLOW) is None


async def test_more_than_two_segments_are_counted_one_by_one_and_labelled(empty: Company) -> None:
    answers = year(a_day=12, days=200)
    size = ("large", "small")
    await empty.take(
        [
            replace(answer, properties={**answer.properties, "size": size[number % 2]})
            for number, answer in enumerate(answers)
        ]
    )
    payload = await empty.ask("enterprise emea large last quarter")
    assert "counted from the answers one by one" in words_of(payload)
    assert "too few" not in payload["text"].lower()
    tiny = await empty.ask("enterprise nordics large last quarter")
    assert "too few answers" in tiny["text"]
    broken = await empty.ask("by size enterprise emea last quarter")
    assert_valid(broken, "message")
    assert "large: " in broken["text"]
