"""What an import of accounts shows at a terminal: how the columns are read, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.accounts.mapping import PARTS, Guess
from bot.nps.importing.moments import Order
from bot.nps.importing.rows import Refusal
from storage.account_intake import Taken
from stories.language import _, ngettext
from stories.text import one_line, shortened

LONGEST_SHOWN = 60
MOST_REFUSALS = 5


def meanings(found: Guess) -> Mapping[str, str]:
    """What each column is taken for, in words; columns that are not kept stand last."""
    reading = found.reading
    said = {getattr(reading, part): _words()[part] for part in PARTS if getattr(reading, part)}
    return said | {column: _("left out") for column in found.shown if column not in said}


def notes(found: Guess) -> list[str]:
    """What else holds for how it is read."""
    reading, said = found.reading, []
    if reading.order is not None:
        first = {Order.DAY_FIRST: _("the day"), Order.MONTH_FIRST: _("the month")}[reading.order]
        said.append(_("In days such as 03/04/2027 {first} comes first.").format(first=first))
    if reading.money:
        said.append(_("Amounts without a currency are in {money}.").format(money=reading.money))
    return said


def shown(found: Guess) -> RenderableType:
    """Every column with what it is taken for and one of its cells."""
    grid = Grid(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for heading in (_("Column"), _("is read as"), _("for instance")):
        grid.add_column(heading, overflow="fold")
    for column, meaning in meanings(found).items():
        cell = shortened(one_line(found.shown.get(column, "")), LONGEST_SHOWN)
        grid.add_row(Text(one_line(column)), Text(meaning), Text(cell))
    return Group(grid, Text("\n".join(notes(found)), style="dim"))


def outcome(taken: Taken, refused: Sequence[Refusal], number: int) -> str:
    """What became of the rows; `number` of them were refused, the first of which are `refused`."""
    facts = [
        ngettext("{count:,} new account", "{count:,} new accounts", taken.new).format(count=taken.new),
        _("{count:,} changed").format(count=taken.changed),
        _("{count:,} as before").format(count=taken.same),
    ]
    facts += [_("{count:,} refused").format(count=number)] if number else []
    return "\n".join([", ".join(facts) + ".", *map(refusal_said, refused[:MOST_REFUSALS])])


def refusal_said(one: Refusal) -> str:
    """A refused row in a line."""
    if not one.column:
        return _("row {row}: {reason}").format(row=one.row, reason=one.reason)
    said = _("row {row}, {column} “{value}”: {reason}")
    value = shortened(one.value, LONGEST_SHOWN)
    return said.format(row=one.row, column=one.column, value=value, reason=one.reason)


def _words() -> dict[str, str]:
    return {
        "name": _("the account’s name"),
        "owner": _("who looks after it"),
        "worth": _("what it is worth (for its owner’s eyes alone)"),
        "currency": _("the currency"),
        "renewal": _("when it renews"),
        "segment": _("its segment"),
    }
