"""Lists of accounts as CRMs export them: guessed, shown, taken in, and refused row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.accounts.amounts import amount_in, currency_in
from bot.accounts.mapping import Guess, Reading, guess, is_accounts
from bot.accounts.rows import read_rows
from bot.messages import account_uploads
from bot.nps.importing.moments import Order
from bot.nps.importing.opening import open_table
from bot.nps.importing.rows import Refusal
from storage.account_intake import Listed, Taken
from stories.accounts import Account, belonging
from stories.errors import UserError
from tests.blockkit import assert_valid

CRM = """Account Name,Account Owner Email,ARR,Renewal Date,Tier,Notes
Ortega Bakery GmbH,ana@example.com,"€ 12.000,50",31.03.2027,SMB,she <b>likes</b> us
"Hofmann & Söhne, AG",<@U012AB3CD>,4000,01.12.2026,,
,ben@example.com,1,01.12.2026,,
Smith Ltd,Ben Smith,1,01.12.2026,,
Jones <!channel>,,lots,01.12.2026,,
"""


def table_of(tmp_path: Path, text: str = CRM) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, given: Reading | None = None) -> tuple[Guess, list[Listed | Refusal]]:
    table = open_table(path)
    found = guess(table, given)
    return found, list(read_rows(table, found.reading))


def test_what_a_crm_exports_is_understood_and_bad_rows_say_why(tmp_path: Path) -> None:
    path = table_of(tmp_path)
    found, _rows = read(path)
    assert is_accounts(found)
    assert found.open == ("money",), "one amount has a currency, the others none"
    found, rows = read(path, replace(found.reading, money="EUR"))
    assert found.reading == Reading(
        name="Account Name", owner="Account Owner Email", worth="ARR", renewal="Renewal Date",
        segment="Tier", order=Order.DAY_FIRST, money="EUR",
    )  # fmt: skip
    bakery, sons, *refused = rows
    assert isinstance(bakery, Listed)
    assert (bakery.owner, str(bakery.worth)) == ("ana@example.com", "12000.50 EUR")
    assert (bakery.renewal_on, bakery.segment) == (date(2027, 3, 31), "SMB")
    assert isinstance(sons, Listed)
    assert sons.owner == "U012AB3CD"
    assert [(one.row, one.column) for one in refused if isinstance(one, Refusal)] == [
        (4, "Account Name"),
        (5, "Account Owner Email"),
        (6, "ARR"),
    ]


def test_days_that_mean_two_are_asked_about_and_other_tables_are_none(tmp_path: Path) -> None:
    path = table_of(tmp_path, "Company,Owner,Contract end\nAcme,ana@example.com,03/04/2027\n")
    found, _rows = read(path)
    assert (found.open, found.unclear) == (("order",), "03/04/2027")
    _found, rows = read(path, replace(found.reading, order=Order.MONTH_FIRST))
    assert [one.renewal_on for one in rows if isinstance(one, Listed)] == [date(2027, 3, 4)]
    answers = table_of(tmp_path, "Score,Submitted,Company\n9,2026-01-01,Acme\n")
    try:
        found, _rows = read(answers)
    except UserError:
        return
    assert not is_accounts(found)


def test_what_is_said_of_a_list_fits_slack_and_obeys_nothing(tmp_path: Path) -> None:
    found, rows = read(table_of(tmp_path), Reading(money="EUR"))
    refused = [one for one in rows if isinstance(one, Refusal)]
    name = "<!channel>.csv"
    for payload in (
        account_uploads.offered(1, name, found),
        account_uploads.offered(1, name, replace(found, open=("order",), unclear="<!here>")),
        account_uploads.offered(1, name, replace(found, open=("money",))),
        account_uploads.taken_in(name, Taken(new=2), refused),
        account_uploads.broke_off(1, name, "<!channel>"),
    ):
        assert_valid(payload, "message")
        assert "<!" not in str(payload)


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("12,000", "12000", ""),
        ("€ 12.000,50", "12000.50", "EUR"),
        ("USD 1'200", "1200", "USD"),
        ("12,5", "12.5", ""),
        ("0.125", "0.125", ""),
        ("£1,234,567.89", "1234567.89", "GBP"),
        ("1 200 kr SEK", None, "SEK"),
        ("-5", None, ""),
        ("1,2,3", None, ""),
        ("1e9", None, ""),
        ("lots", None, ""),
    ],
)
def test_amounts_are_read_as_people_write_them_or_not_at_all(
    typed: str, amount: str | None, currency: str
) -> None:
    assert currency_in(typed) == currency
    if amount is None:
        with pytest.raises(ValueError, match="a number"):
            amount_in(typed)
    else:
        assert amount_in(typed) == amount


@settings(max_examples=50)
@given(st.integers(0, 10**12), st.integers(0, 99))
def test_an_amount_is_the_same_in_english_and_in_german(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert amount_in(english) == amount_in(german) == f"{whole}.{cents:02}"


def test_a_company_belongs_where_nobody_else_could_be_meant() -> None:
    def account(number: int, name: str) -> Account:
        return Account(id=number, name=name, owner_id=None, worth=None, renewal_on=None)

    one, other = account(1, "Hofmann GmbH"), account(2, "Hofmann AG")
    assert belonging("HOFMANN", [one]).surely == one
    assert belonging("Hofmann gmbh", [one, other]).surely == one
    assert belonging("Hofmann", [one, other]).maybe == (one, other)
    assert belonging("Hofmann AG", [one]).maybe == (one,)
    assert belonging("Hofmeister", [one]) == belonging("", [one])
