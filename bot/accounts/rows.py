"""From a row of a list to an account, or to a refusal that names the column, the value and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.accounts.amounts import amount_in, currency_in
from bot.accounts.mapping import PARTS, Reading
from bot.nps.importing.moments import Moments
from bot.nps.importing.rows import Refusal
from bot.nps.importing.tables import Row, Table
from storage.account_intake import Listed
from stories.accounts import LONGEST_NAME, LONGEST_SEGMENT, Worth, worth_of
from stories.language import _
from stories.text import one_line

MOST_ROWS = 50_000
LONGEST_OWNER = 200

_FAR_FUTURE = datetime(9000, 1, 1, tzinfo=UTC)
_SLACK = re.compile(r"<?@?(?P<id>[UW][A-Z0-9]{6,20})(?:\|[^>]*)?>?")
_ADDRESS = re.compile(r"[^@\s<>|\"']+@[^@\s<>|\"']+\.[^@\s<>|\"']+")


class _Wrong(ValueError):
    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value = column, value


def read_rows(table: Table, reading: Reading) -> Iterator[Listed | Refusal]:
    """An account or a refusal for each row."""
    moments = Moments(ZoneInfo("UTC"), reading.order, _FAR_FUTURE)
    places = {part: table.columns.index(getattr(reading, part)) for part in PARTS if getattr(reading, part)}
    for number, row in enumerate(table.rows()):
        if row.broken or number >= MOST_ROWS:
            reason = row.broken or _("a list holds {most:,} accounts at the most").format(most=MOST_ROWS)
            yield Refusal(row=row.number, column="", value=" ".join(row.cells)[:200], reason=reason)
            continue
        try:
            yield _account(row, reading, places, moments)
        except _Wrong as wrong:
            shown = one_line(wrong.value)[:200]
            yield Refusal(row=row.number, column=wrong.column, value=shown, reason=str(wrong))


def owner_in(text: str) -> str:
    """A Slack id or an e-mail address; "" for none. Raises ValueError for anything else."""
    said = text.strip()
    if not said:
        return ""
    slack = _SLACK.fullmatch(said)
    if slack:
        return slack["id"]
    if len(said) > LONGEST_OWNER or not _ADDRESS.fullmatch(said):
        raise ValueError(_("an owner is named by an e-mail address or a Slack id such as U012AB3CD"))
    return said.lower()


def name_in(text: str, most: int = LONGEST_NAME) -> str:
    """A name in one line. Raises ValueError for one that is too long."""
    said = one_line(text)
    if len(said) > most:
        raise ValueError(_("at most {most} characters").format(most=most))
    return said


def _account(row: Row, reading: Reading, places: dict[str, int], moments: Moments) -> Listed:
    cells = {part: row.cells[at].strip() for part, at in places.items()}
    name = _tried(reading.name, cells["name"], name_in)
    if not name:
        raise _Wrong(reading.name, "", _("there is no name"))
    return Listed(
        name=name,
        owner=_tried(reading.owner, cells.get("owner", ""), owner_in),
        worth=_worth(reading, cells),
        renewal_on=_renewal(reading, cells.get("renewal", ""), moments),
        segment=_tried(
            reading.segment, cells.get("segment", ""), lambda text: name_in(text, LONGEST_SEGMENT)
        ),
    )


def _tried(column: str, cell: str, read: Callable[[str], str]) -> str:
    try:
        return read(cell)
    except ValueError as error:
        raise _Wrong(column, cell, str(error)) from None


def _worth(reading: Reading, cells: dict[str, str]) -> Worth | None:
    said = cells.get("worth", "")
    if not said:
        return None
    currency = currency_in(cells.get("currency", "")) or currency_in(said) or reading.money
    if not currency:
        raise _Wrong(reading.worth, said, _("no currency stands beside it"))
    try:
        return worth_of(amount_in(said), currency)
    except ValueError as error:
        raise _Wrong(reading.worth, said, str(error)) from None


def _renewal(reading: Reading, cell: str, moments: Moments) -> date | None:
    if not cell:
        return None
    try:
        moment = moments.read(cell)
    except ValueError as error:
        raise _Wrong(reading.renewal, cell, str(error)) from None
    return moment.day or moment.at.date()


def in_batches(found: Sequence[Listed], size: int) -> Iterator[Sequence[Listed]]:
    """The same, this many at a time."""
    return (found[start : start + size] for start in range(0, len(found), size))
