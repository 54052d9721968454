"""What the tools' own exports are taken for, and what has to be asked."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from bot.accounts.amounts import amount_in
from bot.nps.importing.guessing import Guess, guess
from bot.nps.importing.mapping import Mapping, check
from bot.nps.importing.moments import Order
from bot.nps.importing.opening import open_table
from stories.errors import UserError
from tests.bot.nps.importing.tables import (
    DELIGHTED,
    DELIGHTED_LISTING,
    SURVEYMONKEY,
    SURVEYMONKEY_EARLIER,
    TYPEFORM,
    TYPEFORM_EARLIER,
)

UTC = ZoneInfo("UTC")
NAIVE = datetime.fromisoformat("2025-03-04T10:00:00")


def guessed(path: Path, text: str | bytes, **given: str) -> Guess:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    told = Mapping(score=given.get("score", ""), at=given.get("at", ""))
    return guess(open_table(path), zone=UTC, given=told)


def test_delighteds_export_as_it_is(tmp_path: Path) -> None:
    found = guessed(tmp_path / "delighted.csv", DELIGHTED)
    assert found.open == ()
    mapping = found.mapping
    assert (mapping.score, mapping.at, mapping.key) == ("Score", "Created at", "Response ID")
    assert (mapping.person, mapping.comment) == ("Person email", "Comment")
    assert dict(mapping.properties) == {
        "Survey type": "Survey type",
        "Plan": "Plan",
        "Region": "Region",
        "Tags": "Tags",
    }
    assert {"Person name", "Person ID", "Updated at"} <= set(found.left_out)


def test_surveymonkeys_export_with_its_two_rows_of_headers(tmp_path: Path) -> None:
    found = guessed(tmp_path / "monkey.csv", SURVEYMONKEY)
    assert found.open == ()
    mapping = found.mapping
    assert mapping.score == "How likely is it that you would recommend us to a friend?"
    assert (mapping.at, mapping.key, mapping.person) == ("End Date", "Respondent ID", "Email Address")
    assert mapping.comment == "What is the reason for your score?"
    assert mapping.order is Order.MONTH_FIRST
    assert dict(mapping.properties) == {"Collector ID": "Collector ID", "Plan": "Plan"}


def test_typeforms_export(tmp_path: Path) -> None:
    mapping = guessed(tmp_path / "typeform.csv", TYPEFORM).mapping
    assert (mapping.score, mapping.at) == ("How likely are you to recommend us?", "Submit Date (UTC)")
    assert mapping.key == "#"
    assert "plan" in dict(mapping.properties)


def test_the_layouts_that_these_tools_had_before(tmp_path: Path) -> None:
    monkey = guessed(tmp_path / "monkey.csv", SURVEYMONKEY_EARLIER)
    assert (monkey.open, monkey.mapping.order) == ((), Order.MONTH_FIRST)
    assert monkey.mapping.score == "How likely is it that you would recommend us?"
    assert (monkey.mapping.at, monkey.mapping.key) == ("EndDate", "RespondentID")
    typeform = guessed(tmp_path / "typeform.csv", TYPEFORM_EARLIER).mapping
    assert (typeform.at, typeform.key) == ("Submit Date (UTC)", "#")
    assert typeform.comment == "What could be better?"


def test_what_delighteds_interface_lists(tmp_path: Path) -> None:
    found = guessed(tmp_path / "listing.json", json.dumps(DELIGHTED_LISTING))
    assert found.open == ()
    mapping = found.mapping
    assert (mapping.score, mapping.at, mapping.key) == ("score", "created_at", "id")
    assert (mapping.person, mapping.comment) == ("person.email", "comment")
    assert dict(mapping.properties)["person_properties.country"] == "country"
    plain = [{**row, "person": f"9{row['id']}"} for row in DELIGHTED_LISTING]
    assert guessed(tmp_path / "plain.json", json.dumps(plain)).mapping.person == "person"


def test_days_that_can_be_read_in_two_ways_are_left_open(tmp_path: Path) -> None:
    found = guessed(tmp_path / "a.csv", "score;date\n9;03/04/2025\n8;05/06/2025\n")
    assert (found.open, found.unclear) == (("order",), "03/04/2025")
    assert guessed(tmp_path / "b.csv", "score;date\n9;03/04/2025\n8;25/06/2025\n").open == ()


def test_two_columns_that_could_be_the_score_are_left_open(tmp_path: Path) -> None:
    text = "service score,product score,date\n9,8,2025-03-04\n"
    assert guessed(tmp_path / "a.csv", text).open == ("score",)
    assert guessed(tmp_path / "a.csv", text, score="product score").mapping.score == "product score"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,town\nJoan,Leeds\n", "scores from 0 to 10"),
        ("score,town\n9,Leeds\n", "holds dates"),
        ("score,date\n", "no rows below"),
        ("\n\n", "is empty"),
    ],
)
def test_a_table_without_answers_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        guessed(tmp_path / "a.csv", text)


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UserError, match=r"no column “nps”.*score, date"):
        check(Mapping(score="nps", at="date"), ("score", "date"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("score;date;plan\n9;2025-03-04;Größe\n".encode("cp1252"), "cp1252"),
        ("score\tdate\tplan\n9\t2025-03-04\tGröße\n".encode("utf-16"), "utf-16"),
        ("\ufeffscore,date,plan\n9,2025-03-04,Größe\n".encode(), "utf-8-sig"),
        ("score|date|plan\n9|2025-03-04|Größe\n".encode(), "utf-8"),
    ],
)
def test_encodings_and_separators_are_found_out(tmp_path: Path, text: bytes, told: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text)
    table = open_table(path)
    assert table.columns == ("score", "date", "plan")
    assert told in table.told
    assert [row.cells for row in table.rows()] == [("9", "2025-03-04", "Größe")]


def test_json_in_its_three_shapes(tmp_path: Path) -> None:
    rows = [
        {"id": number, "score": 9, "at": "2025-03-04", "person": {"plan": "Firm"}} for number in range(3000)
    ]
    shapes = {
        "a.json": json.dumps(rows),
        "b.json": json.dumps({"data": rows, "next": None}),
        "c.ndjson": "\n".join(map(json.dumps, rows)),
    }
    for name, text in shapes.items():
        found = guessed(tmp_path / name, text)
        assert (found.mapping.score, found.mapping.key) == ("score", "id")
        assert dict(found.mapping.properties) == {"person.plan": "plan"}
        assert sum(1 for _row in open_table(tmp_path / name).rows()) == 3000
    with pytest.raises(UserError, match="no JSON"):
        list(guessed(tmp_path / "d.json", '[{"score": 9, "at": "2025-03-04"}, {"sco').shown)


def test_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["NPS score", "Answered", "Plan"])
    sheet.append([9.0, NAIVE, "Firm"])
    sheet.append([8.5, NAIVE.replace(day=5, hour=0), 1250.5 / 4])
    book.save(tmp_path / "a.xlsx")
    table = open_table(tmp_path / "a.xlsx")
    assert [row.cells for row in table.rows()] == [
        ("9", "2025-03-04T10:00:00", "Firm"),
        ("8.5", "2025-03-05", "312.6250"),
    ]
    assert amount_in("312.6250") == "312.6250", "an amount of a workbook is no thousand times as much"


def test_what_only_pretends_to_be_a_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(UserError, match="no Excel workbook"):
        open_table(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 11_000_000)
    with pytest.raises(UserError, match="unpacks to far more"):
        open_table(tmp_path / "b.xlsx")
    (tmp_path / "c.xlsx").write_bytes(b"")
    with pytest.raises(UserError, match="is empty"):
        open_table(tmp_path / "c.xlsx")
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    with pytest.raises(UserError, match="no table"):
        open_table(tmp_path / "d.pdf")
