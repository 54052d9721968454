"""What an import of answers shows at a terminal: how the columns are read, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.nps.importing.guessing import Guess
from bot.nps.importing.intake import Tally
from bot.nps.importing.moments import Order
from bot.nps.importing.rows import Refusal
from bot.nps.importing.tables import Table
from stories.language import _, ngettext
from stories.text import one_line, shortened

_LONGEST = 60
MOST_REFUSALS = 5
"""Refused rows that are shown; the file has them all."""


def mapping_shown(file: Path, table: Table, guess: Guess, *, time_zone: str) -> RenderableType:
    """Every column with what it is taken for and one of its cells."""
    grid = Grid(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for heading in (_("Column"), _("is read as"), _("for instance")):
        grid.add_column(heading, overflow="fold")
    mapping = guess.mapping
    for column, meaning in meanings(guess).items():
        shown = shortened(one_line(guess.shown.get(column, "")), _LONGEST)
        grid.add_row(Text(one_line(column)), meaning, Text(shown))
    notes = [_("{file}: {told}.").format(file=file.name, told=table.told)]
    if mapping.order is not None:
        notes.append(order_said(mapping.order))
    if not mapping.key:
        notes.append(_("No column says which answer is which: rows are told apart by all that is in them."))
    said = _("Days, and times without a zone, are those of {zone} (firsthand nps settings changes it).")
    notes.append(said.format(zone=time_zone))
    return Group(Text("\n".join(notes[:1])), grid, Text("\n".join(notes[1:]), style="dim"))


def meanings(guess: Guess) -> Mapped[str, Text]:
    """What each column is taken for, in words; what is kept first."""
    mapping = guess.mapping
    parts = (
        (mapping.score, _("the score"), "score"),
        (mapping.at, _("when it was answered"), "at"),
        (mapping.key, _("which answer it is"), ""),
        (mapping.person, _("who answered (kept as a hash, so that they can be erased)"), ""),
        (mapping.comment, _("the comment (not shown until you share this source’s verbatims)"), ""),
    )
    found = {column: Text(said) for column, said, part in parts if column and part not in guess.open}
    for column, name in mapping.properties:
        found[column] = Text(_("a segment: {name}").format(name=name))
    for column, why in guess.left_out.items():
        found[column] = Text(_("left out: {why}").format(why=why), style="dim")
    return found


def order_said(order: Order) -> str:
    """How days in numbers are read."""
    if order is Order.DAY_FIRST:
        return _("Dates have the day first: 03/04/2025 is 3 April.")
    return _("Dates have the month first: 03/04/2025 is 4 March.")


def outcome_shown(
    tally: Tally, refusals: list[Refusal], refused_file: Path | None, *, resumed: int
) -> RenderableType:
    """What came of it, with the first refused rows."""
    lines = [Text(tallied(tally) + ".")]
    if resumed:
        lines.append(Text(_("Went on after row {count:,}.").format(count=resumed), style="dim"))
    lines += [Text("  " + refusal_said(refusal), style="yellow") for refusal in refusals]
    if refused_file is not None and tally.refused:
        lines.append(Text(_("All refused rows, each with its reason: {file}").format(file=refused_file)))
    return Group(*lines)


def tallied(tally: Tally) -> str:
    """What became of the answers, in numbers."""
    taken = tally.taken
    facts = [
        ngettext("{count:,} new answer", "{count:,} new answers", taken.new).format(count=taken.new),
        _("{count:,} changed").format(count=taken.changed),
        _("{count:,} already there").format(count=taken.same),
    ]
    if taken.erased:
        facts.append(_("{count:,} of people who were erased").format(count=taken.erased))
    if tally.refused:
        facts.append(_("{count:,} refused").format(count=tally.refused))
    return ", ".join(facts)


def refusal_said(refusal: Refusal) -> str:
    """One refused row in a line."""
    if not refusal.column:
        return _("row {row}: {reason}").format(row=refusal.row, reason=refusal.reason)
    said = _("row {row}, {column} “{value}”: {reason}")
    value = shortened(one_line(refusal.value), _LONGEST)
    return said.format(row=refusal.row, column=refusal.column, value=value, reason=refusal.reason)
