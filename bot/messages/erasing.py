"""What is shown of taking back: whom it is about, what would go, and how far it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.held_words import all_named, named
from storage.erasing import Erasure, Step
from storage.erasing_words import Maybe
from storage.holdings import About
from stories.language import _, ngettext
from stories.text import shortened

MOST_NAMED, MOST_OFFERED, LONGEST_OFFERED = 12, 10, 75
_BOOKS = frozenset(
    {
        "delivery_subjects",
        "tellings",
        "notice_stories",
        "home_stories",
        "due_homes",
        "story_topics",
        "search_vectors",
        "theme_texts",
        "customer_absences",
    }
)
"""Tables in which the bot keeps its own books: where what stands."""

CUSTOMER, COLLEAGUE, RESPONDENT, EVERYTHING = "customer", "colleague", "respondent", "everything"
ALSO = "also"


def choose_modal(*, exporting: bool, everything: bool = False) -> Block:
    """Whom it is about. `everything` offers the whole workspace too."""
    customer: Block = {
        "type": "external_select",
        "action_id": ids.ERASE_CUSTOMER,
        "min_query_length": 1,
        "placeholder": blocks.plain(_("Type part of a name"), 150),
    }
    colleague: Block = {
        "type": "users_select",
        "action_id": COLLEAGUE,
        "placeholder": blocks.plain(_("Choose a colleague"), 150),
    }
    body = [
        blocks.section(_part("intro_export" if exporting else "intro")),
        blocks.input_block(CUSTOMER, _("A customer"), customer, optional=True),
        blocks.input_block(COLLEAGUE, _("Or a colleague"), colleague, optional=True),
    ]
    if not exporting:
        hint = _("The address or number under which a survey tool knows them.")
        label = _("Or somebody who answered a survey")
        body.append(blocks.text_input(RESPONDENT, label, most=300, hint=hint, optional=True))
    if everything:
        box: Block = {
            "type": "checkboxes",
            "action_id": EVERYTHING,
            "options": [blocks.option(_("Everything of this workspace"), EVERYTHING)],
        }
        body.append(blocks.input_block(EVERYTHING, _("Or all of it"), box, optional=True))
    return blocks.modal(
        _("Show what is held") if exporting else _("Take back what is held"),
        body,
        callback_id=ids.EXPORT_VIEW if exporting else ids.ERASE_VIEW,
        submit=_("Put it together") if exporting else _("See what would go"),
        close=_("Cancel"),
    )


def customer_option(customer_id: int, name: str, company: str) -> Block:
    """A customer to choose; their number tells apart those who are called alike."""
    label = _("{name}, {company} (no. {number})") if company else _("{name} (no. {number})")
    return blocks.option(label.format(name=name, company=company, number=customer_id), str(customer_id))


def confirm_modal(
    about: About,
    object_key: str,
    called: str,
    *,
    rows: Mapping[str, int],
    named: Mapping[str, int],
    posts: int,
    maybe: Sequence[Maybe] = (),
) -> Block:
    """What would go, and a field in which the name is typed: whoever types it has read it."""
    body = [blocks.section(_part("preview", called=called))]
    if about is About.WORKSPACE:
        body.append(blocks.section(_part("also_workspace")))
    else:
        body.append(blocks.section(_part("rows", rows=counted(rows)) if rows else _part("nothing")))
    if named:
        body.append(blocks.section(_part("named", rows=counted(named))))
    body.append(blocks.section(_part("posts", posts=posts)))
    if about is About.RESPONDENT:
        body.append(blocks.context(_part("also_respondent")))
    elif about is not About.WORKSPACE:
        body.append(blocks.context(_part("also")))
    fitting = [one for one in maybe if len(one.words) <= LONGEST_OFFERED]
    if fitting:
        body.append(_maybe(fitting))
    hint = _("Type “{called}” to say that you mean it.").format(called=shortened(called, 200))
    asked = _("What they answered under, once more")
    label = asked if about is About.RESPONDENT else _("Their name, once more")
    body.append(blocks.text_input("typed", label, most=300, hint=hint))
    return blocks.modal(
        _("This would go"),
        body,
        callback_id=ids.ERASE_CONFIRM_VIEW,
        submit=_("Erase it"),
        close=_("Cancel"),
        private_metadata=json.dumps({"about": about.value, "key": object_key}),
    )


def _maybe(found: Sequence[Maybe]) -> Block:
    """What may name a customer elsewhere: somebody who knows decides, and may leave all of it."""
    options = [
        blocks.option(one.words, one.words) | {"description": blocks.plain(_in_others(one.texts), 75)}
        for one in found[:MOST_OFFERED]
    ]
    box: Block = {"type": "checkboxes", "action_id": ALSO, "options": options}
    hint = _("As whole words, whoever is meant: look before you tick. What you leave stays as it is.")
    label = _("Take out of other people’s texts too")
    return blocks.input_block(ALSO, label, box, optional=True, hint=hint)


def _in_others(texts: int) -> str:
    if not texts:
        return _("not found in other conversations and comments")
    return ngettext(
        "found in {number} other conversation or comment",
        "found in {number} other conversations and comments",
        texts,
    ).format(number=texts)


def begun(*, command: str) -> str:
    """What somebody reads who said yes."""
    return _part("begun", command=command)


def preparing() -> str:
    """What somebody reads who asked to see what is held."""
    return _part("preparing")


def passed_on() -> str:
    """What somebody reads who asked to be erased."""
    return _part("passed_on")


def wants_to_go(user_id: str) -> dict[str, Any]:
    """Asks those who look after privacy to erase somebody who wants it."""
    said = _part("wants_to_go", who=_mention(user_id))
    look = blocks.button(_("See what would go"), ids.ERASE_OPEN, f"{About.EMPLOYEE.value}:{user_id}")
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(look)]}


def progress(erasures: Sequence[Erasure]) -> str:
    """How far the newest erasures are, a line each."""
    if not erasures:
        return _part("none")
    return "\n".join(
        _part("progress", number=one.id, who=_who(one.asked_by), state=state_said(one)) for one in erasures
    )


def state_said(erasure: Erasure) -> str:
    """How far an erasure is, in words."""
    refused = len(erasure.counts.get("refused", []))
    if erasure.step is Step.DONE and refused:
        return ngettext(
            "done, but {number} message that Slack did not take down",
            "done, but {number} messages that Slack did not take down",
            refused,
        ).format(number=refused)
    return {
        Step.ROWS: _("what is stored is being deleted"),
        Step.WORDS: _("what is stored is gone; others’ texts are looked through"),
        Step.POSTS: _("what is stored is gone; messages are being changed"),
        Step.SLACK: _("what is stored is gone; Slack is taking messages down"),
        Step.LAST: _("almost done"),
        Step.CLEAN: _("almost done"),
        Step.DONE: _("done"),
    }[erasure.step]


def counted(rows: Mapping[str, int]) -> str:
    """ "quotes (12), stories (3) …": what people know best first; what only keeps books is summed up."""
    shown = [table for table in all_named() if rows.get(table) and table not in _BOOKS][:MOST_NAMED]
    said = [f"{named(table)} ({rows[table]})" for table in shown]
    more = sum(rows.values()) - sum(rows[table] for table in shown)
    further = ngettext("{number} more row", "{number} more rows", more).format(number=more)
    return ", ".join([*said, *([further] if more else [])])


def _who(user_id: str) -> str | Markup:
    return _mention(user_id) if user_id[:1] in "UWg" else user_id


def _mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, /, **values: object) -> str:
    return prose_part("erasing.j2", part, **values)
