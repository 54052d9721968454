"""What is said instead of a number: help, the next step where there are no answers, words not understood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.nps_controls import LONGEST_VALUE
from bot.nps.facts import Facts
from stories.language import _
from stories.nps.grammar import Vocabulary
from stories.nps.grammar.tongues import in_own_words as own
from stories.nps.grammar.tongues import suggested

MOST_CHOICES = 5
_LONGEST_SAID = 60


def help_text(facts: Facts, command: str) -> dict[str, Any]:
    """What can be asked, with examples that work here."""
    told = [
        f"• `{escaped(_typed(command, words))}`: {escaped(meaning)}" for words, meaning in _examples(facts)
    ]
    said = _("*Ask me how likely customers are to recommend us*, in your own words:")
    rows = [blocks.section("\n".join([said, *told]))]
    rows.append(blocks.context(_where(facts), _following(command)))
    examples = "; ".join(_typed(command, words) for words, _meaning in _examples(facts))
    return read_out(f"{said} {escaped(examples)}", rows)


def _typed(command: str, words: str) -> str:
    return f"{command} {words}".strip().replace("`", "’")


def _examples(facts: Facts) -> Iterator[tuple[str, str]]:
    """Examples from the words of this workspace, as far as it has any."""
    yield "", _("the last 13 weeks, everybody")
    first, second, name = _some(facts.vocabulary)
    if first:
        yield f"{first} {own('last quarter')}", _("one group")
    if first and second:
        yield f"{first} {own('vs')} {second} {own('this year')}", _("two groups side by side")
    if name:
        yield f"{own('by')} {name} {own('since january')}", _("every group of a kind")
    yield own("detractors last month"), _("what people say")
    yield own("trend 12 months"), _("over time")
    for figure in list(facts.vocabulary.figures)[:1]:
        yield f"{own('worth')} {figure}", _("what it goes together with")


def _some(vocabulary: Vocabulary) -> tuple[str, str, str]:
    """Two values of one property, and its name; the property with the fewest of at least two values."""
    usable = {name: sorted(values) for name, values in vocabulary.segments.items() if len(tuple(values)) > 1}
    if not usable:
        return "", "", ""
    name = min(usable, key=lambda one: (len(usable[one]), one))
    return usable[name][0], usable[name][1], name


def _following(command: str) -> str:
    return _("`{command} follow` has a channel hear when it really moves, and only then.").format(
        command=command
    )


def _where(facts: Facts) -> str:
    if facts.covered is None:
        return no_answers_said()
    names = ", ".join(facts.vocabulary.segments) or _("none so far")
    return escaped(
        _(
            "Answers from {first} to {last}. Groups can be made by: {names}. Only you see what I answer."
        ).format(first=day(facts.covered[0]), last=day(facts.covered[1]), names=names)
    )


def no_answers_said() -> str:
    """The next step where nobody has answered yet."""
    return _(
        "I have no answers yet. Whoever runs Firsthand can bring them in: `firsthand nps import FILE` for "
        "a survey tool’s export, `firsthand nps sources` to fetch them from the tool itself."
    )


def no_answers() -> dict[str, Any]:
    """The same as a message."""
    said = no_answers_said()
    return {"text": said, "blocks": [blocks.section(said)]}


def no_figures() -> dict[str, Any]:
    """What is said of worth where there is nothing to set NPS beside."""
    said = _(
        "I have no business figures yet, so I can’t say what goes together with NPS. Whoever runs "
        "Firsthand can bring some in, by month: `firsthand nps figures import FILE`, or have another system "
        "push them."
    )
    return {"text": said, "blocks": [blocks.section(said)]}


def not_understood(facts: Facts, typed: str) -> dict[str, Any]:
    """The words that could not be read, each with buttons for what may have been meant."""
    rows: list[Block] = []
    told: list[str] = []
    for words, choices, said in _unclear(facts):
        told.append(said)
        rows.append(blocks.section(escaped(said)))
        asked = [_instead(typed, words, choice, facts) for choice in choices[:MOST_CHOICES]]
        found = [
            blocks.button(suggested(choice, facts.vocabulary), f"{ids.NPS_ASK}:{number}", value)
            for number, (choice, value) in enumerate(zip(choices, asked, strict=False))
            if len(value) <= LONGEST_VALUE
        ]
        rows += [blocks.actions(*found)] if found else []
    if len(facts.said) <= LONGEST_VALUE:
        rows.append(blocks.actions(blocks.button(_("Answer without"), f"{ids.NPS_ASK}:without", facts.said)))
    rows.append(blocks.context(_("I understood the rest: {words}").format(words=_code(facts.said))))
    return read_out(escaped(" ".join(told)), rows)


def _unclear(facts: Facts) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for misread in facts.question.misread[:MOST_CHOICES]:
        unknown = (
            _("I don’t know “{words}”.")
            if not misread.nearest
            else _("I don’t know “{words}”. Did you mean:")
        )
        yield misread.words, misread.nearest, unknown.format(words=_short(misread.words))
    for ambiguous in facts.question.ambiguous[:MOST_CHOICES]:
        said = _("“{words}” can mean several things. Which one:").format(words=_short(ambiguous.words))
        yield ambiguous.words, ambiguous.choices, said


def _instead(typed: str, words: str, choice: str, facts: Facts) -> str:
    """The question with these words replaced; what was understood and the choice where they are not found."""
    at = typed.casefold().find(words.casefold())
    if at < 0 or len(typed.casefold()) != len(typed):
        return f"{facts.said} {choice}"
    return f"{typed[:at]} {choice} {typed[at + len(words) :]}".strip()


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_SAID else f"{words[:_LONGEST_SAID]}…"


def _code(said: str) -> str:
    return f"`{escaped(said.replace('`', '’'))}`"
