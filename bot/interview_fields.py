"""From what stands in a view's inputs to the form, and from a form's problems back to the view's inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.messages.blocks import values_of
from bot.messages.interview_hidden import decided_in
from bot.messages.interview_steps import NOT_ASKED
from bot.messages.interview_who import KNOWN, NEW
from stories.forms import Form, Step
from stories.text import clean

Held = Mapping[str, Any]


def filled_in(form: Form, step: Step, view: Mapping[str, Any]) -> Form:
    """The form with what stands in this step's inputs, as it was typed."""
    if step is Step.PREVIEW:
        decided = decided_in(view)
        return form if decided is None else replace(form, hidden=decided)
    reader = _READERS.get(step)
    if reader is None:
        return form
    return reader(form, {_field(block): value for block, value in values_of(view).items()})


def quote_fields(view: Mapping[str, Any]) -> int:
    """How many places for quotes the view has."""
    return sum(block["block_id"].startswith("quote_") for block in view["blocks"])


def beside(view: Mapping[str, Any], problems: Mapping[str, str]) -> dict[str, str]:
    """The sentences by the ids of the blocks they belong beside; the first input takes what has none.

    Empty quotes are left out of a form, so its second quote may stand in the view's third field.
    """
    inputs = {_field(b["block_id"]): b["block_id"] for b in view["blocks"] if b["type"] == "input"}
    held = values_of(view)
    quotes = [
        field for field in inputs if field.startswith("quote_") and clean(held.get(inputs[field]) or "")
    ]
    inputs |= {f"quote_{i}": field for i, field in enumerate(quotes)}
    first = next(iter(inputs.values()))
    return {inputs.get(field, first): sentence for field, sentence in problems.items()}


def _field(block_id: str) -> str:
    return block_id.partition(":")[0]


def _who(form: Form, held: Held) -> Form:
    chosen = held.get("name") or ""
    return replace(
        form,
        customer_id=int(chosen.removeprefix(KNOWN)) if chosen.startswith(KNOWN) else None,
        name=form.name if chosen.startswith(KNOWN) else chosen.removeprefix(NEW),
        alias=_text(held, "alias"),
        company=_text(held, "company"),
        segment=_text(held, "segment"),
        talked_on=_text(held, "talked_on"),
        how=_text(held, "how"),
    )


def _what(form: Form, held: Held) -> Form:
    return replace(form, trying_to=_text(held, "trying_to"), happened=_text(held, "happened"))


def _words(form: Form, held: Held) -> Form:
    places = sorted(field for field in held if field.startswith("quote_"))
    return replace(form, quotes=tuple(_text(held, field) for field in places))


def _meaning(form: Form, held: Held) -> Form:
    score = held.get("score")
    return replace(
        form,
        meaning=_text(held, "meaning"),
        score=None if score in (None, NOT_ASKED) else int(score),
        themes=tuple(held.get("themes") or ()),
        title=_text(held, "title"),
    )


def _consent(form: Form, held: Held) -> Form:
    return replace(
        form,
        sharing=_text(held, "sharing"),
        agreed=tuple(held["agreed"] or ()) if "agreed" in held else form.agreed,
        consent_words=_text(held, "consent_words"),
        promise=_text(held, "promise"),
        promise_by=_text(held, "promise_by"),
    )


def _text(held: Held, field: str) -> str:
    return str(held.get(field) or "")


_READERS: dict[Step, Callable[[Form, Held], Form]] = {
    Step.WHO: _who,
    Step.WHAT: _what,
    Step.WORDS: _words,
    Step.MEANING: _meaning,
    Step.CONSENT: _consent,
}
