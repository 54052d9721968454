"""From the body of a request to business figures, each entry that is none with its field and the reason."""

from __future__ import annotations

import math

from bot.nps.figure_file import LONGEST_NAME, month_in
from bot.nps.importing.rows import clean
from bot.nps.pushing.reading import Refused, WrongField, entries, read_entries
from storage.nps_figures import EVERYBODY, Figure

FIELDS = frozenset({"figure", "month", "amount", "property", "value"})


def read_figures(body: bytes) -> tuple[list[Figure], list[Refused]]:
    """The figures of a batch and what was refused of it. Raises BadRequest for a body that is no batch."""
    return read_entries(entries(body, "figures"), _figure)


def _figure(entry: object) -> Figure:
    if not isinstance(entry, dict):
        raise WrongField("", "each figure is an object")
    unknown = sorted(str(name) for name in entry if name not in FIELDS)
    if unknown:
        raise WrongField(unknown[0][:60], f"unknown; there are: {', '.join(sorted(FIELDS))}")
    told = entry.get("month")
    month = month_in(told) if isinstance(told, str) else None
    if month is None:
        raise WrongField("month", "a month such as 2026-03")
    segment = (_name(entry.get("property"), "property"), _name(entry.get("value"), "value"))
    if bool(segment[0]) is not bool(segment[1]):
        raise WrongField("value", "a segment needs both its property and its value")
    name = _name(entry.get("figure"), "figure")
    if not name:
        raise WrongField("figure", f"needed: a name of 1 to {LONGEST_NAME} characters")
    amount = entry.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not math.isfinite(_float(amount)):
        raise WrongField("amount", "a number such as 1234.5")
    return Figure(name=name, month=month, amount=_float(amount), segment=segment if segment[0] else EVERYBODY)


def _float(amount: int | float) -> float:
    try:
        return float(amount)
    except OverflowError:
        return math.inf


def _name(value: object, field: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(clean(value)) > LONGEST_NAME or '"' in value:
        raise WrongField(field, f"a text of up to {LONGEST_NAME} characters, without quotation marks")
    return clean(value)
