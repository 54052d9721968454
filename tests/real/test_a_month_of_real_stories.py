"""The main job on real notes: imported, published without name, told in digests for a month.

The notes are looked for in FIRSTHAND_DATA or beside the project; nothing of them is repeated here.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot.importing.bringing_in import Fate
from stories.calendars import is_holiday
from stories.names import NamesOf, contains_name
from stories.notes import read_notes
from tests.blockkit import assert_valid
from tests.real.a_month import FIRST_DAY, LONDON, Month, live_through
from tests.real.test_notes_on_real_interviews import CONVERSATIONS, DATA, WRITE_UPS

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them"
)

WITHOUT_THEIR_WORDS = (
    "2020__Fall_-_Understanding_STT_and_OFA_painpoints.md",
    "2020__Summer_-_Understanding_the_OFA_Experience.md",
    "2023__Winter_-_TDP_3.0_Pilot_Program.md",
    "2024__Summer_-_OFA_Admin_Experience.md",
)
"""Write-ups in which no participant is quoted: there is no story in them."""


def files() -> list[Path]:
    conversations = [next((DATA / "otel").glob(f"{begins}-*.md")) for begins in CONVERSATIONS]
    return [*conversations, *(DATA / "tanf" / name for name in WRITE_UPS)]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, migrated_template: Path) -> Month:
    database = tmp_path_factory.mktemp("month") / "firsthand.sqlite3"
    shutil.copy(migrated_template, database)
    return live_through(files(), database)


def test_all_conversations_and_every_write_up_with_a_customers_words_become_stories(month: Month) -> None:
    refused = {Path(o.where).name: o.reason for o in month.first if o.fate is Fate.REFUSED}
    assert set(refused) == set(WITHOUT_THEIR_WORDS)
    assert all("a story needs one" in reason for reason in refused.values())
    assert Counter(o.fate for o in month.first) == {Fate.PUBLISHED: 22, Fate.REFUSED: 4}


def test_the_same_files_again_change_nothing(month: Month) -> None:
    assert Counter(o.fate for o in month.again) == {Fate.ALREADY: 22, Fate.REFUSED: 4}


def test_every_story_is_told_once_two_a_digest(month: Month) -> None:
    told = [story_id for post in month.posts for story_id in post.story_ids]
    assert len(told) == len(set(told)) == 22
    assert {len(post.story_ids) for post in month.posts} == {2}


def test_digests_come_at_nine_on_working_days_one_after_the_other(month: Month) -> None:
    times = [post.at.astimezone(LONDON) for post in month.posts]
    assert {(at.hour, at.minute) for at in times} == {(9, 0)}
    working = [
        day
        for day in (FIRST_DAY.fromordinal(FIRST_DAY.toordinal() + n) for n in range(31))
        if day.weekday() < 5 and not is_holiday("GB", day)
    ]
    assert [at.date() for at in times] == working[: len(times)]
    # Christmas Day and the day in lieu of Boxing Day lie between the first digest and the last.
    assert (times[-1].date() - times[0].date()).days > len(times) + 4


def test_nobody_is_named_in_anything_that_was_posted(month: Month) -> None:
    everything = "\n".join(post.words for post in month.posts)
    named = [customer for customer in month.customers.values() if customer.name != customer.alias]
    assert len(named) == 12
    first, *others = (customer.name for customer in named)
    assert not contains_name(everything, NamesOf(full_name=first, others=tuple(others)))
    for customer in (one for one in named if one.company):
        assert not contains_name(everything, NamesOf(full_name=customer.name, company=customer.company))


def test_no_guest_or_company_of_a_talks_title_can_be_read_in_its_posts(month: Month) -> None:
    by_title = dict[str, set[str]]()
    for path in files()[: len(CONVERSATIONS)]:
        (notes,) = read_notes(path.name, path.read_bytes(), today=FIRST_DAY)
        guests = re.search(r"(?:feat|with)-(.+)\.md$", path.name)
        by_title[notes.fingerprint] = {
            word.capitalize() for word in (guests[1].split("-") if guests else ()) if len(word) > 3
        } - {"From"}
    everything = "\n".join(post.words for post in month.posts)
    words = set().union(*by_title.values())
    assert len(words) > 25
    assert [word for word in sorted(words) if re.search(rf"\b{word}\b", everything)] == []


def test_slack_takes_every_digest(month: Month) -> None:
    assert len(month.posts) == 11
    for post in month.posts:
        assert_valid(post.payload, "message")
