"""Episodes as they are kept: each sentence goes with whom and what it rests on."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from storage import (
    customers,
    follow_ups,
    series_episodes,
    series_gathering,
)
from storage.database import Database
from stories.consent import Purpose
from stories.series.episodes import NoEpisode, Part
from stories.series.sources import Kind, Ref, Signed, promise
from stories.series.weaving import weave
from tests.conftest import WORKSPACE
from tests.storage.series.telling import LATER, read, says, season_of, told


async def test_no_words_of_a_customer_stand_in_an_episode_readably(database: Database) -> None:
    async with database.begin() as session:
        episode, _talk, _customer = await told(session)
        rows = (await session.execute(text("SELECT source, form, text FROM series_sentences"))).all()
    assert len(rows) == sum(1 for _one in episode.sentences())
    assert not any(b"export" in bytes(row.text) or b"Maya" in bytes(row.text) for row in rows)
    assert any(one.spoken for one in episode.sentences())


async def test_each_sentence_goes_with_what_it_rests_on(database: Database) -> None:
    async with database.begin() as session:
        episode, interview_id, _customer = await told(session)
        quoted = next(one for one in episode.sentences() if one.spoken)
        assert isinstance(quoted.source, Ref)
        await session.execute(text("DELETE FROM quotes WHERE id = :id"), {"id": quoted.source.number})
        without_quote = await read(session, episode.id)
        await session.execute(text("DELETE FROM follow_ups"))
        without_promise = await read(session, episode.id)
        await session.execute(text("DELETE FROM interviews WHERE id = :id"), {"id": interview_id})
        nothing = await read(session, episode.id)
        left = (await session.execute(text("SELECT count(*) FROM series_sentences"))).scalar_one()
    assert quoted.source not in {one.source for one in without_quote.sentences()}
    assert without_quote.passage(Part.OPEN) == episode.passage(Part.OPEN)
    owed = {one.source for one in without_promise.sentences()}
    assert not any(isinstance(one, Ref) and one.kind is Kind.PROMISE for one in owed)
    assert (nothing.passages, nothing.customer_id) == ((), None)
    assert left == sum(
        isinstance(o.source, Ref) and o.source.kind is Kind.SEASON for o in episode.sentences()
    )


async def test_a_customer_who_takes_it_back_is_in_no_sentence_and_comes_back_with_a_new_yes(
    database: Database,
) -> None:
    async with database.begin() as session:
        episode, _talk, customer_id = await told(session)
        taken = says(customer_id, Purpose.FOLLOWED_IN_SERIES, granted=False, hours=1)
        await customers.record_consent(session, WORKSPACE, taken)
        gone = await read(session, episode.id)
        assert await series_episodes.telling_of(session, WORKSPACE, customer_id) == (episode.id,)
        await customers.record_consent(
            session, WORKSPACE, says(customer_id, Purpose.FOLLOWED_IN_SERIES, hours=1)
        )
        back = await read(session, episode.id)
    assert (gone.passages, gone.title.text, gone.who) == ((), "", "")
    assert back == episode


async def test_without_their_name_the_alias_is_read_everywhere(database: Database) -> None:
    async with database.begin() as session:
        episode, interview_id, customer_id = await told(session)
        assert "Maya Ortega" in "\n".join(one.text for one in episode.sentences())
        unnamed = replace(says(customer_id, Purpose.WITHOUT_NAME, hours=1), interview_id=interview_id)
        await customers.record_consent(session, WORKSPACE, unnamed)
        read_so = await read(session, episode.id)
    said = "\n".join(one.text for one in read_so.sentences())
    assert read_so.who == "the bookkeeper"
    assert "the bookkeeper" in said.lower()
    assert not any(part in said for part in ("Maya", "Ortega"))
    # Where she works may not be told with the alias: that sentence has nothing left to say.
    assert read_so.gone == 1


async def test_a_promise_that_ended_is_news_with_what_changed(database: Database) -> None:
    async with database.begin() as session:
        episode, interview_id, _customer = await told(session)
        made = await follow_ups.promise_of(session, WORKSPACE, interview_id)
        assert made is not None
        assert await follow_ups.finish(
            session, WORKSPACE, made.id, owner_id="U0ANA", now=LATER, closing="Both totals are the same now."
        )
        season = await season_of(session, episode.season_id)
        material = await series_gathering.material(session, WORKSPACE, season, LATER)
        woven = weave(season, material, (episode,), today=LATER.date())
    assert not isinstance(woven, NoEpisode)
    assert "Both totals are the same now." in "\n".join(one.text for one in woven.passage(Part.TURN))
    assert {one.source for one in woven.passage(Part.TURN)} == {promise(made.id, "ended")}


async def test_editors_words_keep_their_signature_and_go_with_the_customer(database: Database) -> None:
    async with database.begin() as session:
        episode, _talk, customer_id = await told(session)
        assert episode.id is not None
        signed = replace(
            episode.title,
            text="What Sundays are for",
            source=Signed("U0EDITOR"),
            form="",
            customer_id=customer_id,
        )
        await series_episodes.rewrite(session, WORKSPACE, episode.id, replace(episode, title=signed))
        kept = await read(session, episode.id)
        await session.execute(text("DELETE FROM customers"))
        gone = await read(session, episode.id)
    assert (kept.title.text, kept.title.signed_by) == ("What Sundays are for", "U0EDITOR")
    assert (gone.title.text, gone.passages) == ("", ())
