"""Questions that come while one is being answered are gathered and asked together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from stories.values import dataclass

Item = TypeVar("Item")
Answer = TypeVar("Answer")

MOST_TOGETHER = 64
"""Items in one go at the most, so that the first does not wait for a long queue."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    key: Hashable
    item: Any
    answer: asyncio.Future[Any]


class Gathering(Generic[Item, Answer]):
    """Hands what is waiting to `work`, which answers for all of it, in its order, or fails for all of it.

    When it fails for several, each is tried alone: one that cannot be done spoils nobody else's.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Answer]]]) -> None:
        self._work = work
        self._waiting: list[_Waiting] = []
        self._running: asyncio.Task[None] | None = None

    async def ask(self, item: Item, *, key: Hashable = None) -> Answer:
        """The answer for this item; raises what `work` raised for it alone.

        Two with the same key (unless None) never go together. Who gives up before it was handed over
        takes it back.
        """
        mine = _Waiting(key, item, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        try:
            answer: Answer = await mine.answer
        except asyncio.CancelledError:
            if mine in self._waiting:
                self._waiting.remove(mine)
            raise
        return answer

    async def close(self) -> None:
        """Wait until everything that was asked is answered."""
        if self._running is not None:
            await asyncio.wait({self._running})

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch = self._next_batch()
                if not await self._answered(batch, alone=len(batch) == 1):
                    for one in batch:
                        # Whoever gave up meanwhile has been told that it failed.
                        if not one.answer.done():
                            await self._answered([one], alone=True)
        finally:
            self._running = None

    def _next_batch(self) -> list[_Waiting]:
        keys: set[Hashable] = set()
        batch: list[_Waiting] = []
        later: list[_Waiting] = []
        for one in self._waiting:
            if one.key in keys or len(batch) == MOST_TOGETHER:
                later.append(one)
            else:
                batch.append(one)
                keys |= set() if one.key is None else {one.key}
        self._waiting = later
        return batch

    async def _answered(self, batch: list[_Waiting], *, alone: bool) -> bool:
        """Whether everybody heard; a failure is told only to one who is `alone`."""
        working = asyncio.ensure_future(self._work([one.item for one in batch]))
        await asyncio.wait({working})
        error = asyncio.CancelledError() if working.cancelled() else working.exception()
        if error is not None and not alone:
            return False
        for at, one in enumerate(batch):
            if one.answer.done():
                continue
            if error is None:
                one.answer.set_result(working.result()[at])
            else:
                one.answer.set_exception(error)
        return True
