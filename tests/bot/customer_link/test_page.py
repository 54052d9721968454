"""A customer reads what was written, corrects it, takes it back; and nobody else gets anywhere."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.customer_link.endpoint import LARGEST_BODY, link_routes
from bot.customer_link.secret import LONGEST, PATH, Secret, as_typed, new_secret
from bot.showing import show
from storage import (
    connections,
    customer_links,
    customers,
)
from storage.connections import Arrival
from stories.consent import Purpose
from stories.story import StoryState
from tests.bot.customer_link.conftest import AUTHOR, Kept, marks_on, read
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE
from tests.naughty import NAUGHTY

QUOTE = BAKER.quotes[0]
NEW = "I do my invoices at five, with flour on the screen."


async def test_they_read_what_is_told_and_what_they_agreed_to(kept: Kept) -> None:
    secret = await kept.link(await kept.story(replace(BAKER, consent_words="Sure, tell them!")))
    page = await kept.http.get(secret.address(""))
    said = read(page)
    assert page.status_code == 200
    assert QUOTE in said
    assert "without your name and your company" in said
    assert "“the baker from Leeds”" in said
    assert "Sure, tell them!" in said
    assert "Marta" not in said, "as it is told: who finds the link learns no more than colleagues read"
    assert await kept.rows("SELECT opened_at IS NOT NULL FROM customer_links") == [(1,)]


async def test_the_page_tells_browsers_and_search_engines_nothing(kept: Kept) -> None:
    secret = await kept.link(await kept.story())
    answers = [await kept.http.get(secret.address("")), await kept.http.get(PATH + "no.thing")]
    for answer in answers:
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "noindex" in answer.headers["x-robots-tag"]
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "<script" not in answer.text
        assert "http" not in answer.text.replace("http-equiv", ""), "nothing is loaded or led to"


def test_nothing_is_looked_up_that_a_database_cannot_hold() -> None:
    assert as_typed("a\x00b.c\x00") == Secret("ab", "c")


async def _everything_that_opens_nothing(kept: Kept, story_id: int) -> list[str]:
    over = await kept.link(story_id, days=1)
    revoked = await kept.link(story_id)
    right = await kept.link(story_id)
    async with kept.desk.begin() as session:
        found = await customer_links.of_story(session, WORKSPACE, story_id, kept.now())
        await customer_links.revoke(session, WORKSPACE, found[1].id, now=kept.now())
    kept.clock.advance(timedelta(days=2))
    unknown = new_secret()
    return [
        unknown.address(""),
        over.address(""),
        revoked.address(""),
        Secret(right.public_id, unknown.secret).address(""),
        Secret(unknown.public_id, right.secret).address(""),
        right.address("")[:-1],
        right.address("") + "x",
        PATH + right.public_id,
        PATH + ".",
        PATH + "%00" * 30,
        PATH + "x" * (LONGEST * 50),
        PATH + "ü.ß",
    ]


async def test_every_link_that_opens_nothing_gets_the_same_answer(kept: Kept) -> None:
    story_id = await kept.story()
    addresses = await _everything_that_opens_nothing(kept, story_id)
    answers = [await kept.http.get(address) for address in addresses]
    answers += [
        await kept.http.post(address, data={"act": "withdraw", "sure": "yes"}) for address in addresses
    ]
    for address in addresses:
        secret = as_typed(address.removeprefix(PATH).replace("%00", "\0"))
        fields = {"form": secret.form_mark(), "act": "withdraw", "sure": "yes"}
        answers.append(await kept.http.post(address, data=fields))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert (await kept.loaded(story_id)).state is StoryState.PUBLISHED


async def test_a_link_of_a_workspace_that_left_opens_nothing(kept: Kept) -> None:
    secret = await kept.link(await kept.story())
    async with kept.desk.begin() as session:
        arrival = Arrival(name="Test", enterprise_id=None, org_wide=False, installed_by=None)
        await connections.connect(session, WORKSPACE, arrival, now=NOW)
        await connections.end(session, WORKSPACE, now=NOW, delete_on=NOW + timedelta(days=30))
    assert (await kept.http.get(secret.address(""))).status_code == 404


async def test_only_a_hash_of_the_secret_is_kept_and_nothing_of_it_logged(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = await kept.link(await kept.story())
    await kept.http.get(secret.address(""))
    await kept.sends(secret, act="withdraw", sure="yes")
    stored = str(await kept.rows("SELECT * FROM customer_links"))
    assert hashlib.sha256(secret.secret.encode()).hexdigest() in stored
    assert secret.secret not in stored
    ours = [
        record.getMessage() for record in caplog.records if record.name.split(".")[0] in ("bot", "storage")
    ]
    assert not any(secret.secret in line for line in ours)
    assert secret.secret not in repr(secret)


async def test_taking_a_story_back_takes_it_out_of_everywhere_and_only_they_can_undo_it(kept: Kept) -> None:
    story_id = await kept.story()
    secret = await kept.link(story_id)
    page = await kept.sends(secret, act="withdraw", sure="yes")
    assert "It is taken back" in read(page)
    assert "you took it back" in read(page)
    assert (await kept.loaded(story_id)).state is StoryState.WITHDRAWN
    async with kept.desk.read() as session:
        assert await show(session, WORKSPACE, story_id, kept.now()) is None
    acts = await kept.rows("SELECT act, actor_id FROM audit WHERE actor_id = 'customer' ORDER BY id")
    assert acts == [("withdraw", "customer"), ("customer_withdrew", "customer")]
    notes = await kept.rows("SELECT channel_id, payload FROM deliveries WHERE kind = 'notice'")
    assert notes[0][0] == AUTHOR
    assert QUOTE not in str(notes)
    await kept.sends(secret, act="withdraw", sure="yes")
    assert len(await kept.rows("SELECT 1 FROM deliveries WHERE kind = 'notice'")) == 1, "told once"


async def test_taking_all_back_ends_every_story_and_every_other_consent(kept: Kept) -> None:
    first = await kept.story(replace(BAKER, agreed=("quoted_by_avatar", "contacted_again")))
    customer = (await kept.loaded(first)).interview.customer
    other = await kept.story(replace(BAKER, customer_id=customer.id, title="Another"), key="two")
    secret = await kept.link(first)
    assert "quoted to a project’s team" in read(await kept.http.get(secret.address("")))
    page = read(await kept.sends(secret, act="withdraw_all", sure="yes"))
    assert "Everything you agreed to is taken back" in page
    assert "quoted to a project’s team" not in page
    assert [(await kept.loaded(one)).state for one in (first, other)] == [StoryState.WITHDRAWN] * 2
    async with kept.desk.read() as session:
        records = (await customers.consents(session, WORKSPACE, [customer.id]))[customer.id]
    assert {r.purpose for r in records if r.recorded_by == "customer"} == {
        Purpose.NOT_SHARED,
        Purpose.QUOTED_BY_AVATAR,
        Purpose.CONTACTED_AGAIN,
    }


async def test_nothing_is_taken_back_by_accident(kept: Kept) -> None:
    story_id = await kept.story()
    secret = await kept.link(story_id)
    page = await kept.sends(secret, act="withdraw")
    assert page.status_code == 422
    assert "tick the box first" in read(page)
    assert (await kept.loaded(story_id)).state is StoryState.PUBLISHED


@pytest.mark.parametrize("typed", ["", " \u200f ", "!?", "x" * 1001])
async def test_what_is_no_sentence_is_refused_beside_the_field_and_stays_typed(
    kept: Kept, typed: str
) -> None:
    secret = await kept.link(await kept.story())
    (mark,) = await kept.quote_marks(secret)
    page = await kept.sends(secret, act="correct", quote=mark, words=typed)
    assert page.status_code == 422
    assert "<details open>" in page.text
    assert "Please" in read(page)
    assert await kept.rows("SELECT 1 FROM corrections") == []


async def test_whatever_is_typed_comes_back_as_text(kept: Kept) -> None:
    secret = await kept.link(await kept.story())
    (mark,) = await kept.quote_marks(secret)
    for typed in (naughty.encode("utf-8", "replace").decode() for naughty in NAUGHTY):
        page = await kept.sends(secret, act="correct", quote=mark, words=typed)
        assert page.status_code in (200, 422)
        assert "<script" not in page.text.lower()
        assert "<img" not in page.text.lower()
        assert "\u202e" not in page.text or page.status_code == 422
        (mark,) = marks_on(page)


async def test_forms_that_are_not_of_the_page_change_nothing(kept: Kept) -> None:
    story_id = await kept.story()
    secret = await kept.link(story_id)
    there = secret.address("")
    sure = {"act": "withdraw", "sure": "yes"}
    mark = {"form": secret.form_mark()}
    bad: list[httpx.Response] = [
        await kept.http.post(there, data=sure),
        await kept.http.post(there, data={**sure, "form": new_secret().form_mark()}),
        await kept.http.post(there, data={**sure, "form": "ß"}),
        await kept.http.post(there, data={**sure, **mark}, headers={"sec-fetch-site": "cross-site"}),
        await kept.http.post(there, json={**sure, **mark}),
        await kept.http.post(there, data={**sure, **mark, "words": "x" * (LARGEST_BODY + 1)}),
        await kept.http.post(there, data={**sure, **mark, **{f"f{n}": "x" for n in range(30)}}),
        await kept.http.post(
            there, content=b"\xff\xfe", headers={"content-type": "application/x-www-form-urlencoded"}
        ),
    ]
    assert {answer.status_code for answer in bad} == {404}
    for method in ("PUT", "DELETE", "PATCH"):
        assert (await kept.http.request(method, there)).status_code == 405
    assert (await kept.loaded(story_id)).state is StoryState.PUBLISHED


async def test_a_link_of_somebody_else_than_the_author_shows_no_words_that_nobody_else_reads(
    kept: Kept,
) -> None:
    story_id = await kept.story()
    authors, editors = await kept.link(story_id), await kept.link(story_id, by="UED")
    await kept.sends(editors, act="withdraw", sure="yes")
    assert QUOTE not in read(await kept.http.get(editors.address("")))
    assert QUOTE in read(await kept.http.get(authors.address("")))


def test_without_an_address_there_is_no_page(kept: Kept) -> None:
    kept.desk.settings.firsthand_address = None
    assert link_routes(kept.desk) == []
