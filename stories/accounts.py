"""Accounts: companies that buy from us, what they are worth, and whose customers are whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from stories.company_forms import joined_name, short_name
from stories.folding import fold
from stories.language import _
from stories.values import dataclass

LONGEST_NAME = 80
LONGEST_SEGMENT = 40
MOST_WORTH = Decimal("1e15")
"""More than that is a slip of the hand, in any currency."""

DAYS_BEFORE = 30
"""How long before a renewal its owner hears of it, unless the workspace settled another time."""

MOST_DAYS_BEFORE = 365

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What an account brings a year: `amount` from 0, rounded to hundredths, in a `currency` (ISO 4217)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        """As it is stored: "1200.50 EUR"."""
        return f"{self.amount} {self.currency}"

    @classmethod
    def of(cls, stored: str) -> Worth:
        """What was stored. Raises ValueError for what can be none."""
        amount, _space, currency = stored.partition(" ")
        return worth_of(amount, currency)


class WrongWorth(ValueError):
    """What can be no worth: `part` is "value" or "currency", and it says what that has to be."""

    def __init__(self, part: str, wanted: str) -> None:
        super().__init__(wanted)
        self.part = part


def worth_of(amount: str, currency: str) -> Worth:
    """This amount (digits with a point) in this currency. Raises WrongWorth."""
    try:
        number = Decimal(amount).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise WrongWorth("value", _("a number such as 12000 or 12,000.50")) from None
    if not 0 <= number <= MOST_WORTH:
        raise WrongWorth("value", _("a number from 0 to {most:,}").format(most=MOST_WORTH))
    if not _CURRENCY.fullmatch(currency):
        raise WrongWorth("currency", _("a currency in three letters, such as EUR"))
    return Worth(amount=number, currency=currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A company that buys from us. `owner_id`: the colleague who looks after it, None while nobody does."""

    id: int
    name: str
    owner_id: str | None
    worth: Worth | None
    renewal_on: date | None
    segment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Whose customer somebody of a company is: surely one account's, or maybe these accounts'."""

    surely: Account | None = None
    maybe: tuple[Account, ...] = ()


def key_of(name: str) -> str:
    """What tells an account apart: its name without case, accents and doubled spaces, legal form and all."""
    return " ".join(fold(name).split())


def folded_name(name: str) -> str:
    """What a company is looked up by, however its legal form is written: "acme" for "The ACME Co. Ltd."."""
    return joined_name(name) or key_of(name)


def belonging(company: str, accounts: Sequence[Account]) -> Belonging:
    """Whose a customer of this company is, of the accounts that are called nearly so.

    The same name with the same legal form, or with none on either side, is surely the same company. Another
    legal form may be another company, and of several that could be it nobody but an owner can tell.
    """
    alike = [one for one in accounts if folded_name(one.name) == folded_name(company)]
    same = [one for one in alike if key_of(one.name) == key_of(company)]
    if same:
        return Belonging(surely=same[0])
    if len(alike) == 1 and (_is_bare(company) or _is_bare(alike[0].name)):
        return Belonging(surely=alike[0])
    return Belonging(maybe=tuple(alike))


def totals(worths: Iterable[Worth]) -> dict[str, Decimal]:
    """What several accounts are worth together, by currency: amounts of two currencies are never added."""
    found: dict[str, Decimal] = {}
    for worth in worths:
        found[worth.currency] = found.get(worth.currency, Decimal(0)) + worth.amount
    return dict(sorted(found.items()))


def _is_bare(name: str) -> bool:
    """Whether a company is named without a legal form."""
    return short_name(name) == key_of(name).strip(" .,&")
