"""Tables of customers and of colleagues, row by row: columns by what they are called, refusals by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from bot.nps.importing.rows import Refusal
from bot.nps.importing.tables import Table
from stories.calendars import parse_country, parse_time_zone
from stories.errors import UserError
from stories.language import _
from stories.rota.hours import Party
from stories.rota.people import MOST_LANGUAGES
from stories.text import one_line
from stories.values import dataclass

T = TypeVar("T")

Names = Mapping[str, tuple[str, ...]]
"""By field, the headings that mean it, folded."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_YES = frozenset({"yes", "y", "true", "1", "agreed", "ja", "oui", "sí", "si", "x"})
_NO = frozenset({"no", "n", "false", "0", "", "nein", "non", "refused"})


class Unusable(Exception):
    """A cell that cannot be used: the field, its value, and why."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


@dataclass(frozen=True, slots=True)
class Cells:
    """One row's cells by field; "" for a field that the table does not have."""

    by_field: Mapping[str, str]

    def text(self, field: str, most: int) -> str:
        """One line of at most so many characters. Raises Unusable for a longer one."""
        value = one_line(self.by_field.get(field, ""))
        if len(value) > most:
            said = _("{length} characters; {most} fit").format(length=len(value), most=most)
            raise Unusable(field, value[:80], said)
        return value

    def party(self, standing: Party) -> Party:
        """Where somebody is; what stands nowhere is as `standing` says. Raises Unusable."""
        zone, country = self.by_field.get("time_zone", "").strip(), self.by_field.get("country", "").strip()
        return Party(
            _asked("time_zone", zone, parse_time_zone) if zone else standing.time_zone,
            _asked("country", country, parse_country) if country else standing.country,
        )

    def languages(self, standing: tuple[str, ...]) -> tuple[str, ...]:
        """Codes such as "en", with commas, semicolons or spaces between. Raises Unusable."""
        told = self.by_field.get("languages", "")
        codes = [code.partition("-")[0] for code in re.split(r"[,;/\s]+", told.casefold()) if code]
        wrong = next((code for code in codes if not _LANGUAGE.fullmatch(code)), None)
        if wrong is not None:
            raise Unusable("languages", told[:80], _("write codes such as en, de or pt"))
        return tuple(dict.fromkeys(codes))[:MOST_LANGUAGES] or standing

    def yes(self, field: str) -> bool:
        """Whether it says yes. Raises Unusable for what is neither yes nor no."""
        value = self.by_field.get(field, "").strip().casefold()
        if value not in _YES | _NO:
            raise Unusable(field, value[:80], _("write yes or no"))
        return value in _YES

    def day(self, field: str) -> date | None:
        """A day as 2026-11-23; None where nothing stands. Raises Unusable."""
        value = self.by_field.get(field, "").strip()
        if not value:
            return None
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            raise Unusable(field, value[:80], _("write the day like 2026-11-23")) from None


def rows_of(
    table: Table, names: Names, needed: Sequence[str], read: Callable[[Cells], T]
) -> Iterator[T | Refusal]:
    """Each row as `read` makes it of its cells, or why it could not.

    Raises UserError, which names what is missing, for a table without a column that is needed.
    """
    places = columns_of(table.columns, names)
    missing = [field for field in needed if field not in places]
    if missing:
        said = _("The table has no column for: {missing}. These it has: {columns}.")
        expected = ", ".join(" / ".join(names[field]) for field in missing)
        raise UserError(said.format(missing=expected, columns=", ".join(table.columns[:20])))
    for row in table.rows():
        if row.broken:
            yield Refusal(row=row.number, column="", value=" ".join(row.cells)[:200], reason=row.broken)
            continue
        cells = Cells({field: row.cells[at] if at < len(row.cells) else "" for field, at in places.items()})
        try:
            yield read(cells)
        except Unusable as error:
            at = places.get(error.field)
            column = names[error.field][0] if at is None else table.columns[at]
            yield Refusal(row=row.number, column=column, value=error.value, reason=error.reason)


def columns_of(columns: Sequence[str], names: Names) -> dict[str, int]:
    """Where each field stands, by the first column that is called so."""
    folded = [re.sub(r"[\s_\-]+", " ", column.strip().casefold()) for column in columns]
    found: dict[str, int] = {}
    for field, called in names.items():
        at = next((at for at, column in enumerate(folded) if column in called), None)
        if at is not None:
            found[field] = at
    return found


def _asked(field: str, value: str, parse: Callable[[str], str]) -> str:
    try:
        return parse(value)
    except UserError as error:
        raise Unusable(field, value[:80], error.message) from None
