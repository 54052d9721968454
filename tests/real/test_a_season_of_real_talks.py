"""Eight episodes from real talks: each sentence traced to its source, few alike, and nobody left who leaves.

The talks are looked for in FIRSTHAND_DATA or beside the project; nothing of them is repeated here.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from stories.series.checking import fault
from stories.series.episodes import Nothing, Part
from stories.series.sameness import repeated, text_of
from stories.series.sources import Ref
from tests.real.a_season import TALKS, Lived, file_of, live
from tests.real.leaving_a_season import leaves
from tests.real.test_real_talks_go_in import DATA

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them"
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, migrated_template: Path) -> Lived:
    file = tmp_path_factory.mktemp("season") / "firsthand.sqlite3"
    shutil.copy(migrated_template, file)

    async def run() -> Lived:
        found = await live(DATA, f"sqlite:///{file}")
        await found.database.close()
        return found

    return asyncio.run(run())


def words(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.replace("’", "'").casefold()))


def test_a_season_of_eight_episodes_each_of_a_talk_that_is_new(lived: Lived) -> None:
    assert [one.episode.number for one in lived.told] == list(range(1, 9))
    assert {why.why for _day, why in lived.quiet} == {Nothing.NOTHING_NEW}
    assert len(lived.quiet) == 2
    whose = [one.episode.customer_id for one in lived.told]
    assert all(one != following for one, following in pairwise(whose))
    assert set(whose) == set(lived.customers.values())


def test_every_sentence_is_traced_to_its_source_and_forged_ones_are_found(lived: Lived) -> None:
    for told in lived.told:
        assert told.wrong == ()
        assert told.episode.gone == 0
        for one in told.episode.sentences():
            assert isinstance(one.source, Ref)
            line = told.lines[one.source]
            days = [told.episode.next_on] if told.episode.next_on else []
            assert fault(one, told.lines, also=days) is None
            for lie in ("They have left us.", "It never worked.", "17 of them.", "In Paris."):
                forged = fault(replace(one, text=f"{one.text} {lie}"), told.lines, also=days)
                assert forged is not None, (one.text, lie, line)


def test_every_quote_stands_in_the_file_of_its_talk(lived: Lived) -> None:
    """Read from the file itself, word by word: neither importing nor weaving changed what somebody said."""
    everything = [words(file_of(DATA, held).read_text("utf-8")) for held in TALKS]
    quotes = {one.text for told in lived.told for one in told.episode.sentences() if one.spoken}
    told_as_it_is = [one for one in quotes if not re.search(r"their company|somebody else|…", one)]
    assert len(told_as_it_is) >= 25
    assert [one for one in told_as_it_is if not any(words(one) in text for text in everything)] == []


def test_nobody_is_named_who_did_not_agree_to_it(lived: Lived) -> None:
    hidden = [held for held in TALKS if held.alias]
    text = "\n".join(text_of(one.episode) for one in lived.told)
    assert len(hidden) == 2
    for held in hidden:
        assert held.alias in text
        assert not any(re.search(rf"\b{part}\b", text) for part in held.who.split())


def test_our_own_words_hardly_repeat_themselves(lived: Lived) -> None:
    ours = repeated([text_of(one.episode, spoken=False) for one in lived.told])
    assert statistics.mean(ours) < 0.08
    forms = [{one.form for one in told.episode.sentences() if one.form} for told in lived.told]
    for before, after in pairwise(forms):
        assert not {form for form in before & after if not form.startswith("title")}


def test_each_ends_with_a_question_or_looks_ahead(lived: Lived) -> None:
    for told in lived.told:
        for question in told.episode.passage(Part.OPEN)[-1:]:
            assert question.text.rstrip("”").endswith("?")
        assert told.episode.passage(Part.NEXT)
        assert told.episode.passage(Part.SCENE)
    assert sum(bool(told.episode.passage(Part.OPEN)) for told in lived.told) >= 5


def test_who_leaves_is_gone_from_every_episode_and_then_from_the_database(lived: Lived) -> None:
    asyncio.run(leaves(lived))
