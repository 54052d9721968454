"""The database, brought to this version's schema as the commands do it: what stands in the way is said."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from bot.settings import StartError
from bot.starting import refuse_newer, unreachable
from storage.database import database_file
from storage.versions import current, newest


def bring_up(url: str, say: Callable[[str], None]) -> None:
    """Bring the database at `url` to this version; an embedded one is made where there is none.

    `say` is told what begins, which takes seconds. Raises StartError, in words that say what to do, for a
    database that is out of reach, that may not be written to, or that a newer version has had.
    """
    file = database_file(url)
    try:
        found = current(url) if file is None or file.exists() else None
        refuse_newer(found)
        if found == newest():
            return
        what = f"brought from schema {found} to {newest()}" if found else f"made (schema {newest()})"
        say(f"The database is being {what} …")
        # A start that finds all in order does without the tool that changes a schema, and its 8 MB.
        from storage.migrating import migrate

        migrate(url)
    except SQLAlchemyError as error:
        raise unreachable(url, error) from error
    except OSError as error:
        raise StartError(
            f"{file} cannot be made: {error.strerror or error}. Does its folder belong to whoever runs this?"
        ) from error
