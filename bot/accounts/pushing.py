"""From the body of a request to accounts, each entry that is none with its field and the reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from bot.accounts.rows import name_in, owner_in
from bot.nps.importing.rows import clean
from bot.nps.pushing.reading import Refused, WrongField, entries, read_entries
from storage.account_intake import Listed
from stories.accounts import LONGEST_SEGMENT, Worth, WrongWorth, worth_of

FIELDS = frozenset({"name", "owner", "value", "currency", "renewal", "segment"})


def read_accounts(body: bytes) -> tuple[list[Listed], list[Refused]]:
    """The accounts of a batch and what was refused of it. Raises BadRequest for a body that is no batch."""
    return read_entries(entries(body, "accounts"), _account)


def _account(entry: object) -> Listed:
    if not isinstance(entry, dict):
        raise WrongField("", "each account is an object")
    unknown = sorted(str(name) for name in entry if name not in FIELDS)
    if unknown:
        raise WrongField(unknown[0][:60], f"unknown; there are: {', '.join(sorted(FIELDS))}")
    name = _text(entry, "name", name_in)
    if not name:
        raise WrongField("name", "needed, as a text")
    return Listed(
        name=name,
        owner=_text(entry, "owner", owner_in),
        worth=_worth(entry),
        renewal_on=_day(entry.get("renewal")),
        segment=_text(entry, "segment", lambda text: name_in(text, LONGEST_SEGMENT)),
    )


def _text(entry: dict[str, object], field: str, read: Callable[[str], str]) -> str:
    value = entry.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WrongField(field, "a text")
    try:
        return read(clean(value))
    except ValueError as error:
        raise WrongField(field, str(error)) from None


def _worth(entry: dict[str, object]) -> Worth | None:
    amount, currency = entry.get("value"), entry.get("currency")
    if amount is None:
        return None
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not _finite(amount):
        raise WrongField("value", "a number such as 12000 or 12000.5")
    if not isinstance(currency, str):
        raise WrongField("currency", "needed beside a value: three letters, such as EUR")
    try:
        return worth_of(str(amount), currency)
    except WrongWorth as error:
        raise WrongField(error.part, str(error)) from None


def _finite(amount: float) -> bool:
    try:
        return math.isfinite(float(amount))
    except OverflowError:
        return False


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError:
        raise WrongField("renewal", "a day such as 2027-03-31") from None
