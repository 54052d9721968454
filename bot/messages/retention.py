"""How long each kind of thing is kept: a view in which admins choose, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block
from stories.keeping import MOST_DAYS, days_of
from stories.language import _, ngettext


def retention_modal(chosen: Mapping[str, int]) -> Block:
    """A number of days for each kind; 0 until somebody erases it."""
    days = days_of(chosen)
    intro = _("Once a day I let go of what is older than this. 0 keeps it until somebody erases it.")
    return blocks.modal(
        _("How long things are kept"),
        [blocks.section(intro), *(_days(name, number) for name, number in days.items())],
        callback_id=ids.RETENTION_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
    )


def kept_said(chosen: Mapping[str, int], *, old: int = 0) -> str:
    """The same in a line for other views; `old` conversations are older than the limit just chosen."""
    said = [
        ngettext("{what}: {number} day", "{what}: {number} days", number).format(
            what=blocks.escaped(_named(name)), number=number
        )
        if number
        else _("{what}: until erased").format(what=blocks.escaped(_named(name)))
        for name, number in days_of(chosen).items()
    ]
    kept = _("How long things are kept: {kinds}. Typed after my command, `retention` changes that.").format(
        kinds="; ".join(said)
    )
    if not old:
        return kept
    notice = ngettext(
        "*{number} conversation is older than that*, and goes for good from tomorrow on, with every post "
        "that tells it. Type `retention` once more before then if that is not what you mean.",
        "*{number} conversations are older than that*, and go for good from tomorrow on, with every post "
        "that tells them. Type `retention` once more before then if that is not what you mean.",
        old,
    ).format(number=old)
    return f"{notice}\n\n{kept}"


def _days(name: str, number: int) -> Block:
    element: Block = {
        "type": "number_input",
        "action_id": name,
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": str(MOST_DAYS),
        "initial_value": str(number),
    }
    label = _named(name)
    return blocks.input_block(name, label[:1].upper() + label[1:], element, hint=_goes(name))


def _named(name: str) -> str:
    return {
        "conversations": _("conversations with customers"),
        "drafts": _("drafts nobody touched"),
        "posts": _("what posts said, in the database"),
        "answers": _("words in answers to surveys"),
        "audit": _("lines of the audit log"),
        "decisions": _("what was offered unasked"),
        "uploads": _("tables nobody took in"),
        "files": _("fingerprints of files that were taken in"),
        "receipts": _("receipts of erasures"),
    }[name]


def _goes(name: str) -> str:
    return {
        "conversations": _(
            "In days. With their stories, and with every post that tells them. At first 0: for how long a "
            "customer agreed acts by itself."
        ),
        "drafts": _("In days since somebody last wrote in it."),
        "posts": _("In days. The messages in Slack stay; what we stored of them is emptied."),
        "answers": _("In days. Comments go, and who it was; scores stay as numbers."),
        "audit": _("In days."),
        "decisions": _("In days. Why a post went out, waited or was left out."),
        "uploads": _("In days. Tables of answers dropped on me of which nobody said how to read them."),
        "files": _("In days. By them the same file is known again; none of its words are in them."),
        "receipts": _("In days. Numbers only: no receipt names anybody."),
    }[name]
