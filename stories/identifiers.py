"""Handles, links and addresses: whether one says who somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from stories.company_forms import joined_name
from stories.name_forms import identifier_parts


def gives_away(identifier: str, people: Iterable[str], company: str) -> bool:
    """Whether a handle, a link or an address contains one of the people (full names) or the company."""
    pieces = [piece for piece in re.split(r"[\W\d_]+", identifier) if piece]
    joined = [before + after for before, after in pairwise(pieces)]
    for name in people:
        whole, inside = identifier_parts(name)
        if whole.intersection([*pieces, *joined]) or any(
            part in piece for part in inside for piece in pieces
        ):
            return True
    known = joined_name(company)
    return len(known) >= 3 and (
        known in re.sub(r"[\W_]", "", identifier) if len(known) > 4 else known in pieces
    )
