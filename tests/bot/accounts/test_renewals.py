"""Owners hear of their customers before an account renews, and nobody else learns what it is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids, publishing
from bot.accounts.renewal_notes import told_now
from bot.accounts.renewals import look
from bot.accounts.worth_in_posts import spelt_out
from bot.attention_rounds import decide_waiting
from bot.messages.renewals import worth_of
from storage import account_customers, accounts, customers, nps_answers, nps_sources
from storage.account_intake import Listed, Taken, take_in
from storage.database import Database
from storage.nps_answers import Answer
from storage.sending import Claimed
from stories.accounts import Worth, totals
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE

MORNING = datetime(2026, 11, 16, 10, tzinfo=UTC)
RENEWS = date(2026, 12, 16)
WORTH = Worth(amount=Decimal("12000.00"), currency="EUR")
BAKERY = Listed(name="Ortega Bakery GmbH", owner="ana@playground.example", worth=WORTH, renewal_on=RENEWS)
PROMISED = replace(BAKER, promise="Send her the new list", promise_by="2026-12-01")

CLAIMED = Claimed(
    id=1, workspace_id=WORKSPACE, channel_id="U000000A", kind="renewal", method="chat.postMessage",
    payload={}, thread_ts=None, target_ts=None, posted_in=None, attempt=1,
    sending_at=NOW, lease_until=NOW, created_at=NOW,
)  # fmt: skip


async def listed(house: House, *some: Listed) -> Taken:
    async with house.desk.begin() as session:
        return await take_in(session, WORKSPACE, some, now=house.desk.now())


async def hear(house: House) -> int:
    """What a tick does about renewals."""
    told = await look(house.desk, WORKSPACE)
    await decide_waiting(house.desk, WORKSPACE)
    house.desk.wake_outbox()
    return told


async def test_an_owner_hears_once_of_their_customers_before_a_renewal(house: House) -> None:
    house.clock.moment = MORNING - timedelta(days=1)
    story = await house.story(PROMISED, by="mika")
    hidden = replace(BAKER, name="Another One", title="Kept to mika", sharing="not_shared", promise="Hush")
    await house.story(hidden, by="mika", published=False)
    await listed(house, BAKERY)
    assert await hear(house) == 0, "there are 31 days left"
    house.clock.moment = MORNING
    assert await hear(house) == 1
    assert await hear(house) == 0
    ana = house.person("ana")
    direct = house.world.channel(await ana.dm())
    note = await direct.wait_for("renews in 30 days, on 16 December 2026", as_="ana")
    assert "€12,000, which only you see" in note.words()
    (kept,) = await house.rows("SELECT payload FROM deliveries WHERE kind = 'renewal'")
    assert "which only you see" in str(kept)
    assert "12,000" not in str(kept), "an amount is put in as the post goes"
    assert BAKER.title in note.words()
    assert "Send her the new list" in note.words()
    assert "Hush" not in note.words(), "that conversation is not shared"
    assert "A promise by" in note.words()
    assert "Kept to mika" not in note.words()
    # The address of the list goes once its owner is found; the story takes its words along.
    assert await house.rows("SELECT owner_id, owner_said FROM accounts") == [(ana.id, "")]
    async with house.desk.begin() as session:
        by = house.person("mika").id
        await publishing.withdraw(session, WORKSPACE, story, by=by, now=house.desk.now())
    house.desk.wake_outbox()
    await direct.wait_until_gone(BAKER.title, as_="ana")
    assert "€12,000" in (await direct.wait_for("renews in 30 days", as_="ana")).words()
    await ana.command("/firsthand accounts", channel="pilot")
    assert "€12,000" in (await ana.ephemerals("pilot"))[-1].words()
    await house.person("mika").command("/firsthand accounts", channel="pilot")
    assert "€12,000" not in (await house.person("mika").ephemerals("pilot"))[-1].words()


async def test_a_guest_hears_of_no_customers_and_stands_in_nobodys_way(house: House) -> None:
    house.clock.moment = MORNING
    gus = house.person("gus").id
    await listed(house, replace(BAKERY, owner=gus), replace(BAKERY, name="Nobody's", owner="U0NOBODY0"))
    assert await hear(house) == 0
    assert await house.rows("SELECT 1 FROM unasked") == []
    async with house.desk.read() as session:
        assert await accounts.renewing(session, WORKSPACE, MORNING.date(), RENEWS) == ()


async def test_what_was_looked_up_counts_while_the_list_still_says_it(database: Database) -> None:
    async with database.begin() as session:
        await take_in(session, WORKSPACE, [BAKERY], now=NOW)
        ((number, address),) = await accounts.unknown_owners(session, WORKSPACE)
        await take_in(session, WORKSPACE, [replace(BAKERY, owner="ben@playground.example")], now=NOW)
        await accounts.know_owner(session, WORKSPACE, number, "U000000A", said=address, now=NOW)
        assert await accounts.unknown_owners(session, WORKSPACE) == ((number, "ben@playground.example"),)
        await accounts.know_owner(
            session, WORKSPACE, number, "U000000B", said="ben@playground.example", now=NOW
        )
        before = await accounts.get(session, WORKSPACE, number)
        await take_in(session, WORKSPACE, [replace(BAKERY, owner="U000000C")], now=NOW)
        assert before is not None
        await accounts.is_noted(session, WORKSPACE, before)
        (due,) = await accounts.renewing(session, WORKSPACE, RENEWS, RENEWS)
        assert due.owner_id == "U000000C", "who looks after it by now has not heard of it"


async def test_an_amount_is_put_into_posts_of_its_owner_alone(database: Database) -> None:
    async with database.begin() as session:
        await take_in(session, WORKSPACE, [replace(BAKERY, owner="U000000A")], now=NOW)
        bakery = (await accounts.called_like(session, WORKSPACE, ["Ortega Bakery"]))[0]
        for mark, reader, said in (
            (worth_of(bakery.id), "U000000A", "€12,000"),
            (worth_of(bakery.id), "U000000B", "…"),
            (worth_of(9**9), "U000000A", "…"),
            ("worth:1", "U000000A", "worth:1"),
        ):
            payload = {"text": f"It is {mark}.", "blocks": [{"text": {"text": f"It is {mark}."}, "n": 1}]}
            going = replace(CLAIMED, channel_id=reader, payload=payload)
            told = (await spelt_out(session, going)).payload
            assert told == {
                "text": f"It is {said}.",
                "blocks": [{"text": {"text": f"It is {said}."}, "n": 1}],
            }


async def test_an_owner_says_whose_customer_somebody_is_where_the_name_leaves_it_open(house: House) -> None:
    house.clock.moment = MORNING
    await house.story(replace(BAKER, company="Ortega Bakery AG"), by="mika")
    await listed(house, replace(BAKERY, owner=house.person("ana").id))
    await hear(house)
    ana = house.person("ana")
    direct = house.world.channel(await ana.dm())
    note = await direct.wait_for("talked with *Ortega Bakery AG*", as_="ana")
    assert "Plan a conversation" in str(note.blocks)
    await ana.click(note, ids.ACCOUNT_THEIRS)
    assert BAKER.title in (await direct.wait_for(BAKER.title, as_="ana")).words()
    assert await house.rows("SELECT belongs FROM account_customers") == [(1,)]


async def test_nobody_but_its_owner_learns_what_an_account_is_worth(database: Database) -> None:
    async with database.begin() as session:
        mine, theirs = (
            replace(BAKERY, owner="U000000A"),
            Listed(name="Smith Ltd", owner="U000000B", worth=WORTH),
        )
        assert await take_in(session, WORKSPACE, [mine, theirs], now=NOW) == Taken(new=2)
        assert await take_in(session, WORKSPACE, [mine], now=NOW) == Taken(same=1)
        bakery = (await accounts.called_like(session, WORKSPACE, ["ORTEGA BAKERY"]))[0]
        customer, smith = await _customer(session, "Ortega Bakery"), await _customer(session, "Smith")
        ids_of = [customer, smith]
        many = [*ids_of, *range(10**6, 10**6 + 40_000)]  # more than a statement takes
        own = await accounts.value_of_customers(session, WORKSPACE, many, "U000000A")
        assert [one.name for one in own] == ["Ortega Bakery GmbH"]
        assert totals(one.worth for one in own if one.worth) == {"EUR": Decimal("12000.00")}
        assert await accounts.value_of_customers(session, WORKSPACE, ids_of, "U000000C") == ()
        found = await account_customers.of_account(session, WORKSPACE, bakery)
        assert found.surely == (customer,)
        await account_customers.say(
            session, WORKSPACE, bakery.id, customer, belongs=False, by="U000000A", now=NOW
        )
        assert (await account_customers.of_account(session, WORKSPACE, bakery)).surely == ()
        assert await accounts.of_customers(session, WORKSPACE, [customer]) == {}


async def _customer(session: AsyncSession, company: str) -> int:
    return await customers.create(
        session, WORKSPACE, name="Some Body", alias="somebody", company=company, segment="",
        created_by="U1", now=NOW,
    )  # fmt: skip


async def answered(session: AsyncSession, company: str, number: int, score: int) -> None:
    """So many answers of a company, in a quarter that is over on the test’s day."""
    source = await nps_sources.ensure(session, WORKSPACE, kind=nps_sources.FILE, name="a file", now=NOW)
    day = (NOW - timedelta(days=100)).date()
    answers = [
        Answer(
            key=f"{company}{one}",
            score=score,
            at=NOW - timedelta(days=100),
            day=day,
            properties={"Company": company},
        )
        for one in range(number)
    ]
    await nps_answers.take_in(session, WORKSPACE, source, answers)


@pytest.mark.parametrize("crowd", [0, 250])
async def test_what_an_account_answered_is_told_where_enough_did(database: Database, crowd: int) -> None:
    """`crowd`: so many other accounts that the property which names them is no segment any more."""
    async with database.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind=nps_sources.FILE, name="a file", now=NOW)
        at = NOW - timedelta(days=100)
        others = [
            Answer(key=f"c{one}", score=6, at=at, properties={"Company": f"Company {one}"})
            for one in range(crowd)
        ]
        await nps_answers.take_in(session, WORKSPACE, source, others)
        mine = replace(BAKERY, owner="U000000A")
        small = Listed(name="Smith Ltd", owner="U000000A", renewal_on=RENEWS)
        await take_in(session, WORKSPACE, [mine, small], now=NOW)
        await answered(session, "Ortega Bakery", 12, 10)
        await answered(session, "Smith", 3, 2)
        await answered(session, "Jones", 4, 2)
        await answered(session, "Others", 40, 8)
    async with database.read() as session:
        said = {}
        for account in await accounts.of_owner(session, WORKSPACE, "U000000A"):
            slot = f"renewal:{account.id}:{RENEWS}"
            told = await told_now(session, WORKSPACE, "U000000A", slot, NOW)
            assert told is not None
            assert_valid(told.payload, "message")
            said[account.name] = told.payload["text"] + str(told.payload["blocks"])
            assert await told_now(session, WORKSPACE, "U000000B", slot, NOW) is None
    assert "NPS of the last year: +100, from 12 answers" in said["Ortega Bakery GmbH"]
    assert "NPS" not in said["Smith Ltd"], "three are too few"
