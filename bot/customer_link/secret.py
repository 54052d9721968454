"""The secret in a private link: what it looks like, and what a form made for it carries."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from stories.values import dataclass

PATH = "/your-words/"
_PUBLIC_BYTES, _SECRET_BYTES = 9, 32
LONGEST = 100
"""Characters of a secret as it stands in an address; ours are shorter."""


@dataclass(frozen=True, slots=True)
class Secret:
    """`public_id` finds the link, `secret` (256 bits) opens it; neither is ever shown but in the link."""

    public_id: str
    secret: str

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def address(self, base: str) -> str:
        """The link, below the address at which browsers reach us."""
        return f"{base}{PATH}{self.public_id}.{self.secret}"

    def form_mark(self) -> str:
        """What a form on the page has to carry: nobody makes it who does not have the link."""
        return hmac.new(self.secret.encode(), b"a form on its page", hashlib.sha256).hexdigest()

    def made(self, mark: str) -> bool:
        """Whether a form carries that; compared in constant time."""
        return hmac.compare_digest(self.form_mark().encode(), mark.encode())


def new_secret() -> Secret:
    """A secret that nobody can guess."""
    return Secret(secrets.token_urlsafe(_PUBLIC_BYTES), secrets.token_urlsafe(_SECRET_BYTES))


def as_typed(token: str) -> Secret:
    """The secret in an address, whatever was put there: what PostgreSQL cannot look up opens nothing."""
    public_id, _dot, secret = token[:LONGEST].replace("\x00", "").partition(".")
    return Secret(public_id, secret)
