"""Sessions that ask their driver's connection itself, which stays at hand for one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect

from storage.prepared import DirectSession

Held = tuple[Any, Dialect]
"""A driver's connection, and the dialect it is spoken to in."""


class HeldSession(DirectSession):
    """Looks for its connection once a transaction: that costs more than many a statement."""

    at_hand: Held | None = None

    async def take_hold(self) -> Held:
        """The connection of this transaction, which begins with it."""
        connection = await self.connection()
        driver = (await connection.get_raw_connection()).driver_connection
        self.at_hand = (driver, connection.dialect)
        return self.at_hand

    async def commit(self) -> None:
        """As SQLAlchemy's; the connection goes back to the others."""
        self.at_hand = None
        await super().commit()

    async def rollback(self) -> None:
        """As SQLAlchemy's; the connection goes back to the others."""
        self.at_hand = None
        await super().rollback()

    async def close(self) -> None:
        """As SQLAlchemy's; the connection goes back to the others."""
        self.at_hand = None
        await super().close()
