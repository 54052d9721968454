from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec

import pytest
from sqlalchemy import text

from bot import publishing
from bot.desk import Desk
from bot.search import Answer, search
from bot.search_gleaning import glean
from playground.client import SeenMessage
from storage import customers, interviews, nps_answers, nps_sources
from storage.nps_answers import Answer as Said
from stories.consent import Consent, Purpose
from stories.forms import Form
from stories.search.asking import Narrowed, Search
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE

EVERYTHING = Narrowed()
BUILDER = replace(
    BAKER,
    name="Nils Berg",
    alias="a builder",
    company="Berg Bau",
    segment="enterprise",
    title="Invoices that nobody approves",
    happened="He sends invoices to three people and waits.",
    quotes=("Approving takes longer than building.",),
    themes=("approval",),
)


async def tell(desk: Desk, form: Form, *, by: str = "U1", published: bool = True) -> int:
    async with desk.begin() as session:
        story_id = await interviews.store(
            session, WORKSPACE, form, source_key=form.title, author_id=by, now=desk.now()
        )
        if published:
            await publishing.publish(session, WORKSPACE, story_id, by=by, now=desk.now())
    return story_id


async def comment(desk: Desk, name: str, words: str, *, score: int = 3, shared: bool = True) -> int:
    async with desk.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind="file", name=name, now=desk.now())
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=shared)
        said = Said(key=words, score=score, at=desk.now(), comment=words, properties={"plan": "large"})
        await nps_answers.take_in(session, WORKSPACE, source, [said])
    return source


async def ask(
    desk: Desk, words: str, *, by: str = "U2", narrowed: Narrowed = EVERYTHING, fresh: bool = True
) -> Answer:
    if fresh:
        await glean(desk, WORKSPACE)
    asked = Search(
        workspace_id=WORKSPACE, user_id=by, words=words, today=desk.now().date(), narrowed=narrowed
    )
    return await search(desk, asked)


def found(answer: Answer) -> list[str]:
    said = []
    for one in answer.results:
        said += [one.telling.title] if one.telling else []
        said += [f"own: {one.own.interview.title}"] if one.own else []
        said += [one.comment.words] if one.comment else []
    return said


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """One that searches by words alone: loading an encoder takes longer than the tests do."""
    settings = desk.settings.model_copy(update={"firsthand_search_encoder": "none"})
    return Desk(settings, desk.database, desk.clock, desk.connections)


async def test_stories_and_comments_are_found_by_some_of_their_words(desk: Desk) -> None:
    await tell(desk, BAKER)
    await tell(desk, BUILDER)
    await comment(desk, "shop", "The invoice was wrong twice.")
    assert set(found(await ask(desk, "who complains of an invoice?"))) >= {
        BAKER.title,
        BUILDER.title,
        "The invoice was wrong twice.",
    }
    assert found(await ask(desk, "approving")) == [BUILDER.title]


async def test_comments_of_a_source_that_may_not_speak_are_not_found(desk: Desk) -> None:
    source = await comment(desk, "shop", "The invoice was wrong twice.")
    assert found(await ask(desk, "invoice")) == ["The invoice was wrong twice."]
    async with desk.begin() as session:
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=False)
    assert found(await ask(desk, "invoice", fresh=False)) == []


async def test_a_write_up_that_is_kept_is_found_by_its_author_alone(desk: Desk) -> None:
    await tell(desk, BAKER, by="U1", published=False)
    assert found(await ask(desk, "Marta invoices", by="U2")) == []
    assert found(await ask(desk, "Marta invoices", by="U1")) == [f"own: {BAKER.title}"]


async def test_what_was_agreed_to_counts_now_and_not_when_it_was_indexed(desk: Desk) -> None:
    await tell(desk, replace(BAKER, sharing="with_name"))
    assert found(await ask(desk, "Ortega")) == [BAKER.title]
    never = Consent(
        customer_id=1,
        interview_id=None,
        purpose=Purpose.NOT_SHARED,
        recorded_by="U0",
        recorded_at=NOW,
        valid_from=NOW,
    )
    async with desk.begin() as session:
        await customers.record_consent(session, WORKSPACE, replace(never, purpose=Purpose.WITHOUT_NAME))
    assert found(await ask(desk, "Ortega", fresh=False)) == []
    assert found(await ask(desk, "invoices", fresh=False)) == [BAKER.title]
    async with desk.begin() as session:
        await customers.record_consent(session, WORKSPACE, never)
    assert found(await ask(desk, "invoices", fresh=False)) == []


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        (Narrowed(segment="Enterprise"), [BUILDER.title]),
        (Narrowed(theme="approval"), [BUILDER.title]),
        (Narrowed(kind="comment"), ["Old invoices.", "The invoice was wrong twice."]),
        (Narrowed(kind="comment", band="promoter"), ["Old invoices."]),
        (Narrowed(segment="large"), ["Old invoices.", "The invoice was wrong twice."]),
        (Narrowed(when="month", band="promoter"), []),
        (Narrowed(consent="with_name"), []),
        (Narrowed(consent="without_name", segment="enterprise"), [BUILDER.title]),
        (Narrowed(kind="interview"), []),
    ],
)
async def test_results_are_narrowed(desk: Desk, narrowed: Narrowed, expected: list[str]) -> None:
    await tell(desk, BAKER)
    await tell(desk, BUILDER)
    source = await comment(desk, "shop", "The invoice was wrong twice.")
    async with desk.begin() as session:
        long_ago = NOW - timedelta(days=200)
        old = Said(key="old", score=9, at=long_ago, comment="Old invoices.", properties={"plan": "large"})
        await nps_answers.take_in(session, WORKSPACE, source, [old, *crowd(3)])
    assert sorted(found(await ask(desk, "invoices", narrowed=narrowed))) == expected


