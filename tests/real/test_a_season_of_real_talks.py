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
from pydantic import SecretStr

from bot import publishing
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.work import Worker, carry_on
from bot.messages import series_episode
from bot.series.posting import EPISODE, slot_of
from bot.series.showing import shown, subjects_of
from bot.settings import Settings
from storage import customers, deliveries, posted, series, series_episodes, series_posts, series_reading
from storage.database import open_database
from storage.holdings import About
from storage.series_posts import EpisodePost
from stories.consent import Consent, Purpose
from stories.series.checking import fault
from stories.series.episodes import Nothing, Part, Sentence
from stories.series.sameness import repeated, text_of
from stories.series.sources import Ref, Signed
from tests.blockkit import assert_valid
from tests.bot.erasing.conftest import bytes_of, slack_takes
from tests.conftest import WORKSPACE
from tests.real.a_season import EDITOR, TALKS, Lived, file_of, live, settings_of
from tests.real.test_real_talks_go_in import DATA

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them"
)

CHANNEL = "C0SERIES"
LEAVING = TALKS[0].who
"""Somebody whom two episodes are about, and whom others look back to."""


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
        (*_said, question) = told.episode.passage(Part.OPEN)
        assert question.text.rstrip("”").endswith("?")
        assert told.episode.passage(Part.NEXT)
        assert told.episode.passage(Part.SCENE)


def test_who_leaves_is_gone_from_every_episode_and_then_from_the_database(lived: Lived) -> None:
    asyncio.run(_leaves(lived))


async def _leaves(lived: Lived) -> None:
    lived.database = open_database(lived.url, settings_of(lived.url).keyring())
    await _sign_something_about_her(lived)
    await _post_all(lived)
    await slack_takes(lived.database)
    hers = [one for one in _sayings(lived) if len(one) > 20]
    before = await _posts(lived)
    speaking = [at for at, text in enumerate(before) if LEAVING.casefold() in text]
    assert len(speaking) >= 4, "she is named in four episodes"
    await _takes_back(lived)
    after = await _posts(lived)
    for text in after:
        assert not any(part in text for part in (*LEAVING.casefold().split(), *hers))
    # What was told of others is still there.
    kept = [at for at, text in enumerate(after) if text]
    assert set(kept) == {
        at for at, one in enumerate(lived.told) if one.episode.customer_id != lived.customers[LEAVING]
    }
    await _erase(lived)
    found = bytes_of(lived.database)
    assert not any(one.encode() in found for one in (*LEAVING.casefold().split(), *hers))
    await _left_in_the_season(lived)
    await lived.database.close()


async def _sign_something_about_her(lived: Lived) -> None:
    """An editor's own sentence names her in somebody else's episode."""
    told = lived.told[2]
    signed = Sentence(
        text=f"Remember {LEAVING}?", source=Signed(EDITOR), customer_id=told.episode.customer_id
    )
    (first, *more) = told.episode.passages
    with_it = replace(first, sentences=(*first.sentences, signed))
    changed = replace(told.episode, passages=(with_it, *more))
    async with lived.database.begin() as session:
        await series_episodes.rewrite(session, WORKSPACE, told.id, changed)


def _sayings(lived: Lived) -> set[str]:
    """What she said in these episodes, and stretches of it that stand in our own sentences."""
    own = [
        one
        for told in lived.told
        for one in told.episode.sentences()
        if one.customer_id == lived.customers[LEAVING]
    ]
    quoted = {part.casefold() for one in own for part in re.findall(r"“([^”]+)”", one.text)}
    return {one.text.casefold() for one in own if one.spoken} | quoted


async def _post_all(lived: Lived) -> None:
    now = lived.clock.now()
    for told in lived.told:
        async with lived.database.begin() as session:
            found = await shown(session, WORKSPACE, told.id, now, CHANNEL)
            assert found is not None
            payload = series_episode.post(found, "You follow the series.")
            assert_valid(payload, "message")
            planned = deliveries.Post(
                channel_id=CHANNEL,
                kind=EPISODE,
                slot_key=slot_of(told.id),
                payload=payload,
                subjects=subjects_of(found.episode),
                asked_by=EDITOR,
            )
            delivery_id = await deliveries.plan(session, WORKSPACE, planned, now=now)
            assert delivery_id is not None
            post = EpisodePost(
                episode_id=told.id,
                delivery_id=delivery_id,
                place=CHANNEL,
                shape=found.episode.shape,
                trial=False,
                readers=40,
                posted_at=now,
            )
            await series_posts.record(session, WORKSPACE, post)


async def _posts(lived: Lived) -> list[str]:
    """What each post says once Slack has carried everything out; "" for one that is gone."""
    await slack_takes(lived.database)
    found = []
    async with lived.database.read() as session:
        for told in lived.told:
            post = await posted.in_slot(session, WORKSPACE, CHANNEL, EPISODE, slot_of(told.id))
            assert post is not None
            payload = await posted.says(session, WORKSPACE, post.id)
            found.append(str(payload).casefold() if payload else "")
    return found


async def _takes_back(lived: Lived) -> None:
    customer_id, now = lived.customers[LEAVING], lived.clock.now()
    withdrawn = Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=Purpose.FOLLOWED_IN_SERIES,
        granted=False,
        recorded_by=EDITOR,
        recorded_at=now,
        valid_from=now,
    )
    async with lived.database.begin() as session:
        await customers.record_consent(session, WORKSPACE, withdrawn)
        await publishing.follow_customer(session, WORKSPACE, customer_id, but=0, now=now)


async def _erase(lived: Lived) -> None:
    settings = Settings(
        slack_bot_token=SecretStr("xoxb-test"),
        slack_signing_secret=SecretStr("secret"),
        slack_api_url="http://127.0.0.1:1/api/",
        database_url=lived.url,
        _env_file=None,
    )
    desk = Desk(settings, lived.database, lived.clock, OneWorkspace(settings))
    now = lived.clock.now()
    async with lived.database.begin() as session:
        whom = await asking.subject(
            session, WORKSPACE, About.CUSTOMER, str(lived.customers[LEAVING]), name="Editor"
        )
        await asking.begin(session, WORKSPACE, whom, by=EDITOR, now=now)
    worker = Worker(database=lived.database, now=lived.clock.now, desk=desk)
    for _ in range(6):
        await carry_on(worker, WORKSPACE)
        await slack_takes(lived.database)


async def _left_in_the_season(lived: Lived) -> None:
    """The season goes on with the others; what was hers stays as a number."""
    now = lived.clock.now()
    async with lived.database.read() as session:
        season = await series.season(session, WORKSPACE, lived.season_id, now)
        read = await series_reading.readable_season(session, WORKSPACE, lived.season_id, now)
    assert season is not None
    assert (season.began_with, season.left) == (7, 1)
    empty = [one.number for one in read if one.customer_id is None]
    assert empty == [
        told.episode.number for told in lived.told if told.episode.customer_id == lived.customers[LEAVING]
    ]
    assert all(not one.passages and one.gone for one in read if one.number in empty)
