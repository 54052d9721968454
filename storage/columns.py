"""Column types: times that keep their zone, texts that are secret at rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator

from storage.encryption import Keyring

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A row's number; 64 bits everywhere (SQLite wants the plain word for its own row ids)."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored and returned in UTC. Naive datetimes are refused (ValueError)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store an aware datetime as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """How a value is handed to the driver. SQLite keeps text, which SQLAlchemy puts together slowly."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)

        def written(value: datetime | None) -> str | None:
            moment = self.process_bind_param(value, dialect)
            return None if moment is None else moment.isoformat(" ", "microseconds")

        return written

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 the interface names it
        """Return an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """A text that is unreadable in the database file, its backups and its logs.

    The keyring belongs to the engine (see `storage.encryption.attach`), so that two databases in one
    process can have keys of their own. Raises LookupError when the engine has none.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else _keyring(dialect).encrypt(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else _keyring(dialect).decrypt(bytes(value))


def _keyring(dialect: Dialect) -> Keyring:
    keyring: Keyring | None = getattr(dialect, "firsthand_keyring", None)
    if keyring is None:
        raise LookupError("this engine has no keyring: create it with storage.database.open_database")
    return keyring
