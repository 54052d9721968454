"""The window of all lessons, the end of one, and the message that offers one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.lessons import ids as lesson_ids
from bot.lessons.settings import OFFERS
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.hint_words import family
from stories.hints.hints import Family
from stories.language import _
from stories.lessons.offering import Place, State
from stories.lessons.values import Lesson, Moment

WANTED = "wanted"
MOST_LISTED = 30
"""Lessons in one window: Slack takes a hundred blocks."""


def list_modal(lessons: Sequence[Lesson], places: Mapping[str, Place], wanted: Collection[str]) -> Block:
    """Every lesson and where somebody is in it, and what they want of hints and offers."""
    said = _(
        "Three minutes each, for you alone. Stop when you like and go on later; nothing is counted, and "
        "nobody sees what you answer."
    )
    return blocks.modal(
        _("Lessons"),
        [
            blocks.section(said),
            *(_listed(one, places.get(one.key)) for one in lessons[:MOST_LISTED]),
            blocks.divider(),
            *_wanted(wanted),
        ],
        callback_id=lesson_ids.LESSONS_VIEW,
        close=_("Close"),
    )


def done_modal(lesson: Lesson, lessons: Sequence[Lesson], places: Mapping[str, Place]) -> Block:
    """The end of a lesson."""
    left = [one for one in lessons if _open(places.get(one.key)) and one.key != lesson.key]
    more = [_listed(one, places.get(one.key)) for one in left[:1]]
    next_one = [blocks.divider(), blocks.context(_("Another time, if you like:")), *more] if more else []
    said = _(
        "*That was “{title}”.* Pick one thing of it for your next talk; one is enough. All lessons are "
        "a button in your Home tab."
    ).format(title=escaped(lesson.title))
    return blocks.modal(
        lesson.title,
        [blocks.section(said), *next_one],
        callback_id=lesson_ids.LESSON_DONE_VIEW,
        close=_("Close"),
    )


def gone_modal() -> Block:
    """Instead of a lesson that is not there any more."""
    said = _("This lesson isn’t here any more. Your company may have put another one in its place.")
    return blocks.modal(
        _("Lessons"), [blocks.section(said)], callback_id=lesson_ids.LESSON_DONE_VIEW, close=_("Close")
    )


def offer_note(lesson: Lesson, moment: Moment, slot: str) -> dict[str, Any]:
    """The private message that offers a lesson; says why it comes and how to turn that down."""
    why = _why(moment)
    offered = _("*{title}*, in three minutes: {summary}").format(
        title=escaped(lesson.title), summary=escaped(lesson.summary)
    )
    quiet = _("It comes once, to you alone. “No more lessons” ends such messages; hints stay as they are.")
    return read_out(
        f"{why} {escaped(lesson.title)}: {escaped(lesson.summary)}",
        [
            blocks.section(f"{why}\n{offered}"),
            blocks.actions(
                begin_button(lesson, _("Three minutes now")),
                blocks.button(_("Not now"), lesson_ids.LESSON_NOT_NOW, slot),
                blocks.button(_("No more lessons"), lesson_ids.LESSON_NO_MORE, slot),
                block_id="lesson_offer",
            ),
            blocks.context(quiet),
        ],
    )


def put_off_note(*, for_good: bool) -> dict[str, Any]:
    """What the offer becomes once it was turned down."""
    said = (
        _("No more lessons, then. You find them in your Home tab whenever you like.")
        if for_good
        else _("Another time, then. You find it in your Home tab whenever you like.")
    )
    return {"text": said, "blocks": [blocks.section(said)]}


def begin_button(lesson: Lesson, label: str = "", *, style: str | None = "primary") -> Block:
    """The way into a lesson."""
    return blocks.button(label or _("Begin"), lesson_ids.LESSON_BEGIN, lesson.key, style=style)


def home_button() -> Block:
    """The way to all lessons."""
    return blocks.button(_("Lessons"), lesson_ids.LESSONS_OPEN)


def _why(moment: Moment) -> str:
    return {
        Moment.FIRST: _("You have written up your first conversation. Thank you!"),
        Moment.OWN_WORDS: _("Catching a customer’s own sentence is the hardest part of writing up."),
        Moment.QUESTIONS: _("You talk with customers, so here is something about asking them."),
        Moment.SO_WHAT: _("Saying why a talk matters is the hardest part of writing up."),
        Moment.UNSHARED: _("Your last talks stayed with you alone. Asking customers can be easy."),
        Moment.ACTING: _("You have something to do for a customer."),
    }[moment]


def _listed(lesson: Lesson, place: Place | None) -> Block:
    state = place.state if place else None
    label, where = (
        {
            State.BEGUN: (_("Go on"), _("You are at screen {number} of {of}.")),
            State.DONE: (_("Read again"), _("You have been through it.")),
        }.get(state, (_("Begin"), ""))
        if state
        else (_("Begin"), "")
    )
    where = where.format(number=place.screen + 1, of=len(lesson.screens)) if place and where else ""
    lines = [f"*{escaped(lesson.title)}*", escaped(lesson.summary), *([f"_{where}_"] if where else [])]
    button = begin_button(lesson, label, style=None)
    return blocks.section("\n".join(lines), accessory=button, block_id=f"lesson:{lesson.key}")


def _open(place: Place | None) -> bool:
    return place is None or place.state is not State.DONE


def _wanted(wanted: Collection[str]) -> list[Block]:
    options = {one.value: blocks.option(family(one), one.value) for one in Family}
    options[OFFERS] = blocks.option(_("Offer me a lesson when it would help"), OFFERS)
    element: Block = {
        "type": "checkboxes",
        "action_id": lesson_ids.LESSONS_WANTED,
        "options": list(options.values()),
    }
    chosen = [option for name, option in options.items() if name in wanted]
    element |= {"initial_options": chosen} if chosen else {}
    return [blocks.section(_("*While you write up*")), blocks.actions(element, block_id=WANTED)]
