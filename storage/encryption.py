"""Secrets at rest: a rotatable keyring over Fernet (AES-128-CBC with HMAC-SHA256)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Engine


class Keyring:
    """Encrypts with its first key and decrypts with any, so that keys can be rotated.

    Keys are Fernet keys: 32 random bytes in URL-safe base64. Raises ValueError for anything else.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("a keyring needs at least one key")
        fernets = [Fernet(key.encode()) for key in keys]
        self._newest, self._fernet = fernets[0], MultiFernet(fernets)

    def encrypt(self, text: str) -> bytes:
        """The text as a token that only this keyring can read."""
        return self._fernet.encrypt(text.encode())

    def decrypt(self, token: bytes) -> str:
        """The text again. Raises cryptography.fernet.InvalidToken for a key that is gone."""
        return self._fernet.decrypt(token).decode()

    def renewed(self, token: bytes) -> bytes | None:
        """The same text under the newest key; None when it is that already.

        Raises cryptography.fernet.InvalidToken for a key that is gone.
        """
        try:
            self._newest.decrypt(token)
        except InvalidToken:
            return self._fernet.rotate(token)
        return None

    def __repr__(self) -> str:
        return "<Keyring>"


def opens(keyring: Keyring, token: bytes) -> bool:
    """Whether one of the keys opens this."""
    try:
        keyring.decrypt(token)
    except InvalidToken:
        return False
    return True


def new_key() -> str:
    """A fresh key in the form the settings take."""
    return Fernet.generate_key().decode()


def keys_beside(database_file: Path) -> list[str]:
    """The keys kept beside an embedded database, the newest first; one is made on first use."""
    path = database_file.with_suffix(".key")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().split()
    with os.fdopen(descriptor, "w") as file:
        key = new_key()
        file.write(key + "\n")
    return [key]


def keep_beside(database_file: Path, keys: Sequence[str]) -> None:
    """Keep these keys beside an embedded database, all of them or as it was; readable by its owner alone."""
    path = database_file.with_suffix(".key")
    whole = path.with_suffix(".key-new")
    whole.unlink(missing_ok=True)
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("".join(f"{key}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    whole.replace(path)


def attach(engine: Engine, keyring: Keyring) -> None:
    """Give an engine the keyring with which its EncryptedText columns are read and written."""
    engine.dialect.firsthand_keyring = keyring  # type: ignore[attr-defined]  # one keyring an engine
