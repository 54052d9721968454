"""Taking a table in, batch by batch: each on disk, with how far it is, before the next is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.importing.mapping import Mapping
from bot.nps.importing.rows import Reader, Refusal
from bot.nps.importing.tables import Table
from storage import nps_answers, nps_imports
from storage.nps_answers import Answer, Taken
from storage.nps_imports import Import
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of a file's rows; `refused` is how many could not be taken in."""

    taken: Taken = field(default_factory=Taken)
    refused: int = 0

    @property
    def rows(self) -> int:
        """All rows that were read."""
        taken = self.taken
        return taken.new + taken.changed + taken.same + taken.erased + self.refused

    def and_then(self, taken: Taken, refused: int) -> Tally:
        """With one more batch."""
        return Tally(taken=self.taken + taken, refused=self.refused + refused)

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        taken = self.taken
        counts = {"new": taken.new, "changed": taken.changed, "same": taken.same, "erased": taken.erased}
        return {**counts, "refused": self.refused}

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Tally:
        """As it was stored; {} for nothing yet."""
        counts = {name: held.get(name, 0) for name in ("new", "changed", "same", "erased")}
        return cls(taken=Taken(**counts), refused=held.get("refused", 0))


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are taken in together, in the order of the file; `rows` counts both kinds.

    `already` says that an earlier run took them in: what it refused is told again.
    """

    answers: list[Answer]
    refusals: list[Refusal]
    already: bool = False

    @property
    def rows(self) -> int:
        """All rows of it."""
        return len(self.answers) + len(self.refusals)


def batches(
    table: Table, mapping: Mapping, *, zone: ZoneInfo, now: datetime, skip: int, size: int
) -> Iterator[Batch]:
    """The table's rows, `size` at a time; the first `skip` of them are in already."""
    read = Reader(table, mapping, zone=zone, now=now).answers()
    while chunk := list(islice(read, min(size, skip) or size)):
        answers = [one for one in chunk if isinstance(one, Answer)]
        yield Batch(answers, [one for one in chunk if isinstance(one, Refusal)], already=skip > 0)
        skip = max(0, skip - len(chunk))


async def keep(
    session: AsyncSession, workspace_id: str, running: Import, tally: Tally, batch: Batch
) -> Tally:
    """Take a batch in and note how far the file is, in one transaction; the new tally."""
    taken = await nps_answers.take_in(session, workspace_id, running.source_id, batch.answers)
    tally = tally.and_then(taken, len(batch.refusals))
    await nps_imports.advance(session, workspace_id, running.id, rows_done=tally.rows, tally=tally.as_json())
    return tally
