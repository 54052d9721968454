"""How long each kind of thing is kept when nobody erases it, and what a workspace may choose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

MOST_DAYS = 36_500
FOR_EVER = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kind of thing that is kept for `days` when nobody has chosen; 0 until somebody erases it."""

    name: str
    days: int


KEPT = (
    Kept(name="conversations", days=FOR_EVER),
    Kept(name="drafts", days=180),
    Kept(name="posts", days=90),
    Kept(name="answers", days=1095),
    Kept(name="audit", days=1095),
    Kept(name="decisions", days=400),
    Kept(name="uploads", days=30),
    Kept(name="files", days=400),
    Kept(name="receipts", days=1095),
)
"""Every kind, in the order in which people choose."""


def days_of(chosen: Mapping[str, int]) -> dict[str, int]:
    """How many days each kind is kept, with what was chosen."""
    return {kept.name: int(chosen.get(kept.name, kept.days)) for kept in KEPT}


def chosen_of(typed: Mapping[str, Any]) -> dict[str, int]:
    """What somebody typed, a number of days for each kind. Raises UserError that names the field."""
    chosen: dict[str, int] = {}
    for kept in KEPT:
        said = str(typed.get(kept.name) or "0").strip()
        if not said.isascii() or not said.isdecimal() or int(said) > MOST_DAYS:
            raise UserError(
                _("A whole number of days, from 0 (until somebody erases it) to {most}.").format(
                    most=MOST_DAYS
                ),
                field=kept.name,
            )
        chosen[kept.name] = int(said)
    return chosen
