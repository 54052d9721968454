"""`firsthand nps import`: shown, confirmed, taken in once, refused row by row, gone on with after a kill."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.nps.importing import command
from bot.nps.importing.intake import Batch, Tally, keep
from storage.nps_imports import Import
from tests.bot.nps.importing.conftest import Import as Run
from tests.bot.nps.importing.tables import DELIGHTED, SURVEYMONKEY


def rows(tmp_path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(tmp_path / "firsthand.sqlite3") as connection:
        return connection.execute(query).fetchall()


def test_delighteds_export_goes_in_and_bad_rows_say_why(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "delighted.csv").write_text(DELIGHTED)
    result = run_nps("import", "delighted.csv", "--yes")
    assert result.exit_code == 0, result.output
    assert "2 new answers" in result.output
    assert "4 refused" in result.output
    assert "a segment: Plan" in result.output
    with (tmp_path / "delighted.csv.refused.csv").open() as file:
        refused = list(csv.DictReader(file))
    assert [(row["row"], row["column"], row["value"]) for row in refused] == [
        ("5", "Score", "11"),
        ("6", "Score", "8.5"),
        ("7", "Score", "ten"),
        ("8", "Created at", "2025-02-30 09:00:00 UTC"),
    ]
    assert all(row["reason"] for row in refused)
    kept = rows(tmp_path, "SELECT key, score, comment FROM nps_answers ORDER BY key")
    assert kept == [("501", 9, "Quick answers"), ("502", 3, "Slow, and then\nslower")]
    assert "joan" not in str(rows(tmp_path, "SELECT * FROM nps_answers")).lower()


def test_the_same_file_twice_changes_nothing_and_a_newer_one_changes_what_changed(
    tmp_path: Path, run_nps: Run
) -> None:
    (tmp_path / "d.csv").write_text(DELIGHTED)
    run_nps("import", "d.csv", "--yes")
    before = rows(tmp_path, "SELECT * FROM nps_days")
    assert "0 new answers, 0 changed, 2 already there" in run_nps("import", "d.csv", "--yes").output
    assert rows(tmp_path, "SELECT * FROM nps_days") == before
    (tmp_path / "e.csv").write_text(DELIGHTED.replace("501,nps,9", "501,nps,6"))
    again = run_nps("import", "e.csv", "--yes", "--source", "d")
    assert "0 new answers, 1 changed, 1 already there" in again.output


def test_rows_without_an_id_are_told_apart_by_what_is_in_them(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "a.csv").write_text("score,date\n9,2025-03-04\n9,2025-03-04\n8,2025-03-04\n")
    first = run_nps("import", "a.csv", "--yes").output
    assert "told apart by all that is in them" in first
    assert "3 new answers" in first
    assert "3 already there" in run_nps("import", "a.csv", "--yes").output


def test_what_is_ambiguous_is_asked_and_never_guessed(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "a.csv").write_text("score,date\n9,03/04/2025\n")
    refused = run_nps("import", "a.csv", "--yes")
    assert refused.exit_code != 0
    assert "means two days" in str(refused.exception.args if refused.exception else refused.output)
    asked = run_nps("import", "a.csv", typed="d\ny\n")
    assert "03/04/2025 is 3 April" in asked.output
    assert rows(tmp_path, "SELECT day FROM nps_answers") == [("2025-04-03",)]


def test_a_wrong_guess_is_changed_before_anything_is_taken_in(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "a.csv").write_text("score,rating,date,plan\n9,2,2025-03-04,Firm\n8,3,2025-03-05,Solo\n")
    result = run_nps("import", "a.csv", typed="c\nscore\nrating\nc\nsegments\n-\nc\nkey\nnowhere\nplan\ny\n")
    assert result.exit_code == 0, result.output
    assert "There is no column “nowhere”" in result.output
    assert rows(tmp_path, "SELECT key, score, properties FROM nps_answers ORDER BY key") == [
        ("Firm", 2, "{}"),
        ("Solo", 3, "{}"),
    ]


def test_saying_no_takes_nothing_in(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "a.csv").write_text(SURVEYMONKEY)
    assert run_nps("import", "a.csv", typed="n\n").exit_code == 1
    assert rows(tmp_path, "SELECT * FROM nps_sources") == []


def test_a_killed_import_goes_on_where_it_was(
    tmp_path: Path, run_nps: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{number % 12},2025-03-{number % 28 + 1:02}" for number in range(40)]
    (tmp_path / "a.csv").write_text("score,date\n" + "\n".join(lines))
    monkeypatch.setattr(command, "AT_ONCE", 10)
    calls: list[int] = []

    async def killed(session: object, workspace: str, running: Import, tally: Tally, batch: Batch) -> Tally:
        calls.append(batch.rows)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return await keep(session, workspace, running, tally, batch)  # type: ignore[arg-type]  # a session

    monkeypatch.setattr(command, "keep", killed)
    assert run_nps("import", "a.csv", "--yes").exit_code == command.INTERRUPTED
    assert rows(tmp_path, "SELECT rows_done FROM nps_imports") == [(20,)]
    monkeypatch.setattr(command, "keep", keep)
    again = run_nps("import", "a.csv", "--yes")
    assert "Went on after row 20" in again.output
    assert "37 new answers, 0 changed, 0 already there, 3 refused" in again.output
    assert len((tmp_path / "a.csv.refused.csv").read_text().splitlines()) == 4


def test_every_row_refused_is_a_failure(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "a.csv").write_text("score,date\n11,2025-03-04\n12,2025-03-04\n")
    result = run_nps("import", "a.csv", "--yes", "--score", "score", "--date", "date")
    assert result.exit_code == 1
    assert "2 refused" in result.output


def test_rows_that_do_not_fit_the_header_are_refused(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "a.csv").write_text(
        'score,date,plan\n9,2025-03-04,Firm\n8,2025-03-04\n7,2025-03-04,Solo,what,is,this\n9,2025-03-05,"open\n'
        + "x" * 21_000
    )
    result = run_nps("import", "a.csv", "--yes")
    assert "2 new answers" in result.output
    assert "6 cells" in result.output
    assert "quotation mark left open" in result.output


def test_people_are_erased_and_counts_rebuilt_by_command(tmp_path: Path, run_nps: Run) -> None:
    (tmp_path / "d.csv").write_text(DELIGHTED)
    run_nps("import", "d.csv", "--yes")
    left = run_nps("erase", "joan@elsewhere.example")
    assert "Stored: nothing" in left.output
    assert "erased." not in left.output, "nobody said yes"
    said = run_nps("erase", "JOAN@example.com", "--yes", "joan@example.com").output
    assert "answers" in said.partition("\n")[0], "what was found comes first"
    assert "1 answer erased" in said
    assert "  customer: " in CliRunner().invoke(main, ["erasures"]).output
    assert "Counted 1 answer anew" in run_nps("rebuild").output
    assert "1 of people who were erased" in run_nps("import", "d.csv", "--yes").output
    assert "America/Toronto" in run_nps("settings", "--time-zone", "America/Toronto").output
    assert run_nps("settings", "--time-zone", "Mars").exit_code == 2
