"""What is nearest in meaning, out of all texts of a workspace: their signs, held by this process."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from storage import search_due, search_finding
from storage.database import Database
from stories.search.encoders import Encoder, available
from stories.search.encoders import encoder as load
from stories.search.texts import Kind
from stories.values import dataclass

if TYPE_CHECKING:
    # A process that nobody searches in does without.
    from stories.search.codes import Codes, Vectors

log = logging.getLogger(__name__)

MOST_TEXTS = 4_000_000
"""Texts whose signs are held, of all workspaces together: 128 MB by the small encoder."""

PIECE = 20_000
"""Texts that are read from the database in one go."""

ANEW_AFTER = timedelta(minutes=15)
"""How long the signs of a text that is gone can stay in memory: then all are read anew.

Those of somebody who is erased go within seconds (see `Shelves.let_erased_go`).
"""

LOOK_AGAIN_AFTER = timedelta(seconds=1)
"""For how long what was read is taken for all there is."""

PATIENCE_SECONDS = 0.7
"""How long a search waits for its encoder, or for its texts, to be loaded; then it goes without."""

HELD = (Kind.STORY, Kind.QUOTE, Kind.COMMENT)
"""Kinds of texts that everybody may be shown; a write-up is found by its words."""


@dataclass(slots=True)
class _Shelf:
    encoder: str
    since: datetime
    erasures: tuple[int, int] = (0, 0)
    looked: datetime | None = None
    ids: list[int] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    codes: Codes | None = None
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


class Shelves:
    """The signs of the texts of each workspace that somebody searched in, the least used dropped first."""

    def __init__(self) -> None:
        self._shelves: OrderedDict[str, _Shelf] = OrderedDict()
        self._loading: dict[str, asyncio.Task[Encoder | None]] = {}
        self._filling: set[asyncio.Task[None]] = set()

    async def encoder(self, name: str) -> Encoder | None:
        """The encoder of this name; None where there is none, and for whoever came while it is loaded.

        Loading takes longer on a busy machine than Slack waits for an answer.
        """
        wanted = available(name)
        if not wanted:
            return None
        if wanted not in self._loading:
            self._loading[wanted] = asyncio.create_task(asyncio.to_thread(load, wanted))
        done, _ = await asyncio.wait({self._loading[wanted]}, timeout=PATIENCE_SECONDS)
        return done.pop().result() if done else None

    async def nearest(
        self, workspace_id: str, encoder: Encoder, words: str, *, most: int
    ) -> tuple[Vectors, tuple[int, ...]]:
        """What these words mean, of shape (1, dimensions), and the ids of the texts nearest to it.

        None of these before the first look has read them.
        """
        shelf = self._shelves.get(workspace_id)
        if shelf is not None and shelf.encoder == encoder.name:
            self._shelves.move_to_end(workspace_id)
        else:
            shelf = None
        return await asyncio.to_thread(_nearest, shelf, encoder, words, most)

    def held(self, workspace_id: str) -> int:
        """Of how many texts of a workspace the signs are held."""
        shelf = self._shelves.get(workspace_id)
        return len(shelf.ids) if shelf else 0

    async def look_again(self, database: Database, workspace_id: str, encoder: str, now: datetime) -> None:
        """Read what was added since the last look; a search waits for it, but not for long.

        New texts get their vectors every two seconds: looking more often than that would find nothing.
        """
        shelf = self._shelves.get(workspace_id)
        if shelf and shelf.looked and shelf.encoder == encoder and abs(now - shelf.looked) < LOOK_AGAIN_AFTER:
            return
        filling = asyncio.create_task(self.fill(database, workspace_id, encoder, now))
        self._filling.add(filling)
        filling.add_done_callback(self._filled)
        await asyncio.wait({filling}, timeout=PATIENCE_SECONDS)

    def _filled(self, filling: asyncio.Task[None]) -> None:
        self._filling.discard(filling)
        if not filling.cancelled() and filling.exception() is not None:
            log.warning("a search goes by words alone: %s", filling.exception())

    async def fill(self, database: Database, workspace_id: str, encoder: str, now: datetime) -> None:
        """Read what has been added, a piece at a time; all of it anew when it was read long ago."""
        async with database.read() as session:
            erasures = await search_due.erasures(session, workspace_id)
        shelf = self._shelves.get(workspace_id)
        if shelf is None or (shelf.encoder, shelf.erasures) != (encoder, erasures):
            shelf = self._shelves[workspace_id] = _Shelf(encoder, now, erasures)
        if shelf.busy.locked():
            return
        async with shelf.busy:
            fresh = _Shelf(encoder, now, erasures) if now - shelf.since > ANEW_AFTER else shelf
            await _read(database, workspace_id, fresh)
            fresh.looked = now
            if self._shelves.get(workspace_id) is shelf:
                self._shelves[workspace_id] = fresh
        self._make_room(workspace_id)

    async def let_erased_go(self, database: Database) -> None:
        """Drop the signs of workspaces in which an erasure began or ended since they were read."""
        for workspace_id, shelf in tuple(self._shelves.items()):
            async with database.read() as session:
                erasures = await search_due.erasures(session, workspace_id)
            if erasures != shelf.erasures and self._shelves.get(workspace_id) is shelf:
                # Whoever is reading them in goes on with a shelf that nobody looks at any more.
                del self._shelves[workspace_id]

    def _make_room(self, workspace_id: str) -> None:
        while sum(len(one.ids) for one in self._shelves.values()) > MOST_TEXTS and len(self._shelves) > 1:
            oldest = next(iter(self._shelves))
            if oldest == workspace_id:
                self._shelves.move_to_end(oldest)
                continue
            del self._shelves[oldest]


async def _read(database: Database, workspace_id: str, shelf: _Shelf) -> None:
    while len(shelf.ids) < MOST_TEXTS:
        last = shelf.ids[-1] if shelf.ids else 0
        async with database.read() as session:
            rows = await search_finding.codes_after(
                session, workspace_id, shelf.encoder, last, HELD, most=PIECE
            )
        if not rows:
            break
        shelf.ids += [number for number, _ in rows]
        shelf.pieces += [code for _, code in rows]
        await asyncio.to_thread(_stack, shelf)


def _stack(shelf: _Shelf) -> None:
    import numpy as np

    new = np.frombuffer(b"".join(shelf.pieces), np.uint64).reshape(len(shelf.pieces), -1)
    new = np.asfortranarray(new)
    shelf.codes = new if shelf.codes is None else np.concatenate([shelf.codes, new])
    shelf.pieces = []


def _nearest(
    shelf: _Shelf | None, encoder: Encoder, words: str, most: int
) -> tuple[Vectors, tuple[int, ...]]:
    from stories.search.codes import nearest, signs

    meant = encoder.encode([words])
    if shelf is None or shelf.codes is None:
        return meant, ()
    code = signs(meant)[0]
    return meant, tuple(shelf.ids[place] for place in nearest(code, shelf.codes, most))
