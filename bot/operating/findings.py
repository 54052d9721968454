"""What an examination found: one line for each thing that was looked at, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from stories.values import dataclass


class State(Enum):
    """How something is. LOOK: it works, and somebody had better know."""

    OK = "ok"
    LOOK = "look at this"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `said` holds no secret; `fix` says what to do, empty where nothing is."""

    check: str
    state: State
    said: str
    fix: str = ""


def ok(check: str, said: str) -> Finding:
    """This is as it should be."""
    return Finding(check=check, state=State.OK, said=said)


def look(check: str, said: str, fix: str) -> Finding:
    """This works, and somebody had better know."""
    return Finding(check=check, state=State.LOOK, said=said, fix=fix)


def broken(check: str, said: str, fix: str) -> Finding:
    """This keeps Firsthand, or a part of it, from working."""
    return Finding(check=check, state=State.BROKEN, said=said, fix=fix)


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether nothing is broken."""
    return all(one.state is not State.BROKEN for one in findings)
