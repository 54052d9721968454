"""The sample company keeps its own rules: made up, in many voices, and nobody's name told without leave."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from demo.company import SampleCompanyError, load_company
from demo.company.records import Customer, Interview

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "demo" / "company"
COMPANY = load_company()
CUSTOMERS = {customer.key: customer for customer in COMPANY.customers}
HANDLES = {person.handle for person in COMPANY.people}
PURPOSES = {
    "not_shared",
    "without_name",
    "with_name",
    "quoted_by_avatar",
    "contacted_again",
    "followed_in_series",
}
LABELS = {
    "Made me think",
    "I’ll act on it",
    "More like this",
    "Thank the author",
    "Something’s wrong with this",
}
BROCHURE = re.compile(
    r"game.chang|seamless|delight|leverage|empower|streamlin|journey|pain point|—", re.IGNORECASE
)

each_interview = pytest.mark.parametrize("told", COMPANY.interviews, ids=lambda told: told.slug)


def words(text: str) -> int:
    return len(text.split())


def everything_told(told: Interview) -> str:
    """Return all that could reach a channel, the colleagues' remarks too."""
    notes = [reaction.note or "" for reaction in told.reactions]
    return "\n".join([told.title, told.trying_to, told.happened, *told.quotes, told.meaning, *notes])


def test_every_file_and_the_notice_say_that_it_is_made_up() -> None:
    files = [*FOLDER.rglob("*.toml"), FOLDER / "nps.csv", ROOT / "tools" / "sample_nps_comments.csv"]
    assert len(files) > 35
    for path in files:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# Made up for this demo"), path
        assert "any likeness is chance." in first, path
    assert "made up for this demo" in COMPANY.about.notice
    assert "any likeness is chance" in COMPANY.about.notice


def test_the_company_has_three_offices_and_one_is_the_main_one() -> None:
    assert [office.time_zone for office in COMPANY.about.offices if office.main] == ["Europe/London"]
    assert len({ZoneInfo(office.time_zone).key for office in COMPANY.about.offices}) == 3
    assert 4 <= len(COMPANY.about.segments) <= 5
    assert 8 <= len(COMPANY.about.themes) <= 10
    assert all(theme == theme.lower() and len(theme) <= 20 for theme in COMPANY.about.themes)


def test_twelve_colleagues_and_one_of_them_is_the_admin() -> None:
    assert len(COMPANY.people) == len(HANDLES) == 12
    assert sum(person.admin for person in COMPANY.people) == 1
    zones = {office.time_zone for office in COMPANY.about.offices}
    assert {person.time_zone for person in COMPANY.people} == zones
    assert all(re.fullmatch(r"#[0-9A-F]{6}", person.colour) and person.emoji for person in COMPANY.people)
    assert len({person.colour for person in COMPANY.people}) == 12


def test_channels_are_kept_by_their_members() -> None:
    kinds = Counter(channel.kind for channel in COMPANY.channels)
    assert kinds == {"general": 1, "pilot": 1, "project": 2, "private": 1}
    for channel in COMPANY.channels:
        assert set(channel.members) <= HANDLES
        assert len(set(channel.members)) == len(channel.members)
        assert channel.manager is None or channel.manager in channel.members
        assert channel.private == (channel.kind == "private")
        assert re.fullmatch(r"[a-z0-9-]{1,80}", channel.name)
        assert len(channel.topic) <= 250
        assert channel.kind != "general" or set(channel.members) == HANDLES


@pytest.mark.parametrize("customer", COMPANY.customers, ids=lambda customer: customer.key)
def test_a_customer_has_an_alias_that_does_not_give_the_name_away(customer: Customer) -> None:
    assert customer.segment in COMPANY.about.segments
    assert customer.consents
    assert set(customer.consents) <= PURPOSES
    assert not set(name_words(customer)) & set(re.findall(r"\w+", customer.alias.lower()))
    assert 10 <= words(customer.about) <= 45


def test_a_dozen_customers_and_some_of_them_come_back() -> None:
    assert len(CUSTOMERS) == len(COMPANY.customers) == 12
    assert len({customer.alias for customer in COMPANY.customers}) == 12
    met = Counter(told.customer for told in COMPANY.interviews)
    assert set(met) == set(CUSTOMERS)
    assert sum(times >= 3 for times in met.values()) >= 5


def test_thirty_interviews_spread_over_ten_months_with_some_fresh_ones() -> None:
    days = [told.days_ago for told in COMPANY.interviews]
    assert len(days) == 30
    assert days == sorted(days, reverse=True)
    assert 270 <= max(days) <= 305
    assert min(days) >= 1
    assert sum(day <= 10 for day in days) >= 5
    assert max(older - newer for older, newer in pairwise(days)) <= 31


