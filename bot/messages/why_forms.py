"""The forms behind /why: setting a project up, its reasons, and its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot import ids
from bot.avatars.sayings import Saying
from bot.messages import blocks
from bot.messages.avatar import month
from bot.messages.blocks import Block
from bot.messages.manners import titles
from bot.messages.why_wishes import Wishes, wish_inputs
from stories.avatars import project as limits
from stories.avatars.project import FoundingReason, Manner, Project, Rhythm
from stories.language import _
from stories.text import shortened

MOST_QUOTES = 5
GIVEN_UP = "given_up"


def project_view(channel_id: str, project: Project | None, wishes: Wishes, *, seen: str = "") -> Block:
    """A project as it is set up, in one go, or changed; `seen` is the mark of what it shows."""
    face = project.face if project else None
    about = {"channel": channel_id, "project": project.id if project else None, "seen": seen}
    body = [
        _line("name", _("What is the project called?"), project.name if project else "", limits.LONGEST_NAME),
        _line(
            "goal",
            _("What is it to achieve, in a sentence?"),
            project.goal if project else "",
            limits.LONGEST_GOAL,
        ),
        _segment(project.segment if project else ""),
        *(_first_reason() if project is None else []),
        _line(
            "avatar",
            _("What is its avatar called?"),
            face.name if face else "",
            limits.LONGEST_FACE_NAME,
            _("It stands for your customers here, such as “Maya”. It says their words and no others."),
        ),
        _line("emoji", _("Its face, an emoji"), face.emoji if face else ":seedling:", 60),
        _manner(face.manner if face else Manner.PLAIN),
        _rhythm(project.rhythm if project else Rhythm.FORTNIGHTLY),
        *wish_inputs(project, wishes),
        *([_why()] if project else []),
    ]
    return blocks.modal(
        _("Why we do this"),
        body,
        callback_id=ids.WHY_PROJECT_VIEW,
        submit=_("Save") if project else _("Begin"),
        close=_("Cancel"),
        private_metadata=json.dumps(about),
    )


def reason_view(project: Project, reason: FoundingReason | None, said: Sequence[Saying]) -> Block:
    """One reason with the quotes it rests on (`said`, those that may be shown)."""
    gone = blocks.option(_("We gave this reason up"), GIVEN_UP, _("On purpose; it is kept with why."))
    given_up = {"type": "checkboxes", "action_id": "state", "options": [gone]}
    body = [
        _reason_words(reason.words if reason else ""),
        _quotes(said),
        *(
            [blocks.input_block("state", _("Does it still stand?"), given_up, optional=True)]
            if reason
            else []
        ),
        *([_why()] if reason else []),
    ]
    about = {"project": project.id, "reason": reason.id if reason else None}
    return blocks.modal(
        _("A reason"),
        body,
        callback_id=ids.WHY_REASON_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
        private_metadata=json.dumps(about),
    )


def done_view(project: Project) -> Block:
    """What came of a project that ends."""
    hint = _("It is posted here with the customers’ words it began with.")
    body = [
        blocks.text_input(
            "outcome", _("What came of it?"), most=limits.LONGEST_WHY, multiline=True, hint=hint
        )
    ]
    return blocks.modal(
        _("It’s done"),
        body,
        callback_id=ids.WHY_DONE_VIEW,
        submit=_("Tell everybody"),
        close=_("Cancel"),
        private_metadata=json.dumps({"project": project.id}),
    )


def rhythm_view(project: Project) -> Block:
    """How often the avatar reminds."""
    return blocks.modal(
        _("How often?"),
        [_rhythm(project.rhythm)],
        callback_id=ids.WHY_RHYTHM_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
        private_metadata=json.dumps({"project": project.id}),
    )


def quote_option(saying: Saying) -> Block:
    """A quote to be chosen, with whose it is."""
    whose = saying.kind_of_customer or _("a customer")
    described = f"{whose}, {month(saying.talked_on)}"
    if saying.survey:
        described = _("{who}, in the survey “{survey}”").format(who=described, survey=saying.survey)
    return blocks.option(shortened(saying.words, 75), str(saying.ref), shortened(described, 75))


def segment_options(names: Sequence[str]) -> list[Block]:
    """Kinds of customer to choose from."""
    return [blocks.option(name, name[:150]) for name in names]


def _first_reason() -> list[Block]:
    return [_reason_words(""), _quotes(())]


def _reason_words(words: str) -> Block:
    hint = _("In your own words: “Every baker we met does the books at night.”")
    return _line("reason", _("Why did you begin it? One reason"), words, limits.LONGEST_REASON, hint)


def _quotes(chosen: Sequence[Saying]) -> Block:
    element: dict[str, Any] = {
        "type": "multi_external_select",
        "action_id": ids.WHY_QUOTES,
        "min_query_length": 0,
        "max_selected_items": MOST_QUOTES,
        "placeholder": blocks.plain(_("Type what it is about")),
    }
    element |= {"initial_options": [quote_option(one) for one in chosen]} if chosen else {}
    hint = _(
        "Only customers who agreed to be quoted by an avatar are here, and comments of surveys where an "
        "admin said so. You can add more later."
    )
    return blocks.input_block(
        ids.WHY_QUOTES, _("Which customers’ words is it founded on?"), element, optional=True, hint=hint
    )


def _segment(chosen: str) -> Block:
    element: dict[str, Any] = {
        "type": "external_select",
        "action_id": ids.WHY_SEGMENT,
        "min_query_length": 0,
        "placeholder": blocks.plain(_("All customers")),
    }
    element |= {"initial_option": segment_options([chosen])[0]} if chosen else {}
    return blocks.input_block(ids.WHY_SEGMENT, _("Which customers is it for?"), element, optional=True)


def _manner(chosen: str) -> Block:
    options = {key: blocks.option(title, key) for key, title in titles().items()}
    element = {
        "type": "static_select",
        "action_id": "manner",
        "options": list(options.values()),
        "initial_option": options.get(chosen, options[Manner.PLAIN]),
    }
    hint = _("The words around the quotes. The quotes stay as they were said.")
    return blocks.input_block("manner", _("How does it speak?"), element, hint=hint)


def _rhythm(chosen: Rhythm) -> Block:
    labels = {
        Rhythm.WEEKLY: _("Once a week"),
        Rhythm.FORTNIGHTLY: _("Every two weeks"),
        Rhythm.MONTHLY: _("Every four weeks"),
        Rhythm.NEVER: _("Never; it only answers"),
    }
    options = {rhythm: blocks.option(label, rhythm.value) for rhythm, label in labels.items()}
    element = {
        "type": "static_select",
        "action_id": "rhythm",
        "options": list(options.values()),
        "initial_option": options[chosen],
    }
    hint = _("It keeps quiet on holidays, in a silent channel, and when there is nothing new to say.")
    return blocks.input_block("rhythm", _("How often does it remind?"), element, hint=hint)


def _why() -> Block:
    hint = _("“We changed course on purpose, because …” is a fine answer. It is kept with your name.")
    return blocks.text_input(
        "why", _("Why the change?"), most=limits.LONGEST_WHY, multiline=True, optional=True, hint=hint
    )


def _line(field: str, label: str, value: str, most: int, hint: str | None = None) -> Block:
    return blocks.text_input(field, label, value=value, most=most, hint=hint)
