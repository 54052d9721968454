"""A screen of a lesson: its words, what there is to answer, an example from our own stories."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot import ids
from bot.lessons import ids as lesson_ids
from bot.messages import blocks
from bot.messages.blocks import Block
from bot.messages.lesson_blocks import lines_block, passage_block
from bot.messages.story import who_line
from stories.language import _
from stories.lessons.values import Kind, Lesson, Screen, Shape, Shows, Span
from stories.story import Telling
from stories.text import shortened
from stories.values import dataclass

ANSWER = "answer"
LONGEST_ANSWER = 500
LONGEST_QUOTE = 500
_LETTERS = "ABCDE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Which screen of which lesson a window shows, and whether with its answer."""

    lesson: str
    screen: int
    answered: bool = False

    def __str__(self) -> str:
        """The spot as a view's private_metadata."""
        return json.dumps({"lesson": self.lesson, "screen": self.screen, "answered": self.answered})

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Spot:
        """The spot that a view was made for."""
        held = json.loads(view["private_metadata"])
        return cls(lesson=held["lesson"], screen=held["screen"], answered=held["answered"])


def screen_modal(lesson: Lesson, at: int, body: Sequence[Block], *, answered: bool = False) -> Block:
    """The window of a screen, its `body` under its heading."""
    screen, last = lesson.screens[at], at + 1 == len(lesson.screens)
    where = _("Screen {number} of {of} · close it when you like; I remember where you were").format(
        number=at + 1, of=len(lesson.screens)
    )
    back = blocks.button(_("Back"), lesson_ids.LESSON_BACK)
    return blocks.modal(
        lesson.title,
        [
            blocks.header(screen.heading),
            *body,
            blocks.context(where),
            *([blocks.actions(back, block_id="lesson_row")] if at or answered else []),
        ],
        callback_id=lesson_ids.LESSON_VIEW,
        submit=_submit(screen, answered=answered, last=last),
        close=_("Close"),
        private_metadata=str(Spot(lesson=lesson.key, screen=at, answered=answered)),
    )


def unanswered(screen: Screen) -> list[Block]:
    """The words of a screen, and what there is to answer."""
    told = [passage_block(one) for one in screen.passages]
    match screen.kind:
        case Kind.REWRITE:
            return [*told, _field()]
        case Kind.SPOT:
            return [*told, *_choices(screen, "checkboxes", _("Choose all that fit"))]
        case Kind.CHOOSE | Kind.CHECK:
            return [*told, *_choices(screen, "radio_buttons", _("What do you think?"))]
        case _:
            return told


def example_blocks(screen: Screen, telling: Telling | None) -> list[Block]:
    """The words of a screen with one of our own stories; where there is none, with one that was made up."""
    if telling is None:
        made_up = blocks.context(_("This one is made up: none of your own stories shows it yet."))
        return [*(passage_block(one) for one in screen.passages), made_up]
    told = [passage_block(one) for one in screen.passages if one.shape is not Shape.QUOTE]
    read = blocks.button(_("Read the story"), ids.STORY_READ, str(telling.story_id))
    return [
        *told,
        *_shown(telling, Shows(screen.about)),
        blocks.context(_("From your own stories: {who}").format(who=who_line(telling))),
        blocks.actions(read, block_id="lesson_story"),
    ]


def _shown(telling: Telling, shows: Shows) -> list[Block]:
    quotes = [blocks.quote(shortened(quote, LONGEST_QUOTE)) for quote in telling.quotes[:1]]
    if shows is Shows.SO_WHAT:
        return [*quotes, lines_block((Span(text=shortened(telling.meaning, LONGEST_QUOTE), bold=True),))]
    if shows is Shows.CHANGE:
        changed = shortened(telling.endings[0].words, LONGEST_QUOTE)
        return [*quotes, lines_block((Span(text=changed, bold=True),))]
    return quotes or [lines_block((Span(text=shortened(telling.happened, LONGEST_QUOTE)),))]


def _submit(screen: Screen, *, answered: bool, last: bool) -> str:
    if screen.kind.asks and not answered:
        return _("See what we think")
    return _("Done") if last else _("Next")


def _field() -> Block:
    hint = _("Only you see it, and it is not kept.")
    return blocks.text_input(ANSWER, _("Your words"), most=LONGEST_ANSWER, multiline=True, hint=hint)


def _choices(screen: Screen, kind: str, label: str) -> list[Block]:
    texts = [choice.text for choice in screen.choices]
    fits = all(len(text) <= blocks.LONGEST_BUTTON for text in texts)
    named = texts if fits else list(_LETTERS[: len(texts)])
    above = [] if fits else [lettered(letter, text) for letter, text in zip(_LETTERS, texts, strict=False)]
    options = [blocks.option(name, str(at)) for at, name in enumerate(named)]
    element: Block = {"type": kind, "action_id": ANSWER, "options": options}
    return [*above, blocks.input_block(ANSWER, label, element)]


def lettered(letter: str, text: str) -> Block:
    """A choice that is too long for a button, with its letter."""
    return lines_block((Span(text=f"{letter}  ", bold=True), Span(text=text)))
