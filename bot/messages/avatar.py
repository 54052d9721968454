"""What an avatar says, under its own name and face: real customers' words, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot import ids
from bot.avatars.sayings import Saying
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.manners import worded
from bot.messages.reading import in_its_direction
from bot.messages.story import said
from stories import speaking
from stories.avatars.manners import Moment
from stories.avatars.project import FoundingReason, Manner, Project, Rhythm
from stories.language import _
from stories.text import shortened

LONGEST_SAID = 420
LONGEST_ASKED = 600
"""Characters of a question that a button carries."""


def as_avatar(project: Project, text: str, body: Sequence[Block]) -> dict[str, Any]:
    """A message of this project's avatar: its `text` for notifications (escaped), its blocks, its face.

    A picture stands in it by its path: whoever posts it knows the address (`bot.avatars.faces`).
    """
    face = {"username": project.face.name, "icon_emoji": project.face.emoji}
    face |= {"icon_url": path} if (path := project.face.picture_path) else {}
    return read_out(text, body) | face


def voiced(saying: Saying) -> list[Block]:
    """A customer's words, and beneath them who said so, when, and the way to the whole conversation.

    A survey's comment is all that its customer said there: no way leads further.
    """
    read = None
    if saying.story_id is not None:
        read = blocks.button(_("Read the story"), ids.STORY_READ, str(saying.story_id))
    return [said(saying.words, LONGEST_SAID), blocks.section(f"_{source(saying)}_", accessory=read)]


def source(saying: Saying) -> str:
    """Who said it and when: "Small business, November 2026", and of a comment in which survey; escaped."""
    return escaped(source_in_words(saying))


def source_in_words(saying: Saying) -> str:
    """The same as plain text."""
    kind = saying.kind_of_customer or _("A customer")
    who = f"{kind[:1].upper()}{kind[1:]}, {month(saying.talked_on)}"
    if not saying.survey:
        return who
    return _("{who}, in the survey “{survey}”").format(who=who, survey=shortened(saying.survey, 60))


def month(day: date) -> str:
    """A month with its year: "November 2026"."""
    return speaking.month(day)


def line(project: Project, reason: FoundingReason, saying: Saying, *, new: bool) -> list[Block]:
    """A reason remembered with a quote, as it goes by itself: why it came and how to turn it down."""
    rhythm = _("How often?")
    return [
        blocks.section(_opening(project, reason, new=new)),
        *voiced(saying),
        blocks.actions(
            blocks.button(_("Why we do this"), ids.WHY_SHOW, str(project.id)),
            blocks.button(rhythm, ids.WHY_RHYTHM, str(project.id)),
        ),
        blocks.context(
            _(
                "{name} is made of real customers’ words and is not a person. This came because "
                "{owner} asked for a reminder {often}; turn it down with *{button}* above."
            ).format(
                name=escaped(project.face.name),
                owner=f"<@{project.owner_id}>",
                often=often(project.rhythm),
                button=rhythm,
            )
        ),
    ]


def riding(project: Project, reason: FoundingReason, saying: Saying) -> tuple[Block, ...]:
    """The same in a digest that takes it along."""
    lead = _("*{name}*, the avatar of {project}: {reason}").format(
        name=escaped(project.face.name), project=escaped(project.name), reason=escaped(reason.words)
    )
    return (blocks.section(f"{project.face.emoji} {lead}"), *voiced(saying))


def line_text(project: Project, reason: FoundingReason, saying: Saying) -> str:
    """A remembered reason in one line; escaped."""
    return escaped(f"{project.name}: {reason.words} {speaking.quoted(shortened(saying.words, 200))}")


def often(rhythm: Rhythm) -> str:
    """A rhythm in words."""
    return {
        Rhythm.NEVER: _("never"),
        Rhythm.WEEKLY: _("once a week"),
        Rhythm.FORTNIGHTLY: _("every two weeks"),
        Rhythm.MONTHLY: _("every four weeks"),
    }[rhythm]


def answer(project: Project, question: str, found: Sequence[Saying]) -> dict[str, Any]:
    """What customers said that answers a question, word for word, for everybody in the thread."""
    ours = {
        Manner.PLAIN: _("What customers told us that comes nearest:"),
        Manner.WARM: _("Good that you ask. This is what customers told us that comes nearest:"),
        Manner.CHEEKY: _("Why guess? They told us. What comes nearest:"),
    }
    lead = worded(project, Moment.ANSWER, ours)
    asked = _("Asked: “{question}”").format(question=escaped(shortened(question, 300)))
    return as_avatar(
        project,
        escaped(f"{lead} {speaking.quoted(shortened(found[0].words, 200))}"),
        [
            blocks.section(lead),
            *(block for saying in found for block in voiced(saying)),
            blocks.context(asked),
            blocks.context(not_a_person(project, found)),
        ],
    )


def nobody_said(question: str, *, can_search_meaning: bool) -> dict[str, Any]:
    """That no customer has told us about this yet, and how to ask one."""
    lead = _("*Nobody has told us about that yet.* Ask someone?")
    by_words = _("I looked for the words alone here, so it may stand somewhere in other words.")
    asked = _("You asked: “{question}”").format(question=escaped(shortened(question, 300)))
    value = shortened(question, LONGEST_ASKED)
    body = [
        blocks.section(lead),
        blocks.context(asked, *([] if can_search_meaning else [by_words])),
        blocks.actions(blocks.button(_("Plan a conversation"), ids.TALK_PLAN, value, style="primary")),
    ]
    return read_out(lead.replace("*", ""), body)


def not_a_person(project: Project, said: Iterable[Saying] = ()) -> str:
    """That the avatar is made of customers' words, which it says wherever it is met first.

    Where some of what is `said` with it are surveys' comments, also who lets it quote these.
    """
    if any(one.survey for one in said):
        words = _(
            "{name} is not a person. It only ever says what real customers said, word for word: those who "
            "agreed to it, and surveys’ comments that an admin here lets it quote."
        )
    else:
        words = _(
            "{name} is not a person. It only ever says what real customers said, word for word, and only "
            "those who agreed to it."
        )
    return words.format(name=escaped(project.face.name))


def _opening(project: Project, reason: FoundingReason, *, new: bool) -> str:
    if new:
        ours = {
            Manner.PLAIN: _("Somebody new spoke about a reason why we began {project}: {reason}"),
            Manner.WARM: _("Some news from out there, on why we began {project}: {reason}"),
            Manner.CHEEKY: _("Guess who else says so. We began {project} because: {reason}"),
        }
    else:
        ours = {
            Manner.PLAIN: _("One reason why we began {project}: {reason}"),
            Manner.WARM: _("A friendly reminder of why we began {project}: {reason}"),
            Manner.CHEEKY: _("Psst. We aren’t forgetting why we began {project}, are we? {reason}"),
        }
    return worded(project, Moment.NEWS if new else Moment.REMINDER, ours).format(
        project=escaped(project.name), reason=f"\n*{escaped(in_its_direction(reason.words))}*"
    )
