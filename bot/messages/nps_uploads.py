"""What is said about a table of answers dropped on the bot: how it is read, how far it is, what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.nps.importing.guessing import Guess
from bot.nps.importing.intake import Tally
from bot.nps.importing.moments import Order
from bot.nps.importing.rows import Refusal
from bot.nps.importing.screen import meanings, order_said, refusal_said, tallied
from stories.language import _, ngettext
from stories.text import one_line, shortened

MOST_COLUMNS = 40
_MOST_OPTIONS = 100
_LONGEST = 60


def offered(upload_id: int, file: str, guess: Guess, columns: Sequence[str], zone: str) -> dict[str, Any]:
    """The columns with what each is taken for, and the question that is open, or whether to take it in."""
    lines = [_line(column, str(said), guess) for column, said in meanings(guess).items()]
    more = len(lines) - MOST_COLUMNS
    if more > 0:
        said = ngettext("… and {count} more column", "… and {count} more columns", more).format(count=more)
        lines = [*lines[:MOST_COLUMNS], ("", said)]
    intro = _("*{file}* looks like answers to “would you recommend us”. This is how I’d read it:")
    notes = [_("Days, and times without a zone, are those of {zone}.").format(zone=zone)]
    if guess.mapping.order is not None:
        notes.append(order_said(guess.mapping.order))
    if not guess.mapping.key:
        notes.append(_("No column says which answer is which: rows are told apart by all that is in them."))
    return read_out(
        _("“{file}” looks like NPS answers. Shall I take them in?").format(file=escaped(file)),
        [
            blocks.section(intro.format(file=escaped(file))),
            *_listed(lines),
            blocks.context(" ".join(notes)),
            *_question(upload_id, guess, columns),
        ],
    )


def under_way(file: str, tally: Tally, done: float) -> dict[str, Any]:
    """How far it is; `done` is 0 to 1."""
    said = _("Taking in *{file}*: {percent}% read, {count:,} answers so far …")
    words = said.format(file=escaped(file), percent=round(done * 100), count=tally.rows - tally.refused)
    return _plain(words)


def taken_in(file: str, tally: Tally, refusals: Sequence[Refusal]) -> dict[str, Any]:
    """What came of it, with the first refused rows."""
    said = _("*{file}* is in: {facts}.").format(file=escaped(file), facts=tallied(tally))
    body: list[Block] = [blocks.section(said)]
    if refusals:
        body += _listed([("", refusal_said(one)) for one in refusals])
    if tally.refused > len(refusals):
        more = _(
            "The command `firsthand nps import` writes all refused rows into a file, each with its reason."
        )
        body.append(blocks.context(more))
    quiet = _("Scores count from now on. What people wrote stays silent until an admin shares it.")
    return read_out(said, [*body, blocks.context(quiet)])


def left(file: str) -> dict[str, Any]:
    """Nobody wanted it."""
    return _plain(_("I left *{file}* alone; nothing of it was kept.").format(file=escaped(file)))


def broke_off(upload_id: int, file: str, why: str) -> dict[str, Any]:
    """It did not come to its end; what is in stays in."""
    said = _("*{file}* isn’t in completely: {why} What is in stays; I go on from there.")
    words = said.format(file=escaped(file), why=escaped(why))
    again = blocks.button(_("Go on"), ids.NPS_UPLOAD_TAKE, str(upload_id), style="primary")
    return {"text": words, "blocks": [blocks.section(words), blocks.actions(again)]}


def _question(upload_id: int, guess: Guess, columns: Sequence[str]) -> list[Block]:
    leave = blocks.button(_("Leave it"), ids.NPS_UPLOAD_LEAVE, str(upload_id))
    if not guess.open:
        take = blocks.button(_("Take it in"), ids.NPS_UPLOAD_TAKE, str(upload_id), style="primary")
        return [blocks.actions(take, leave)]
    if guess.open[0] == "order":
        asked = _("*{cell}* means two days. Which comes first?").format(cell=escaped(guess.unclear))
        choices = [
            blocks.button(label, f"{ids.NPS_UPLOAD_TAKE}:{order.value}", f"{upload_id}:{order.value}")
            for order, label in ((Order.DAY_FIRST, _("The day")), (Order.MONTH_FIRST, _("The month")))
        ]
        return [blocks.section(asked), blocks.actions(*choices, leave)]
    score = guess.open[0] == "score"
    asked = _("Which column is the score?") if score else _("Which column says when it was answered?")
    options = [
        blocks.option(shortened(column, 70), f"{upload_id}:{guess.open[0]}:{at}")
        for at, column in enumerate(columns[:_MOST_OPTIONS])
    ]
    select: Block = {
        "type": "static_select",
        "action_id": ids.NPS_UPLOAD_COLUMN,
        "placeholder": blocks.plain(_("Choose a column"), 150),
        "options": options,
    }
    return [blocks.section(asked), blocks.actions(select, leave)]


def _line(column: str, said: str, guess: Guess) -> tuple[str, str]:
    """A column's name, and what it is taken for."""
    shown = shortened(one_line(guess.shown.get(column, "")), _LONGEST)
    example = _(" – for instance “{cell}”").format(cell=shown) if shown else ""
    return shortened(one_line(column), _LONGEST), f": {said}{example}"


def _listed(lines: Sequence[tuple[str, str]]) -> list[Block]:
    """A list in which nothing of a file is obeyed: no mention, no emoji, no link."""

    def item(bold: str, plain: str) -> Block:
        parts: list[Block] = [{"type": "text", "text": bold, "style": {"bold": True}}] if bold else []
        return {"type": "rich_text_section", "elements": [*parts, {"type": "text", "text": plain}]}

    items = [item(*line) for line in lines]
    return [
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}],
        }
    ]


def _plain(said: str) -> dict[str, Any]:
    return {"text": said, "blocks": [blocks.section(said)]}
