"""What is kept of a secret that opens a page, and whether what somebody brings is that secret."""

from __future__ import annotations

import hashlib
import hmac


def hashed(secret: str) -> str:
    """What is kept of it: one round of SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fits(kept: str | None, secret: str) -> bool:
    """Whether this is what was hashed; compared in constant time, also where nothing is kept (None)."""
    same = hmac.compare_digest(kept or hashed(""), hashed(secret))
    return same and kept is not None
