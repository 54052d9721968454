"""What a person did that cannot be done, in words for that person."""

from __future__ import annotations


class UserError(Exception):
    """A request that cannot be met, with a sentence for the person who made it.

    The message is shown to people as it is, so it names the field, the limit and the fix.
    `field` is the form field the sentence belongs beside, when there is one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
