"""The top three carry what the accounts behind them are worth, for whoever looks after these."""

from __future__ import annotations

from decimal import Decimal

from bot.messages import priorities as words
from bot.priorities.measured import Standing
from bot.priorities.windows import own_worth
from storage import priorities
from storage.account_intake import Listed, take_in
from storage.database import Database
from stories.accounts import Worth
from tests.blockkit import assert_valid
from tests.bot.priorities.test_choosing_at_once import QUARTER, choose, themes_of_three
from tests.conftest import NOW, WORKSPACE

WORTH = Worth(amount=Decimal("12000.00"), currency="EUR")


async def test_only_whoever_looks_after_them_sees_what_accounts_behind_the_top_three_are_worth(
    database: Database,
) -> None:
    paper, price = await themes_of_three(database, "Paper", "Price", company="Ortega Bakery")
    for one in (paper, price):
        assert await choose(database, one) == ""
    async with database.begin() as session:
        bakery = Listed(name="Ortega Bakery GmbH", owner="U000000A", worth=WORTH)
        other = Listed(name="Smith Ltd", owner="U000000B", worth=WORTH)
        await take_in(session, WORKSPACE, [bakery, other], now=NOW)
        chosen = await priorities.of_quarter(session, WORKSPACE, QUARTER.first)
        said = {}
        for viewer in ("U000000A", "U000000B", "U000000C"):
            worth = await own_worth(session, WORKSPACE, chosen, NOW.date(), viewer)
            standing = [Standing(priority=one, since=None) for one in chosen]
            view = words.window(standing, [], QUARTER, viewer=viewer, editor=True, worth=worth)
            assert_valid(view, "modal")
            said[viewer] = str(view).count("12,000 EUR a year; only you see this")
    assert said == {"U000000A": 2, "U000000B": 0, "U000000C": 0}
