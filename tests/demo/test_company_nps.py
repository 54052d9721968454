"""The sample company's year of NPS answers: believable, repeatable, with one true drop."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from demo.company import load_company
from demo.company.records import NpsAnswer

ROOT = Path(__file__).resolve().parents[2]
COMPANY = load_company()
EVENT = COMPANY.about.event


def nps(answers: Iterable[NpsAnswer]) -> float:
    scores = [answer.score for answer in answers]
    return 100 * (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)) / len(scores)


def change_at_event(segment: str) -> float:
    asked = [answer for answer in COMPANY.nps if answer.segment == segment]
    before = [answer for answer in asked if answer.days_ago >= EVENT.days_ago]
    after = [answer for answer in asked if answer.days_ago < EVENT.days_ago]
    return nps(after) - nps(before)


def test_a_year_of_answers_with_every_field_in_bounds() -> None:
    assert 1400 <= len(COMPANY.nps) <= 1600
    assert len({answer.answer_id for answer in COMPANY.nps}) == len(COMPANY.nps)
    assert [answer.days_ago for answer in COMPANY.nps] == sorted(
        (answer.days_ago for answer in COMPANY.nps), reverse=True
    )
    assert {answer.score for answer in COMPANY.nps} == set(range(11))
    assert all(1 <= answer.days_ago <= 365 for answer in COMPANY.nps)
    assert {answer.segment for answer in COMPANY.nps} == set(COMPANY.about.segments)
    assert {answer.plan for answer in COMPANY.nps} == {"Solo", "Team", "Firm"}
    assert {answer.region for answer in COMPANY.nps} == {customer.region for customer in COMPANY.customers}


def test_no_comment_is_said_twice_and_there_are_over_120() -> None:
    comments = [answer.comment for answer in COMPANY.nps if answer.comment]
    assert len(comments) == len(set(comments)) >= 120


def test_the_event_lowers_its_own_segment_and_no_other() -> None:
    assert change_at_event(EVENT.segment) < -50
    others = [segment for segment in COMPANY.about.segments if segment != EVENT.segment]
    assert all(change_at_event(segment) > -25 for segment in others)


def test_nobody_grumbles_about_the_new_day_screen_before_it_was_there() -> None:
    early = [answer.comment for answer in COMPANY.nps if answer.days_ago >= EVENT.days_ago]
    assert not any("day screen" in comment or "grey circle" in comment.lower() for comment in early)


def test_the_event_is_told_in_the_interviews_after_it() -> None:
    telling = [told for told in COMPANY.interviews if "new day screen" in told.trying_to + told.happened]
    assert len(telling) >= 3
    assert all(told.days_ago < EVENT.days_ago for told in telling)


def test_the_generator_writes_the_shipped_file_again(tmp_path: Path) -> None:
    again = tmp_path / "nps.csv"
    script = ROOT / "tools" / "make_sample_nps.py"
    subprocess.run([sys.executable, str(script), "--out", str(again)], check=True)
    assert again.read_bytes() == (ROOT / "demo" / "company" / "nps.csv").read_bytes()
