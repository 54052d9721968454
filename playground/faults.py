"""Things that go wrong on demand, so that a bot's answer to each can be seen."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Literal, get_args

FaultKind = Literal["refuse", "delay", "drop", "status", "lose_answer", "late", "twice", "lose", "reorder"]
KINDS: tuple[str, ...] = get_args(FaultKind)


@dataclass(slots=True)
class Fault:
    """What happens to calls of `target`: a method's name or `*` for all, `event:<type>`, `payload:<type>`.

    Kinds: `refuse` answers `error`; `delay` waits `seconds` first, or until faults are cleared; `drop` hangs
    up, nothing done; `status` answers HTTP `status` (429 with `Retry-After: seconds`); `lose_answer` does it
    and closes the connection; `late` closes the connection and does it after `seconds`. Events and payloads:
    `twice`, `delay`, `lose`; events also `reorder` (the next overtakes it, or `seconds` pass).
    It strikes `times` times (0: until removed), each with `probability` 0–1.
    """

    target: str
    kind: FaultKind
    times: int = 1
    probability: float = 1.0
    error: str = "internal_error"
    status: int = 500
    seconds: float = 1.0
    struck: int = 0


class Faults:
    """The faults that wait. `random` decides where a probability is given."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._waiting: dict[str, list[Fault]] = {}
        self._cleared = asyncio.Event()

    def add(self, fault: Fault) -> None:
        """Let it strike from the next call on."""
        if fault.kind not in KINDS:
            raise ValueError(f"kind {fault.kind!r}: use one of {', '.join(KINDS)}")
        if not 0 <= fault.probability <= 1:
            raise ValueError(f"probability {fault.probability}: use 0 to 1")
        self._waiting.setdefault(fault.target, []).append(fault)

    def clear(self) -> None:
        """Let everything go well again; what is being delayed goes on at once."""
        self._waiting.clear()
        self._cleared.set()
        self._cleared = asyncio.Event()

    async def hold_up(self, seconds: float) -> None:
        """Wait that long, or until everything is to go well again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._cleared.wait()

    def waiting(self) -> list[Fault]:
        """Those still to strike."""
        return [fault for faults in self._waiting.values() for fault in faults]

    def strike(self, target: str) -> Fault | None:
        """The fault that hits this call, if any; used-up ones are forgotten."""
        if not self._waiting:
            return None
        for key in (target, "*"):
            if key == "*" and ":" in target:
                continue
            for fault in self._waiting.get(key, ()):
                if fault.probability < 1 and self._random.random() >= fault.probability:
                    continue
                self._count(key, fault)
                return fault
        return None

    def _count(self, key: str, fault: Fault) -> None:
        fault.struck += 1
        if fault.times and fault.struck >= fault.times:
            self._waiting[key].remove(fault)
            if not self._waiting[key]:
                del self._waiting[key]
