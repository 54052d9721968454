"""What every view of the write-up shares: its title, where one is in it, and what it remembers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from stories.forms import Step
from stories.language import _
from stories.values import dataclass

STEPS = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in which write-up a view stands; `story_id` is set while a stored story is being edited.

    `seen` is the fingerprint of the texts that a preview shows with everything there is to decide.
    """

    draft_id: int
    step: Step
    story_id: int | None = None
    seen: str = ""

    def __str__(self) -> str:
        """The place as a view's private_metadata."""
        held: dict[str, object] = {"draft": self.draft_id, "step": self.step.value}
        held |= {"story": self.story_id} if self.story_id else {}
        return json.dumps(held | ({"seen": self.seen} if self.seen else {}))

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Place:
        """The place that a view was made for."""
        held = json.loads(view["private_metadata"])
        return cls(
            draft_id=held["draft"],
            step=Step(held["step"]),
            story_id=held.get("story"),
            seen=held.get("seen", ""),
        )


def title() -> str:
    """The title of every view; Slack leaves it 24 characters."""
    return _("A customer conversation")


def step_frame(
    place: Place,
    body: Iterable[Block],
    *,
    notice: str = "",
    row: Sequence[Block] = (),
    submit: str = "",
    empty: bool = False,
) -> Block:
    """A view of the write-up: where one is, what to mind, the thought itself, a row of buttons.

    An `empty` one has nothing that could be thrown away.
    """
    said = [blocks.context(f":warning: {escaped(notice)}") | {"block_id": "notice"}] if notice else []
    is_last = place.step is Step.PREVIEW
    return blocks.modal(
        title(),
        [
            _where(place),
            *said,
            *body,
            blocks.actions(*row, *([] if empty else _ways_out(place)), block_id="row"),
        ],
        callback_id=ids.INTERVIEW_PREVIEW_VIEW if is_last else ids.INTERVIEW_VIEW,
        submit=submit or _("Next"),
        close=_("Close"),
        private_metadata=str(place),
    )


def plain_frame(
    body: Sequence[Block], *, callback_id: str = ids.INTERVIEW_DONE_VIEW, submit: str | None = None
) -> Block:
    """A view beside the steps: a choice before them or the words after them."""
    return blocks.modal(title(), body, callback_id=callback_id, submit=submit, close=_("Close"))


def drop_button(draft_id: int, *, editing: bool = False) -> Block:
    """The button that throws a draft away, once its author has said so twice."""
    question = blocks.confirm(
        _("Throw these changes away?") if editing else _("Throw this draft away?"),
        _("The story stays as it was before.") if editing else _("What you typed in it is deleted for good."),
        _("Throw away"),
        _("Keep it"),
    )
    return blocks.button(_("Throw away"), ids.DRAFT_DROP, str(draft_id), confirm=question)


def _where(place: Place) -> Block:
    names = {
        Step.WHO: _("who, when and how"),
        Step.WHAT: _("what happened"),
        Step.WORDS: _("their own words"),
        Step.MEANING: _("what it means for us"),
        Step.CONSENT: _("what they agreed to"),
        Step.PREVIEW: _("how it will read"),
    }
    here = _("*A conversation with a customer* · step {number} of {steps}: {name}").format(
        number=STEPS.index(place.step) + 1, steps=len(STEPS), name=names[place.step]
    )
    return blocks.context(here)


def _ways_out(place: Place) -> list[Block]:
    back = [] if place.step is Step.WHO else [blocks.button(_("Back"), ids.INTERVIEW_BACK)]
    return [*back, drop_button(place.draft_id, editing=place.story_id is not None)]
