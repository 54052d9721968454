"""Statistics by which statements are planned, for databases that do not keep them up by themselves."""

from __future__ import annotations

from sqlalchemy import text

from storage.database import Database

ROWS_LOOKED_AT = 400
"""Of each index: statistics need not be exact, and whoever writes waits for them."""


async def freshen(database: Database) -> None:
    """Have the statistics follow what is stored: they are taken up by connections that are opened after it.

    PostgreSQL does so by itself. SQLite looks at some rows of each index, which takes milliseconds.
    """
    if database.embedded:
        async with database.begin() as session:
            await session.execute(text(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}"))
            await session.execute(text("ANALYZE"))
