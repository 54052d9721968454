"""What holds for everybody in a workspace, for admins to choose."""

from __future__ import annotations

from collections.abc import Sequence

from bot import ids
from bot.messages import blocks, speech
from bot.messages.blocks import Block
from bot.messages.retention import kept_said
from stories.accounts import MOST_DAYS_BEFORE
from stories.language import _, ngettext
from stories.text import shortened
from stories.values import dataclass
from stories.workspace_rules import WorkspaceRules

AUTHOR, EDITOR = "author", "editor"
MOST_KINDS = 100
"""What a select of Slack's holds."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A source of answers by its number and name, and whether projects' avatars may quote its comments."""

    id: int
    name: str
    quoted: bool


def workspace_modal(
    rules: WorkspaceRules,
    segments: Sequence[str],
    *,
    surveys: Sequence[Survey] = (),
    recalled: int = 0,
    seen: str = "",
) -> Block:
    """The view; `segments` are the kinds of customers there are, `surveys` those whose comments may be shown.

    `recalled` is how many told stories leave every channel when it is saved, which is said first; `seen` the
    mark of what stood when somebody opened it.
    """
    # Asked once more, the kinds stand under the numbers that were chosen.
    first = () if recalled else rules.sensitive
    kinds = list(dict.fromkeys((*first, *segments)))[:MOST_KINDS]
    return blocks.modal(
        _("For everybody here"),
        [
            *_recalled(recalled),
            _yes(rules),
            *_sensitive(rules, kinds),
            _watching(rules),
            _renewals(rules),
            speech.spoken_in(_("In which language do I speak in channels?"), rules.language),
            *_surveys(surveys),
            blocks.context(kept_said(rules.keep)),
        ],
        callback_id=ids.WORKSPACE_VIEW,
        submit=_("Take back and save") if recalled else _("Save"),
        close=_("Cancel"),
        private_metadata=f"{recalled}:{seen}",
    )


def _renewals(rules: WorkspaceRules) -> Block:
    element: Block = {
        "type": "number_input",
        "action_id": "renewal_days",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(MOST_DAYS_BEFORE),
        "initial_value": str(rules.renewal_days),
    }
    asked = _("How many days before an account renews does its owner hear of it?")
    return blocks.input_block("renewal_days", asked, element)


def _recalled(number: int) -> list[Block]:
    if not number:
        return []
    said = ngettext(
        ":warning: *{number} story of a sensitive kind of customers is told, and no editor has read it.* "
        "When you save this, it leaves every channel until an editor says yes. Press again to do that.",
        ":warning: *{number} stories of sensitive kinds of customers are told, and no editor has read them.* "
        "When you save this, they leave every channel until an editor says yes. Press again to do that.",
        number,
    )
    return [blocks.section(said.format(number=number))]


def rule_named(name: str) -> str:
    """A rule's name in words."""
    return {
        "editors_yes": _("whose yes a story needs"),
        "sensitive": _("which kinds of customers are sensitive"),
        "drift": _("whether avatars’ projects are compared with what customers said"),
        "participation": _("whether taking part is counted"),
        "rota": _("whether colleagues are matched with customers"),
        "renewal_days": _("when owners hear of renewals"),
        "language": _("in which language channels are spoken to"),
        "keep": _("how long things are kept"),
    }.get(name, name)


def _yes(rules: WorkspaceRules) -> Block:
    options = {
        AUTHOR: blocks.option(_("Its author’s"), AUTHOR, _("Whoever wrote it up says when it is told.")),
        EDITOR: blocks.option(
            _("Its author’s and an editor’s"), EDITOR, _("An editor reads each one first.")
        ),
    }
    element = {
        "type": "radio_buttons",
        "action_id": "yes",
        "options": list(options.values()),
        "initial_option": options[EDITOR if rules.editors_yes else AUTHOR],
    }
    return blocks.input_block("yes", _("Whose yes does a story need?"), element)


def _sensitive(rules: WorkspaceRules, kinds: Sequence[str]) -> list[Block]:
    if not kinds:
        return [blocks.context(_("Once conversations name kinds of customers, you can call some sensitive."))]
    options = [blocks.option(kind, str(number)) for number, kind in enumerate(kinds)]
    element: Block = {
        "type": "multi_static_select",
        "action_id": "sensitive",
        "options": options,
        "placeholder": blocks.plain(_("Choose kinds of customers"), 150),
    }
    chosen = [option for kind, option in zip(kinds, options, strict=True) if kind in rules.sensitive]
    element |= {"initial_options": chosen} if chosen else {}
    hint = _("Stories of these customers always need an editor’s yes, whatever you chose above.")
    return [
        blocks.input_block("sensitive", _("Sensitive kinds of customers"), element, optional=True, hint=hint)
    ]


def _surveys(surveys: Sequence[Survey]) -> list[Block]:
    if not surveys:
        return []
    options = {one: blocks.option(shortened(one.name, 75), str(one.id)) for one in surveys[:MOST_KINDS]}
    element: Block = {
        "type": "multi_static_select",
        "action_id": "surveys",
        "options": list(options.values()),
        "placeholder": blocks.plain(_("None: avatars quote no survey"), 150),
    }
    chosen = [option for one, option in options.items() if one.quoted]
    element |= {"initial_options": chosen} if chosen else {}
    hint = _(
        "Choose those that told people so when they answered. Whatever you take out here leaves every post "
        "within seconds."
    )
    label = _("Surveys whose comments a project’s avatar may quote")
    return [blocks.input_block("surveys", label, element, optional=True, hint=hint)]


def _watching(rules: WorkspaceRules) -> Block:
    options = {
        "drift": blocks.option(
            _("Compare projects with what customers said"),
            "drift",
            _("Off: avatars’ projects are left alone."),
        ),
        "participation": blocks.option(
            _("Count who takes part"), "participation", _("Off: nobody’s taking part is counted or shown.")
        ),
        "rota": blocks.option(
            _("Match colleagues who joined the rota with customers"),
            "rota",
            _("Off: nobody is invited to talk with customers."),
        ),
    }
    element: Block = {"type": "checkboxes", "action_id": "watching", "options": list(options.values())}
    chosen = [option for name, option in options.items() if getattr(rules, name)]
    element |= {"initial_options": chosen} if chosen else {}
    hint = _("Each is off for the whole workspace when you take the tick away.")
    return blocks.input_block(
        "watching", _("What Firsthand may do by itself"), element, optional=True, hint=hint
    )
