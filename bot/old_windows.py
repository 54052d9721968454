"""What was changed while somebody had it open is not undone by their window."""

from __future__ import annotations

from stories.errors import UserError
from stories.language import _


def refuse_overtaken(seen: str, standing: str) -> None:
    """Raise UserError where what stands has another mark than the window's ("" for one that bears none)."""
    if seen not in ("", standing):
        raise UserError(_("Somebody changed this while it was open here. Please open it again."))
