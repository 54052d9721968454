"""What may name somebody in others' texts stays, unless whoever erases them says that it is to go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import Desk
from bot.erasing import asking
from bot.messages import blocks
from bot.messages.erasing import confirm_modal
from storage import deliveries, erasing_words, sweeping
from storage.database import Database
from storage.deliveries import Post
from storage.holdings import About
from storage.sweeping import Place, naming
from tests.blockkit import assert_valid
from tests.bot.erasing.conftest import HERS, OTHER, Planted, told
from tests.bot.erasing.test_customers import finished
from tests.conftest import NOW, WORKSPACE

GOSSIP = replace(
    OTHER,
    name="Ivo Frost",
    alias="the butcher",
    company="Frost",
    title="Heard at the market",
    happened="He buys from Quillonby Gardens; Zephyrine told him so. Quillonbyish, he says.",
)
"""Another customer who names her company, and her by her first name."""


async def test_her_company_and_single_names_are_offered_with_where_they_stand(planted: Planted) -> None:
    async with planted.database.begin() as session:
        await told(session, GOSSIP, planted.author)
        await told(session, replace(GOSSIP, name="Alba Quillonby", title="A cousin"), planted.author)
        found = await erasing_words.maybe_naming(session, WORKSPACE, planted.customer_id)
    texts = {one.words: one.texts for one in found}
    assert set(texts) == {"Quillonby Gardens", HERS.alias, "Zephyrine"}, "another customer is a Quillonby too"
    assert texts["Quillonby Gardens"] > 0
    assert texts[HERS.alias] == 0


def test_words_longer_than_a_choice_are_not_offered_and_keep_nobody_from_being_erased() -> None:
    maybe = (erasing_words.Maybe(words="Baugenossenschaft " * 5, texts=1),)
    assert_valid(confirm_modal(About.CUSTOMER, "1", "Ivo", rows={}, named={}, posts=0, maybe=maybe), "modal")


@pytest.mark.parametrize("also", [(), ("Quillonby Gardens", "Zephyrine", "butcher")], ids=["stays", "goes"])
async def test_it_stays_unless_it_is_chosen_and_nothing_else_can_be(
    planted: Planted, desk: Desk, also: tuple[str, ...]
) -> None:
    async with planted.database.begin() as session:
        await told(session, GOSSIP, planted.author)
        whom = await asking.subject(session, WORKSPACE, About.CUSTOMER, str(planted.customer_id))
        shown = await asking.preview(session, WORKSPACE, whom)
        modal = confirm_modal(
            whom.about, whom.object_key, whom.called, rows=shown.rows, named={}, posts=4, maybe=shown.maybe
        )
        number = await asking.begin(session, WORKSPACE, whom, by="U0PRIVACY", now=NOW, also=also)
    assert_valid(modal, "modal")
    await finished(planted, desk, number)
    left = await planted.one("SELECT happened FROM interviews WHERE title = 'Heard at the market'")
    if also:
        assert left == "He buys from [name erased]; [name erased] told him so. Quillonbyish, he says."
    else:
        assert left == GOSSIP.happened
    assert await planted.one("SELECT alias FROM customers WHERE name = 'Ivo Frost'") == "the butcher"


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("Frost", "Frost’s, frost and Frosty", "[x]’s, [x] and Frosty"),
        ("A+B", "A+B, CA+B and A+BC", "[x], CA+B and A+BC"),
        ("田中", "田中さんと話した", "[x]さんと話した"),
        ("Bread & Co", "Bread &amp; Co, bread & co; Bread &amp; Cork", "[x], [x]; Bread &amp; Cork"),
    ],
)
def test_a_word_is_taken_out_where_it_stands_alone(words: str, before: str, after: str) -> None:
    assert naming((), "[x]", words=(words,))(before) == after


@pytest.mark.parametrize(
    ("needle", "written"),
    [
        ("Bread & Co", "Ask at Bread & Co about it."),
        ("Élodie Šimková", "élodie šimková said so."),
        ("Élodie Šimková", "Ask ÉLODIE ŠIMKOVÁ."),
        ("Élodie van Šimková", "I met élodie van Šimková."),
    ],
)
async def test_a_name_is_found_in_posts_however_it_is_written(
    database: Database, needle: str, written: str
) -> None:
    payload = {"text": blocks.escaped(written), "blocks": []}
    post = Post(channel_id="U0ANA", kind="notice", slot_key="n", payload=payload)
    async with database.begin() as session:
        await deliveries.plan(session, WORKSPACE, post, now=NOW)
        found = await sweeping.look(session, WORKSPACE, Place(table="deliveries"), [needle], ids=False)
    assert len(found.keys) == 1
