"""The avatar says that the talk has left a reason: to the owner, in the channel, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot import ids
from bot.avatars.sayings import Saying
from bot.messages import blocks
from bot.messages.avatar import as_avatar, voiced
from bot.messages.blocks import Block, escaped
from bot.messages.manners import worded
from bot.messages.reading import in_its_direction
from stories import speaking
from stories.avatars.manners import Moment
from stories.avatars.project import LONGEST_REASON, LONGEST_WHY, FoundingReason, Manner, Project
from stories.drift.speaking import Answer
from stories.language import _


def asks(
    project: Project,
    reason: FoundingReason,
    saying: Saying | None,
    *,
    sounds_like: Sequence[str],
    line_id: int,
    in_private: bool,
    answer: Answer | None,
) -> dict[str, Any]:
    """The line with its four answers, or with the one that was given."""
    lead = _lead(project, sounds_like)
    body = [
        blocks.section(lead),
        *_reason(reason, saying),
        *(
            _answers(project, line_id)
            if answer is None
            else _answered(project, answer, line_id, in_private=in_private)
        ),
        blocks.context(_why_it_came(project, in_private=in_private)),
    ]
    text = f"{lead} {escaped(reason.words)}"
    return as_avatar(project, text, body)


def told(
    project: Project, reason: FoundingReason, saying: Saying | None, *, sounds_like: Sequence[str]
) -> dict[str, Any]:
    """The line in the channel, because the project's owner wants it to be heard."""
    lead = _lead(project, sounds_like)
    why = _("{owner} had me say this here. {name} is made of real customers’ words and is not a person.")
    because = why.format(owner=f"<@{project.owner_id}>", name=escaped(project.face.name))
    body = [blocks.section(lead), *_reason(reason, saying), blocks.context(because)]
    return as_avatar(project, f"{lead} {escaped(reason.words)}", body)


def moved_on() -> dict[str, Any]:
    """What stands in place of a line that holds no more."""
    said = _("This was answered, and the project has moved on since.")
    return {"text": said, "blocks": [blocks.section(said)]}


def on_purpose_view(project: Project, reason: FoundingReason, line_id: int) -> Block:
    """Why the course changed: kept beside the why, which may change with it."""
    keep = blocks.option(_("It still holds"), "keep")
    drop = blocks.option(_("Give it up: it isn’t why we do this any more"), "give_up")
    choice = {
        "type": "radio_buttons",
        "action_id": "reason_state",
        "options": [keep, drop],
        "initial_option": keep,
    }
    return blocks.modal(
        _("On purpose: here’s why"),
        [
            blocks.text_input(
                "why",
                _("Why did the course change?"),
                most=LONGEST_WHY,
                multiline=True,
                hint=_("Kept beside the why, with your name, for everybody to read."),
            ),
            blocks.section(f"*{escaped(in_its_direction(reason.words))}*"),
            blocks.input_block("reason_state", _("And this reason?"), choice),
            blocks.text_input("reason", _("A new reason in a sentence"), most=LONGEST_REASON, optional=True),
        ],
        callback_id=ids.SWERVE_ON_PURPOSE_VIEW,
        submit=_("Keep it"),
        close=_("Cancel"),
        private_metadata=json.dumps({"line": line_id, "project": project.id}),
    )


def _lead(project: Project, sounds_like: Sequence[str]) -> str:
    ours = {
        Manner.PLAIN: _(
            "For at least two days the talk in {where} has moved away from why we began {project}. {now}"
            "This reason hardly comes up:"
        ),
        Manner.WARM: _(
            "A thought, as a friend of {project}: for at least two days the talk in {where} has moved on. "
            "{now}Hardly anybody speaks of this any more:"
        ),
        Manner.CHEEKY: _(
            "Hey, aren’t we forgetting something? For at least two days {where} has been elsewhere. {now}And "
            "{project} was begun because of this:"
        ),
    }
    where, now = f"<#{project.channel_id}>", _sounds(sounds_like)
    return worded(project, Moment.SWERVE, ours).format(where=where, project=escaped(project.name), now=now)


def _sounds(like: Sequence[str]) -> str:
    """What it sounds like now, as a sentence with a space behind it; nothing where that is not known."""
    topics = speaking.listed(f"*{escaped(topic)}*" for topic in like)
    return _("Lately it sounded like {topics}. ").format(topics=topics) if like else ""


def _reason(reason: FoundingReason, saying: Saying | None) -> list[Block]:
    words = blocks.section(f"*{escaped(in_its_direction(reason.words))}*")
    return [words, *(voiced(saying) if saying else ())]


def _answers(project: Project, line_id: int) -> list[Block]:
    own = str(line_id)
    return [
        blocks.actions(
            blocks.button(_("Good point"), ids.SWERVE_GOOD_POINT, own, style="primary"),
            blocks.button(_("On purpose: here’s why"), ids.SWERVE_ON_PURPOSE, own),
            blocks.button(_("Not now"), ids.SWERVE_NOT_NOW, own),
            blocks.button(_("You’re wrong"), ids.SWERVE_WRONG, own),
            _why(project),
        )
    ]


def _answered(project: Project, answer: Answer, line_id: int, *, in_private: bool) -> list[Block]:
    said = {
        Answer.GOOD_POINT: _("*Good point*, you said. I’ll keep quiet about this for four weeks."),
        Answer.ON_PURPOSE: _(
            "*On purpose*, you said, and why stands with the reasons. I’m learning the new course."
        ),
        Answer.NOT_NOW: _("*Not now*, you said. I’ll keep quiet about this for four weeks."),
        Answer.WRONG: _("*You’re wrong*, you said. Sorry! It takes more from now on before I speak up here."),
    }[answer]
    tell = blocks.button(_("Tell the channel"), ids.SWERVE_TELL, str(line_id))
    offer = [tell] if in_private and answer is Answer.GOOD_POINT else []
    return [blocks.section(said), blocks.actions(*offer, _why(project))]


def _why(project: Project) -> Block:
    """The way to all reasons, and to the switch of listening."""
    return blocks.button(_("Why we do this"), ids.WHY_SHOW, str(project.id))


def _why_it_came(project: Project, *, in_private: bool) -> str:
    if in_private:
        why = _(
            "You alone see this, because {project} is yours and somebody switched listening on there. I "
            "never store what people write. *Why we do this* → *Listening…* switches it off."
        )
    else:
        why = _(
            "This came because listening is switched on here, and it was right before. I never store what "
            "people write. *Why we do this* → *Listening…* switches it off. {name} is not a person."
        )
    return why.format(project=escaped(project.name), name=escaped(project.face.name))