def crowd(many: int) -> list[Said]:
    """So many large customers who said nothing beside their score."""
    return [Said(key=f"{n}", score=7, at=NOW, properties={"plan": "large"}) for n in range(many)]


async def test_comments_of_too_few_customers_are_not_told_apart_by_their_segment(desk: Desk) -> None:
    said = "The invoice was wrong twice."
    await tell(desk, replace(BAKER, segment="large"))
    source = await comment(desk, "shop", said)
    assert said in found(await ask(desk, "invoice"))
    for many, expected in ((3, False), (4, True)):
        async with desk.begin() as session:
            await nps_answers.take_in(session, WORKSPACE, source, crowd(many))
        for words in ("invoices", "invioces", ""):
            answer = await ask(desk, words, narrowed=Narrowed(segment="LARGE"))
            assert found(answer).count(said) == expected, (many, words)
            assert BAKER.title in found(answer)
        detractors = Narrowed(segment="large", band="detractor")
        assert found(await ask(desk, "", narrowed=detractors)).count(said) == expected


async def test_a_slip_of_the_keys_is_mended(desk: Desk) -> None:
    await tell(desk, BAKER)
    answer = await ask(desk, "invocies")
    assert (answer.typed, answer.instead, found(answer)) == ("invocies", "invoices", [BAKER.title])
    assert found(await ask(desk, "helicopter")) == []


async def test_what_changes_is_found_as_it_is_now_and_what_goes_leaves_nothing(desk: Desk) -> None:
    source = await comment(desk, "shop", "The zebra crossing was wrong.")
    assert found(await ask(desk, "zebra")) != []
    async with desk.begin() as session:
        said = Said(key="The zebra crossing was wrong.", score=3, at=NOW, comment="A giraffe.")
        await nps_answers.take_in(session, WORKSPACE, source, [said])
    assert found(await ask(desk, "zebra")) == []
    assert found(await ask(desk, "giraffe")) == ["A giraffe."]
    async with desk.begin() as session:
        await nps_answers.remove(session, WORKSPACE, source, [said.key])
    await glean(desk, WORKSPACE)
    async with desk.read() as session:
        rows = await session.execute(text("SELECT count(*) FROM search_texts"))
        assert rows.scalar_one() == 0
        blocks = (await session.execute(text("SELECT block FROM search_words_data"))).scalars()
        assert not any(b"zebra" in block or b"giraff" in block for block in blocks)


@pytest.mark.skipif(find_spec("wordllama") is None, reason="the extra `meaning` is not installed")
async def test_what_means_the_same_is_found_without_a_word_in_common(desk: Desk) -> None:
    settings = desk.settings.model_copy(update={"firsthand_search_encoder": "wordllama"})
    meaning = Desk(settings, desk.database, desk.clock, desk.connections)
    await comment(desk, "shop", "Far too expensive for what it does.")
    await comment(desk, "shop", "The parrot was friendly.")
    assert found(await ask(meaning, "price is high cost")) == ["Far too expensive for what it does."]
    async with desk.read() as session:
        held = (await session.execute(text("SELECT length(vector), length(code) FROM search_vectors"))).all()
    assert [tuple(row) for row in held] == [(256, 32)] * 2


async def test_results_in_chat_are_narrowed_by_a_menu(house: House) -> None:
    await house.story()
    await house.story(BUILDER)
    await glean(house.desk, WORKSPACE)
    ben = house.person("ben")
    await ben.command("/stories search invoices", channel="general")

    async def answered() -> SeenMessage | None:
        seen = await ben.ephemerals("general")
        return seen[-1] if seen else None

    answer = await house.world.until(answered, "results")
    assert answer is not None
    assert "2 stories about “invoices”" in answer.words()
    await ben.pick(answer, "search_by_segment", "enterprise")

    async def narrowed() -> bool:
        words = (await ben.ephemerals("general"))[-1].words()
        return "One story about" in words and "nobody approves" in words

    await house.world.until(narrowed, "the narrowed page")