def test_every_way_of_talking_every_theme_and_every_colleague_occurs() -> None:
    ways = {told.how for told in COMPANY.interviews}
    assert ways == {"call", "video", "visit", "chat", "event", "other"}
    assert {theme for told in COMPANY.interviews for theme in told.themes} == set(COMPANY.about.themes)
    assert {told.author for told in COMPANY.interviews} == HANDLES
    assert {CUSTOMERS[told.customer].segment for told in COMPANY.interviews} == set(COMPANY.about.segments)
    scores = [told.score for told in COMPANY.interviews if told.score is not None]
    assert len(scores) < len(COMPANY.interviews)
    assert min(scores) <= 3
    assert max(scores) == 10


def test_no_title_and_no_quote_is_told_twice() -> None:
    titles = [told.title for told in COMPANY.interviews]
    quotes = [quote for told in COMPANY.interviews for quote in told.quotes]
    assert len(set(titles)) == len(titles)
    assert len(set(quotes)) == len(quotes)


@each_interview
def test_an_interview_is_as_long_as_a_story_can_bear(told: Interview) -> None:
    assert 10 <= len(told.title) < 80
    assert 15 <= words(told.trying_to) <= 60
    assert 40 <= words(told.happened) <= 140
    assert 15 <= words(told.meaning) <= 50
    assert 1 <= len(told.quotes) <= 3
    assert all(8 <= words(quote) <= 45 for quote in told.quotes)
    assert 1 <= len(told.themes) <= 3
    assert set(told.themes) <= set(COMPANY.about.themes)
    assert told.score is None or told.score in range(11)


@each_interview
def test_an_interview_does_not_sound_like_a_brochure(told: Interview) -> None:
    assert not BROCHURE.search(everything_told(told))


@each_interview
def test_an_interview_is_told_as_its_customer_agreed(told: Interview) -> None:
    assert told.consent in {"not_shared", "without_name", "with_name"}
    assert told.consent == "not_shared" or told.consent in CUSTOMERS[told.customer].consents
    assert words(told.consent_words) >= 3


def test_two_interviews_are_not_for_sharing_and_nobody_has_answered_them() -> None:
    kept = [told for told in COMPANY.interviews if told.consent == "not_shared"]
    assert len(kept) == 2
    assert not any(told.reactions for told in kept)


def test_nobody_is_told_once_with_the_name_and_once_without() -> None:
    shared = {(told.customer, told.consent) for told in COMPANY.interviews if told.consent != "not_shared"}
    assert len(shared) == len({customer for customer, _ in shared})


@each_interview
def test_a_name_that_may_not_be_told_is_nowhere_in_the_story(told: Interview) -> None:
    customer = CUSTOMERS[told.customer]
    said = everything_told(told).lower()
    if told.consent == "with_name":
        assert customer.alias.lower() not in said
        return
    assert not set(name_words(customer)) & set(re.findall(r"\w+", said))
    assert customer.company.lower() not in said


def name_words(customer: Customer) -> list[str]:
    return re.findall(r"\w+", customer.name.lower())


@each_interview
def test_reactions_come_from_colleagues_once_each_and_never_from_the_author(told: Interview) -> None:
    who = [reaction.who for reaction in told.reactions]
    assert set(who) <= HANDLES - {told.author}
    assert len(set(who)) == len(who)
    assert {reaction.kind for reaction in told.reactions} <= {"thought", "act", "more", "thanks"}
    assert all(reaction.note for reaction in told.reactions if reaction.kind == "act")
    assert told.promise is None or (told.promise.what and 1 <= told.promise.in_days <= 90)


def test_the_mornings_story_is_fresh_and_the_visitor_did_not_write_it() -> None:
    morning = COMPANY.morning
    lead = next(told for told in COMPANY.interviews if told.slug == morning.lead)
    assert lead.days_ago <= 3
    assert lead.consent == "with_name"
    assert lead.author != morning.visitor
    pilot = next(channel for channel in COMPANY.channels if channel.kind == "pilot")
    assert morning.visitor in pilot.members
    assert f"#{pilot.name}" in morning.steps[0].text


def test_seven_steps_name_only_buttons_and_commands_that_exist() -> None:
    steps = COMPANY.morning.steps
    assert len(steps) == 7
    told = " ".join(step.text for step in steps)
    assert set(re.findall(r"“([^”]+)”", told)) <= LABELS
    assert set(re.findall(r"(?<!\w)/[a-z]+", told)) == {"/interview", "/stories", "/firsthand", "/why"}
    assert all(1 <= len(re.findall(r"[.!?](?:\s|$)", step.text)) <= 2 for step in steps)


def test_a_misspelt_field_is_named_with_its_file(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "company"))
    people = folder / "people.toml"
    people.write_text(people.read_text(encoding="utf-8").replace("job =", "jobb =", 1), encoding="utf-8")
    with pytest.raises(SampleCompanyError, match=r"people\.toml: .*jobb"):
        load_company(folder)


def test_reading_the_company_pulls_in_neither_the_bot_nor_the_playground() -> None:
    script = "import sys, demo.company; print(*sorted(name.split('.')[0] for name in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"bot", "storage", "stories", "playground", "sqlalchemy"} & set(loaded.stdout.split())
