"""A file of business figures: month, figure, amount, and perhaps a segment, one a row."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot.nps.importing.rows import clean
from storage.nps_figures import EVERYBODY, Figure
from stories.errors import UserError
from stories.language import _

COLUMNS = ("month", "figure", "amount")
MOST_ROWS = 200_000
LONGEST_NAME = 80
"""Characters of a figure's name, of a property and of a value."""

_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-\d{2})?")


def read(path: Path) -> list[Figure]:
    """Every row. Raises UserError, naming rows and what is wrong with them, when one cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise UserError(
                    _("The file needs the columns {columns}; missing: {missing}.").format(
                        columns=", ".join((*COLUMNS, "property", "value")), missing=", ".join(missing)
                    )
                )
            return _figures(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(
            _("{path} cannot be read as a CSV in UTF-8: {why}").format(path=path, why=error)
        ) from error


def _figures(rows: Iterable[dict[str, str | None]]) -> list[Figure]:
    found: list[Figure] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise UserError(_("The file has more than {most} rows.").format(most=MOST_ROWS))
        try:
            found.append(
                _figure(
                    {
                        name: clean(text or "")
                        for name, text in row.items()
                        if name and isinstance(text, str | None)
                    }
                )
            )
        except ValueError as problem:
            wrong.append(_("row {number}: {problem}").format(number=number, problem=problem))
    if wrong:
        raise UserError(_("Nothing was taken in. {rows}").format(rows="; ".join(wrong[:10])))
    if not found:
        raise UserError(_("The file has no rows."))
    return found


def _figure(row: dict[str, str]) -> Figure:
    month = month_in(row.get("month", ""))
    if month is None:
        raise ValueError(_("the month is written 2026-03, not “{month}”").format(month=row.get("month", "")))
    name = row.get("figure", "")
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(_("the figure needs a name of at most {most} characters").format(most=LONGEST_NAME))
    segment = (row.get("property", ""), row.get("value", ""))
    if bool(segment[0]) is not bool(segment[1]):
        raise ValueError(_("a segment needs both its property and its value"))
    return Figure(
        name=name,
        month=month,
        amount=_amount(row.get("amount", "")),
        segment=segment if segment[0] else EVERYBODY,
    )


def month_in(text: str) -> date | None:
    """The first day of the month that is written so (2026-03, or a day in it); None for anything else."""
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found["month"]) <= 12 or int(found["year"]) < 1:
        return None
    return date(int(found["year"]), int(found["month"]), 1)


def _amount(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = math.nan
    if not math.isfinite(amount):
        raise ValueError(_("the amount is a number such as 1234.5, not “{text}”").format(text=text))
    return amount
