"""What is said about a list of customers or of colleagues that was dropped on the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from bot.accounts.screen import MOST_REFUSALS, refusal_said
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.nps.importing.rows import Refusal
from bot.rota import ids as rota_ids
from stories.language import _, ngettext
from stories.text import one_line, shortened
from stories.values import dataclass

MOST_COLUMNS = 30
LONGEST_CELL = 60
SECRET = frozenset({"reach"})
"""Fields of which no cell is shown: how to reach a customer stands in no message."""


class About(StrEnum):
    """What a list is about."""

    CONTACTS = "contacts"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A list as it would be read: (column, field, cell) each, rows, how many agreed, and those refused."""

    about: About
    columns: tuple[tuple[str, str, str], ...]
    rows: int
    agreed: int = 0
    refused: tuple[Refusal, ...] = ()


def offered(upload_id: int, file: str, looked: Looked) -> dict[str, Any]:
    """The columns with what each is taken for, how many rows there are, and whether to take them in."""
    said = _what(looked.about).format(file=escaped(file))
    lines = [_line(looked.about, *one) for one in looked.columns[:MOST_COLUMNS]]
    take = blocks.button(_("Take it in"), rota_ids.ROTA_UPLOAD_TAKE, str(upload_id), style="primary")
    leave = blocks.button(_("Leave it"), rota_ids.ROTA_UPLOAD_LEAVE, str(upload_id))
    return read_out(
        said,
        [
            blocks.section(said),
            blocks.section("\n".join(lines)),
            blocks.section(_numbers(looked)),
            *_refused(looked.refused),
            blocks.actions(take, leave),
            blocks.context(_quiet(looked.about)),
        ],
    )


def taken_in(
    file: str, about: About, became: Mapping[str, int], refused: Sequence[Refusal]
) -> dict[str, Any]:
    """What came of it, with the first refused rows."""
    named = {
        "new": _("{count:,} new"),
        "known": _("{count:,} known before"),
        "said_no": _("{count:,} who said no since"),
        "erased": _("{count:,} who were erased"),
        "kept": _("{count:,} kept"),
        "chose_themselves": _("{count:,} who chose for themselves"),
    }
    facts = [words.format(count=became[one]) for one, words in named.items() if became.get(one)]
    facts += [_("{count:,} refused").format(count=len(refused))] if refused else []
    said = _("*{file}* is in: {facts}.").format(file=escaped(file), facts=", ".join(facts) or "0")
    return read_out(said, [blocks.section(said), *_refused(refused), blocks.context(_quiet(about))])


def left(file: str) -> dict[str, Any]:
    """What stands once nobody wants it."""
    said = _("*{file}* is left alone.").format(file=escaped(file))
    return {"text": said, "blocks": [blocks.section(said)]}


def broke_off(upload_id: int, file: str, why: str) -> dict[str, Any]:
    """That it could not be taken in, and the way to try again."""
    said = _("*{file}* is not in yet: {why}").format(file=escaped(file), why=escaped(why))
    again = blocks.button(_("Try again"), rota_ids.ROTA_UPLOAD_TAKE, str(upload_id))
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(again)]}


def ask_an_admin(about: About, file: str) -> str:
    """What somebody hears who may not bring such a list."""
    if about is About.CONTACTS:
        return _(
            "“{file}” looks like a list of customers for the rota. Admins and editors bring those in; please "
            "ask one. A single customer you can propose yourself, in the rota’s window."
        ).format(file=file)
    return _(
        "“{file}” looks like a list of colleagues. Admins and editors bring those in; please ask one."
    ).format(file=file)


def _what(about: About) -> str:
    if about is About.CONTACTS:
        return _("*{file}* looks like a list of customers whom the rota may ask. This is how I’d read it:")
    return _("*{file}* looks like a list of colleagues. This is how I’d read it:")


def _quiet(about: About) -> str:
    if about is About.CONTACTS:
        return _(
            "Only who agreed is asked, and whoever said no since stays away. How to reach somebody is kept "
            "encrypted."
        )
    return _("It makes nobody join the rota, and what somebody chose outranks the list.")


def _numbers(looked: Looked) -> str:
    said = ngettext("One row.", "{count:,} rows.", looked.rows).format(count=looked.rows)
    if looked.about is About.PEOPLE:
        return said
    agreed = _("{agreed:,} agreed to be asked, {others:,} did not.").format(
        agreed=looked.agreed, others=looked.rows - looked.agreed
    )
    return f"{said} {agreed}"


def _refused(refused: Sequence[Refusal]) -> list[Block]:
    if not refused:
        return []
    head = ngettext("*One row cannot be used:*", "*{count:,} rows cannot be used:*", len(refused)).format(
        count=len(refused)
    )
    lines = [f"• {escaped(refusal_said(one))}" for one in refused[:MOST_REFUSALS]]
    more = len(refused) - len(lines)
    lines += [ngettext("… and one more", "… and {count:,} more", more).format(count=more)] if more > 0 else []
    return [blocks.section("\n".join([head, *lines]))]


def _line(about: About, column: str, field: str, cell: str) -> str:
    name = escaped(shortened(one_line(column), LONGEST_CELL))
    meaning = escaped(_fields(about).get(field) or _("left out"))
    shown = "" if field in SECRET or not field else escaped(shortened(one_line(cell), LONGEST_CELL))
    if not shown:
        return _("• *{column}*: {meaning}").format(column=name, meaning=meaning)
    said = _("• *{column}*: {meaning}, for instance “{cell}”")
    return said.format(column=name, meaning=meaning, cell=shown)


def _fields(about: About) -> dict[str, str]:
    both = {
        "part": _("their part of the business"),
        "time_zone": _("their time zone"),
        "country": _("their country, for its public holidays"),
        "languages": _("the languages they speak"),
    }
    if about is About.PEOPLE:
        return both | {"user_id": _("their Slack id"), "seniority": _("what they do here")}
    return both | {
        "key": _("what your system calls them"),
        "name": _("the customer’s name"),
        "company": _("the company they are with"),
        "segment": _("which kind of customer they are"),
        "reach": _("how to reach them (kept encrypted, shown to one colleague)"),
        "owner": _("who looks after them"),
        "agreed": _("whether they agreed to be asked"),
        "agreed_on": _("when they agreed"),
        "words": _("in which words"),
    }
