"""A story's labels: who may read it, from when on, and whether its customer works here."""

from __future__ import annotations

from datetime import date

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from stories.language import _, ngettext
from stories.values import dataclass

ACCOUNT_ONLY = "account_only"
MOST_ON_TEAM = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """A story's labels, as they stand or are wanted.

    `team` is who reads it where it is for its account's team alone, `account` what that account is called;
    None where whoever looks may not name them: that is the author's. `colleague` is who its customer is in
    Slack, for one who works here.
    """

    account_only: bool = False
    not_before: date | None = None
    team: tuple[str, ...] | None = None
    account: str = ""
    colleague: str | None = None


def labels_modal(story_id: int, labels: Labels) -> Block:
    """A story's labels, for its author or an editor."""
    return blocks.modal(
        _("Labels"),
        [
            blocks.section(_part("labels")),
            _who_reads(labels),
            *_team(labels),
            _from_when(labels),
            _colleague(labels),
        ],
        callback_id=ids.LABELS_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
        private_metadata=str(story_id),
    )


def labels_said(labels: Labels) -> str:
    """The labels in words, without names."""
    said = []
    if labels.account_only:
        number = len(labels.team or ())
        people = ngettext("{number} person", "{number} people", number).format(number=number)
        alone = _("account team only ({people})").format(people=people)
        said.append(_("account team only") if labels.team is None else alone)
    if labels.not_before is not None:
        said.append(_("not before {day}").format(day=day(labels.not_before)))
    return ", ".join(said) or _("no labels")


def _who_reads(labels: Labels) -> Block:
    option = blocks.option(
        _("Account team only"), ACCOUNT_ONLY, _("Told in no channel: its author and the team read it.")
    )
    box: Block = {"type": "checkboxes", "action_id": "labels", "options": [option]}
    box |= {"initial_options": [option]} if labels.account_only else {}
    return blocks.input_block("labels", _("Who may read it?"), box, optional=True)


def _team(labels: Labels) -> list[Block]:
    if labels.team is None:
        return [blocks.context(_part("team_of_author"))]
    element: Block = {
        "type": "multi_users_select",
        "action_id": "team",
        "max_selected_items": MOST_ON_TEAM,
        "placeholder": blocks.plain(_("Choose colleagues"), 150),
    }
    element |= {"initial_users": list(labels.team)} if labels.team else {}
    hint = _(
        "They read whatever of yours about {account} is for its team alone, in /stories and on their Home. "
        "Nobody else does."
    ).format(account=labels.account or _("this customer"))
    return [blocks.input_block("team", _("Who is on the account’s team?"), element, optional=True, hint=hint)]


def _from_when(labels: Labels) -> Block:
    picker: Block = {"type": "datepicker", "action_id": "not_before"}
    picker |= {"initial_date": labels.not_before.isoformat()} if labels.not_before else {}
    hint = _("Published before that day, it waits and is told on it by itself. Left empty, it does not wait.")
    return blocks.input_block("not_before", _("Not before"), picker, optional=True, hint=hint)


def _colleague(labels: Labels) -> Block:
    element: Block = {
        "type": "users_select",
        "action_id": "colleague",
        "placeholder": blocks.plain(_("Nobody here"), 150),
    }
    element |= {"initial_user": labels.colleague} if labels.colleague else {}
    hint = _("Their stories then leave out every channel that they are in: nobody meets their own unawares.")
    label = _("Does the customer work here too?")
    return blocks.input_block("colleague", label, element, optional=True, hint=hint)


def _part(part: str, **values: object) -> str:
    return prose_part("moderation.j2", part, **values)
