"""How a list of accounts is read: which column is the name, which the owner and so on, as guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import islice
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.accounts.amounts import amount_in, currency_in
from bot.nps.importing.columns import PARTLY, Column
from bot.nps.importing.moments import Order, needs_order, orders_of
from bot.nps.importing.tables import Table
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

PARTS = ("name", "owner", "worth", "currency", "renewal", "segment")
SAMPLE = 2_000
"""Rows that are looked at."""

_PERSON = re.compile(r"<?@?[UW][A-Z0-9]{6,}>?|[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_UTC = ZoneInfo("UTC")
_PATTERNS = {
    "renewal": r"renew|contract.*end|end.*contract|expir|term.*end|valid.*until",
    "owner": r"owner|account.?manager|\bcsm\b|success|responsible|\brep\b|e-?mail",
    "worth": r"\b(arr|mrr|acv|tcv)\b|value|worth|revenue|amount|contract.*size|spend",
    "currency": r"currency",
    "segment": r"segment|tier|plan|size|type|industry",
    "name": r"^account$|account.?name|company|^customer$|customer.?name|organi[sz]ation|client|^name$|name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Columns by name, "" for none. `order` is which comes first in a day such as 03/04/2027.

    `money`: the currency of amounts beside which none stands (ISO 4217).
    """

    name: str = ""
    owner: str = ""
    worth: str = ""
    currency: str = ""
    renewal: str = ""
    segment: str = ""
    order: Order | None = None
    money: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Self:
        """As it was stored."""
        return cls(**{**held, "order": Order(held["order"]) if held["order"] else None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A reading to confirm. `open` names what has to be asked: "order" or "money".

    `shown` is one cell of each column; `unclear` one whose day means two days.
    """

    reading: Reading
    shown: dict[str, str]
    open: tuple[str, ...] = ()
    unclear: str = ""


def guess(table: Table, given: Reading | None = None) -> Guess:
    """What the columns seem to be; what `given` says goes first. Raises UserError for any other list."""
    rows = [row.cells for row in islice(table.rows(), SAMPLE) if not row.broken]
    if not rows:
        raise UserError(_("There is a header and no rows below it: there is nothing to take in."))
    columns = [Column(name, tuple(row[at] for row in rows)) for at, name in enumerate(table.columns)]
    known, found = given or Reading(), dict[str, str]()
    for part, pattern in _PATTERNS.items():
        left = [column for column in columns if column.name not in found.values()]
        found[part] = getattr(known, part) or _best(left, pattern, _FITS[part])
    reading = Reading(**found, order=known.order, money=known.money)
    _check(reading, table.columns)
    return _with_questions(reading, columns)


def is_accounts(found: Guess) -> bool:
    """Whether it can hardly be anything else: names, with what only accounts have."""
    reading = found.reading
    return bool(reading.name and reading.renewal and (reading.owner or reading.worth))


def _best(columns: Sequence[Column], pattern: str, fits: Callable[[str], bool]) -> str:
    named = (one for one in columns if re.search(pattern, one.name.replace("_", " "), re.IGNORECASE))
    return next((one.name for one in named if one.mostly(fits, PARTLY)), "")


def _check(reading: Reading, columns: Sequence[str]) -> None:
    missing = [named for part in PARTS if (named := getattr(reading, part)) and named not in columns]
    if missing:
        said = _("There is no column “{column}”. There are: {columns}.")
        raise UserError(said.format(column=missing[0], columns=", ".join(columns[:40])))
    if not reading.name:
        said = _("None of the columns names the account. There are: {columns}. Name it: --name")
        raise UserError(said.format(columns=", ".join(columns[:40])))
    if not (reading.owner or reading.worth or reading.renewal or reading.segment):
        said = _("Beside the name there is no owner, no value, no renewal and no segment in this list.")
        raise UserError(said)


def _with_questions(reading: Reading, columns: Sequence[Column]) -> Guess:
    by_name = {column.name: column for column in columns}
    days = by_name[reading.renewal].filled if reading.renewal else []
    fitting, unclear, questions = orders_of(days), "", []
    if reading.order is None and len(fitting) == 1:
        reading = replace(reading, order=next(iter(fitting)))
    elif reading.order is None and (unclear := needs_order(days) or ""):
        questions.append("order")
    if reading.worth and not reading.money:
        reading = replace(reading, money=currency_in(reading.worth))
    amounts = by_name[reading.worth].filled if reading.worth else []
    if amounts and not (reading.money or reading.currency or all(map(currency_in, amounts))):
        questions.append("money")
    shown = {column.name: next(iter(column.filled), "") for column in columns}
    return Guess(reading=reading, shown=shown, open=tuple(questions), unclear=unclear)


def _is_amount(cell: str) -> bool:
    try:
        amount_in(cell)
    except ValueError:
        return False
    return True


_FITS: dict[str, Callable[[str], bool]] = {
    "name": lambda cell: bool(re.search(r"[^\W\d_]", cell)) and "@" not in cell,
    "owner": lambda cell: _PERSON.fullmatch(cell) is not None,
    "worth": _is_amount,
    "currency": lambda cell: bool(currency_in(cell)),
    "renewal": lambda cell: Column("", (cell,)).is_dates(_UTC),
    "segment": lambda cell: len(cell) <= 60 and "@" not in cell,
}
