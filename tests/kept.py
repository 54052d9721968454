"""What is the same in every test, made once for all tests of a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import ref

import jinja2
import pytest
from sqlalchemy import Dialect
from sqlalchemy.util import LRUCache

from bot import web_templates
from storage.database import Database
from storage.encryption import attach

MOST_STATEMENTS = 20_000
"""More than the whole suite has: SQLAlchemy's own limit of 500 would drop them again and again."""


def keep() -> None:
    """Keep statements and pages once they are compiled: doing it anew was a fifth of the tests' time."""
    for_good = pytest.MonkeyPatch()
    _keep_statements(for_good)
    pages = partial(jinja2.Environment, bytecode_cache=_Pages())
    for_good.setattr(web_templates, "Environment", pages)


@dataclass(slots=True)
class _Place:
    """Statements as they were compiled, for one open database at a time: it has the keyring in it."""

    dialect: Dialect
    compiled: Any
    holder: Callable[[], Database | None]

    @property
    def can_be_had(self) -> bool:
        """Nobody has it, and whoever had it has been connected: what the server can do is known."""
        return self.holder() is None and getattr(self.dialect, "server_version_info", None) is not None


_PLACES: dict[str, list[_Place]] = {}


def _keep_statements(for_good: pytest.MonkeyPatch) -> None:
    made, closed = Database.__init__, Database.close

    def opened(self: Database, url: Any, keyring: Any, **options: Any) -> None:
        made(self, url, keyring, **options)
        place = _place(self)
        for engine in self._engines:
            engine.sync_engine.dialect, engine.sync_engine._compiled_cache = place.dialect, place.compiled
            attach(engine.sync_engine, keyring)

    async def close(self: Database) -> None:
        await closed(self)
        for place in _PLACES[self.url.get_backend_name()]:
            if place.holder() is self:
                place.holder = _nobody

    for_good.setattr(Database, "__init__", opened)
    for_good.setattr(Database, "close", close)


def _place(database: Database) -> _Place:
    places = _PLACES.setdefault(database.url.get_backend_name(), [])
    place = next((one for one in places if one.can_be_had), None)
    if place is None:
        engine = database._engines[0].sync_engine
        place = _Place(engine.dialect, LRUCache[Any, Any](MOST_STATEMENTS), _nobody)
        places[:] = [one for one in places if one.holder() is not None or one.can_be_had] + [place]
    place.holder = ref(database)
    return place


def _nobody() -> None:
    return None


class _Pages(jinja2.BytecodeCache):
    """Templates of pages as they were compiled, by name and content."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Any) -> None:
        bucket.code = self._held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Any) -> None:
        self._held[bucket.key, bucket.checksum] = bucket.code
