"""What is said about a list of accounts dropped on the bot: how it is read, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import ids
from bot.accounts.mapping import Guess
from bot.accounts.screen import LONGEST_SHOWN, MOST_REFUSALS, meanings, notes, refusal_said
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.nps.importing.moments import Order
from bot.nps.importing.rows import Refusal
from storage.account_intake import Taken
from stories.language import _, ngettext
from stories.text import one_line, shortened

MOST_COLUMNS = 30
_CURRENCIES = ("EUR", "USD", "GBP")


def offered(upload_id: int, file: str, found: Guess) -> dict[str, Any]:
    """The columns with what each is taken for, and the question that is open, or whether to take it in."""
    lines = [_line(found, column, said) for column, said in list(meanings(found).items())[:MOST_COLUMNS]]
    intro = _("*{file}* looks like a list of accounts. This is how I’d read it:").format(file=escaped(file))
    more = len(found.shown) - len(lines)
    lines += (
        [ngettext("… and {count} more column", "… and {count} more columns", more).format(count=more)]
        if more > 0
        else []
    )
    told = notes(found)
    return read_out(
        _("“{file}” looks like a list of accounts. Shall I take it in?").format(file=escaped(file)),
        [
            blocks.section(intro),
            blocks.section("\n".join(lines)),
            *([blocks.context(" ".join(map(escaped, told)))] if told else []),
            *_question(upload_id, found),
            blocks.context(_("What an account is worth is kept encrypted and shown to its owner alone.")),
        ],
    )


def taken_in(file: str, taken: Taken, refused: Sequence[Refusal]) -> dict[str, Any]:
    """What came of it, with the first refused rows."""
    facts = [
        ngettext("{count:,} new account", "{count:,} new accounts", taken.new).format(count=taken.new),
        _("{count:,} changed").format(count=taken.changed),
        _("{count:,} as before").format(count=taken.same),
    ]
    facts += [_("{count:,} refused").format(count=len(refused))] if refused else []
    said = _("*{file}* is in: {facts}.").format(file=escaped(file), facts=", ".join(facts))
    why = "\n".join(f"• {escaped(refusal_said(one))}" for one in refused[:MOST_REFUSALS])
    quiet = _("Owners hear of their customers in good time before an account renews.")
    return read_out(
        said,
        [
            blocks.section(said),
            *([blocks.section(why)] if why else []),
            blocks.context(quiet),
        ],
    )


def left(file: str) -> dict[str, Any]:
    """What stands once nobody wants it."""
    return _plain(_("*{file}* is left alone.").format(file=escaped(file)))


def broke_off(upload_id: int, file: str, why: str) -> dict[str, Any]:
    """That it could not be taken in, and the way to try again."""
    said = _("*{file}* is not in yet: {why}").format(file=escaped(file), why=escaped(why))
    again = blocks.button(_("Try again"), ids.ACCOUNTS_UPLOAD_TAKE, str(upload_id))
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(again)]}


def _question(upload_id: int, found: Guess) -> list[Block]:
    leave = blocks.button(_("Leave it"), ids.ACCOUNTS_UPLOAD_LEAVE, str(upload_id))
    if "order" in found.open:
        asked = _("“{cell}” means two days. Which comes first?").format(cell=escaped(found.unclear))
        answers = [(_("The day"), Order.DAY_FIRST.value), (_("The month"), Order.MONTH_FIRST.value)]
    elif found.open:
        asked = _("No currency stands beside the amounts. Which one is it? For another, name it in the file.")
        answers = [(code, code) for code in _CURRENCIES]
    else:
        take = blocks.button(_("Take it in"), ids.ACCOUNTS_UPLOAD_TAKE, str(upload_id), style="primary")
        return [blocks.actions(take, leave)]
    buttons = [
        blocks.button(label, f"{ids.ACCOUNTS_UPLOAD_TAKE}:{word}", f"{upload_id}:{word}")
        for label, word in answers
    ]
    return [blocks.section(asked), blocks.actions(*buttons, leave)]


def _line(found: Guess, column: str, said: str) -> str:
    name, cell = escaped(one_line(column)), escaped(_cell(found, column))
    if not cell:
        return f"• *{name}*: {escaped(said)}"
    return _("• *{column}*: {meaning}, for instance “{cell}”").format(
        column=name, meaning=escaped(said), cell=cell
    )


def _cell(found: Guess, column: str) -> str:
    return shortened(one_line(found.shown.get(column, "")), LONGEST_SHOWN)


def _plain(said: str) -> dict[str, Any]:
    return {"text": said, "blocks": [blocks.section(said)]}
