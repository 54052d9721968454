"""What came of something a person did."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.model import Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ok` when the app acknowledged; else `notice` says what Slack shows.

    `message` is what was posted, if anything; `errors` block id → words beside the field of a modal.
    """

    ok: bool = True
    notice: str = ""
    message: Message | None = None
    errors: dict[str, str] = field(default_factory=dict)
