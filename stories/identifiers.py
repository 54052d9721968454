"""Handles, links and addresses: whether one says who somebody is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Protocol

from stories.company_forms import joined_name
from stories.name_forms import identifier_parts


class Named(Protocol):
    """A person by their full name and other spellings of it, and their company."""

    @property
    def full_name(self) -> str:
        """As they write it; "" for nobody."""

    @property
    def company(self) -> str:
        """As it is written; "" for none."""

    @property
    def others(self) -> tuple[str, ...]:
        """What else the person is called."""


def gives_away(identifier: str, names: Named) -> bool:
    """Whether a handle, a link or an address contains the person or the company."""
    pieces = [piece for piece in re.split(r"[\W\d_]+", identifier) if piece]
    joined = [before + after for before, after in pairwise(pieces)]
    for name in (names.full_name, *names.others):
        whole, inside = identifier_parts(name)
        if whole.intersection([*pieces, *joined]) or any(
            part in piece for part in inside for piece in pieces
        ):
            return True
    known = joined_name(names.company)
    return len(known) >= 3 and (
        known in re.sub(r"[\W_]", "", identifier) if len(known) > 4 else known in pieces
    )
