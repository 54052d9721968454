"""Ending in order when the process is asked to: what is open is closed, what is kept is whole on the disk."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do this until it ends, or until somebody ends the process (SIGTERM, Ctrl-C); at any moment of it.

    Then it is cancelled, once, and leaves through its own `finally`s. A shell has SIGINT ignored by what it
    starts in the background (`&`): it is heard all the same.
    """
    task, told = asyncio.ensure_future(work), False

    def stop() -> None:
        nonlocal told
        if not told:
            told = task.cancel()

    loop = asyncio.get_running_loop()
    with contextlib.ExitStack() as handlers:
        for number in SIGNALS:
            # Windows has no such handlers: Ctrl-C raises KeyboardInterrupt there.
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, stop)
                handlers.callback(loop.remove_signal_handler, number)
        try:
            await task
        except asyncio.CancelledError:
            if not told:
                raise
