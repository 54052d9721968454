"""Whether what somebody was shown is still so."""

from __future__ import annotations

import hashlib


def mark(*shown: object) -> str:
    """What tells whether all of this is still so, and says nothing of it; of values that show as they are."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]
