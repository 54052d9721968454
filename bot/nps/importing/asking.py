"""Asking somebody at a terminal what a table's columns are, where that is open or guessed wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import click
from rich.console import Console

from bot.nps.importing.guessing import Guess
from bot.nps.importing.mapping import Mapping
from bot.nps.importing.moments import Order
from bot.nps.importing.tables import Table
from stories.errors import UserError
from stories.language import _

NONE = "-"
_PARTS = ("score", "at", "key", "comment", "person", "segments", "order")


def settled(guessed: Guess, again: Callable[[Mapping], Guess], columns: tuple[str, ...]) -> Guess:
    """The guess after everything open was asked; `again` guesses anew from what is known by then."""
    while guessed.open:
        part = guessed.open[0]
        mapping = guessed.mapping
        if part == "order":
            return replace(guessed, mapping=replace(mapping, order=_order(guessed.unclear)), open=())
        asked = _("Which column is the score?") if part == "score" else _("Which says when it was answered?")
        known = Mapping(
            score="" if "score" in guessed.open else mapping.score,
            at="" if "at" in guessed.open else mapping.at,
        )
        guessed = again(known.having(part, _column(asked, columns)))
    return guessed


def refuse_open(guessed: Guess) -> None:
    """Raises UserError for what is open when nobody may be asked."""
    if "order" in guessed.open:
        said = _("“{cell}” means two days. Say which: --dates dmy (the day first) or --dates mdy.")
        raise UserError(said.format(cell=guessed.unclear))
    if guessed.open:
        option = {"score": "--score", "at": "--date"}[guessed.open[0]]
        raise UserError(_("Several columns could be it; name the one with {option}.").format(option=option))


def confirmed(
    console: Console, table: Table, guessed: Guess, show: Callable[[Guess], None]
) -> Mapping | None:
    """The mapping that somebody said yes to, edited where they wanted; None when they said no."""
    while True:
        show(guessed)
        asked = _("(y)es, take it in; (c)hange a column; (n)o")
        letters = click.Choice(["y", "c", "n"], case_sensitive=False)
        choice = click.prompt(asked, type=letters, show_choices=False).lower()
        if choice != "c":
            return guessed.mapping if choice == "y" else None
        try:
            guessed = _changed(table, guessed)
        except UserError as error:
            console.print(error.message, style="yellow", markup=False)


def _changed(table: Table, guessed: Guess) -> Guess:
    part = click.prompt(_("Which part?"), type=click.Choice(_PARTS, case_sensitive=False)).lower()
    mapping = guessed.mapping
    if part == "order":
        return replace(guessed, mapping=replace(mapping, order=_order(guessed.unclear or "03/04/2025")))
    if part == "segments":
        typed = click.prompt(_("Which columns are segments? Names with commas, “-” for none"))
        names = [] if typed.strip() == NONE else [name.strip() for name in typed.split(",") if name.strip()]
        for name in names:
            _check(name, table.columns)
        pairs = tuple((name, name) for name in names)
        others = {column: _("not asked for") for column in table.columns if column not in names}
        taken = replace(mapping, properties=()).used()
        left_out = {column: why for column, why in others.items() if column not in taken}
        return replace(guessed, mapping=replace(mapping, properties=pairs), left_out=left_out)
    column = _column(_("Which column? “-” for none"), table.columns, none=part not in {"score", "at"})
    kept = tuple(pair for pair in mapping.properties if pair[0] != column)
    changed = replace(mapping, properties=kept).having(part, column)
    left_out = {name: why for name, why in guessed.left_out.items() if name != column}
    freed = set(mapping.used()) - set(changed.used())
    return replace(
        guessed, mapping=changed, left_out=left_out | dict.fromkeys(sorted(freed), _("not asked for"))
    )


def _order(cell: str) -> Order:
    asked = _("“{cell}” means two days. Which comes first, the (d)ay or the (m)onth?").format(cell=cell)
    letter = click.prompt(asked, type=click.Choice(["d", "m"], case_sensitive=False), show_choices=False)
    return Order.DAY_FIRST if letter.lower() == "d" else Order.MONTH_FIRST


def _column(asked: str, columns: tuple[str, ...], *, none: bool = False) -> str:
    def read(typed: str) -> str:
        if none and typed.strip() == NONE:
            return ""
        try:
            return _check(typed.strip(), columns)
        except UserError as error:
            raise click.BadParameter(error.message) from None

    return str(click.prompt(asked, value_proc=read))


def _check(name: str, columns: tuple[str, ...]) -> str:
    found = next((column for column in columns if column.casefold() == name.casefold()), None)
    if found is None:
        said = _("There is no column “{column}”. There are: {columns}.")
        raise UserError(said.format(column=name, columns=", ".join(columns[:40])))
    return found
