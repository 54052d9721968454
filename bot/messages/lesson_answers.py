"""What is said after an answer: why each choice is, or is not, what we would say. Nobody is marked."""

from __future__ import annotations

from collections.abc import Collection

from bot.messages import blocks
from bot.messages.blocks import Block
from bot.messages.hint_words import nothing_noticed, noticed
from bot.messages.lesson_blocks import lines_block, passage_block
from stories.hints.hints import Points
from stories.hints.ruling import rules_for
from stories.language import _
from stories.lessons.values import Choice, Kind, Passage, Rewrites, Screen, Shape, Span, Spans


def chosen(screen: Screen, picked: Collection[int]) -> list[Block]:
    """Every choice with its explanation; those that somebody picked say so."""
    told = [passage_block(one) for one in screen.passages]
    agreed = frozenset(picked) == screen.right
    if agreed:
        said = _("*That’s how we see it, too.*")
    elif screen.kind is Kind.SPOT:
        said = _("*Here is how we see it.* Where we differ, see whether the reason convinces you.")
    else:
        said = _("*We’d say something else.* See whether the reasons convince you.")
    body = [_choice(one, screen.kind, at in picked) for at, one in enumerate(screen.choices)]
    return [*told, blocks.section(said), *body]


def rewritten(screen: Screen, wrote: str) -> list[Block]:
    """What somebody wrote, what can be noticed about it, and how we would put it."""
    told = [passage_block(one) for one in screen.passages]
    found = _noticed(screen, wrote)
    said = [noticed(one) for one in found] or [nothing_noticed(Rewrites(screen.about))]
    ours = [_choice(one, screen.kind, picked=False) for one in screen.choices]
    return [
        *told,
        blocks.section(_("*Yours*")),
        passage_block(Passage(shape=Shape.QUOTE, items=((Span(text=wrote),),))),
        *(blocks.section(sentence) for sentence in said),
        blocks.section(_("*Some of many good ones*")),
        *ours,
    ]


def _noticed(screen: Screen, wrote: str) -> tuple[Points, ...]:
    rules = rules_for(wrote)
    if rules is None:
        return ()
    match Rewrites(screen.about):
        case Rewrites.QUESTION:
            return tuple(Points(kind.value) for kind in rules.kinds_of(wrote))
        case Rewrites.QUOTE:
            return (Points.RETOLD,) if rules.is_retold(wrote, ()) else ()
        case Rewrites.SO_WHAT:
            found = rules.so_what(wrote, screen.quotation, ())
            return (Points(found.value),) if found else ()


def _choice(choice: Choice, kind: Kind, picked: bool) -> Block:
    mark = "" if kind is Kind.REWRITE else ("✓ " if choice.right else "– ")
    own: Spans = (Span(text="  " + _("(your choice)"), italic=True),) if picked else ()
    head: Spans = (Span(text=mark + choice.text, bold=True), *own)
    return lines_block(head, choice.because)
