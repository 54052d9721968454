"""Whether this process is well: what it waits for, and whether its parts still come round."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from storage import versions
from storage.database import Database
from stories.values import dataclass

DATABASE_SECONDS = 2.0
"""How long the database has to answer whoever asks whether the bot is ready."""


@dataclass(slots=True)
class _Part:
    within: float
    vital: bool
    heard: float


class Health:
    """What `/healthz` and `/readyz` tell. `seconds` is a clock that never goes back."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._parts: dict[str, _Part] = {}
        self._ailing: dict[str, str] = {}
        self.waits_for = ""

    def is_ready(self) -> None:
        """Nothing is waited for any more."""
        self.waits_for = ""

    def expect(self, part: str, within: float, *, vital: bool) -> None:
        """This part will be heard of at least so often (seconds).

        Without a `vital` one the process had better be started anew.
        """
        self._parts[part] = _Part(within, vital, self._seconds())

    def beat(self, part: str) -> None:
        """This part has come round once more. Raises KeyError for one that nobody expects."""
        self._parts[part].heard = self._seconds()

    def ails(self, part: str, reason: str) -> None:
        """This part cannot do its work, and why; so it is until `is_well` is said of it."""
        self._ailing[part] = reason

    def is_well(self, part: str) -> None:
        """This part does its work."""
        self._ailing.pop(part, None)

    def ailing(self) -> dict[str, str]:
        """The parts that cannot do their work, and why."""
        return dict(self._ailing)

    def ages(self) -> dict[str, float]:
        """Every part that is expected, and how many seconds ago it was heard of."""
        now = self._seconds()
        return {name: now - part.heard for name, part in self._parts.items()}

    def silent(self, *, vital: bool = False) -> dict[str, str]:
        """The parts that were not heard of in time, and since when; the vital ones alone where so asked."""
        now = self._seconds()
        return {
            name: f"not heard of for {now - part.heard:.0f} s"
            for name, part in self._parts.items()
            if now - part.heard > part.within and (part.vital or not vital)
        }


def health_routes(health: Health, database: Database | None = None) -> list[Route]:
    """`/healthz`: the process lives and none of its vital parts is stuck. `/readyz`: it can do its work.

    Both answer 200 or 503, and say in words what is wrong.
    """

    # What lies beside this process may be newer by the time somebody asks.
    ours = versions.newest()

    async def alive(_: Request) -> Response:
        return _answer(health.silent(vital=True))

    async def ready(_: Request) -> Response:
        if health.waits_for:
            return _answer({"waiting_for": health.waits_for})
        wrong = health.ailing() | health.silent()
        if database is None:
            return _answer(wrong)
        return _answer(wrong | await _asked(database, ours), database="ok")

    return [_route("/healthz", alive), _route("/readyz", ready)]


def _route(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, answer)


def _answer(wrong: dict[str, str], **well: str) -> Response:
    if wrong:
        return JSONResponse({"ok": False, **wrong}, status_code=503)
    return JSONResponse({"ok": True, **well})


async def _asked(database: Database, ours: str) -> dict[str, str]:
    """What is wrong with the database: it does not answer, or a version other than this one has it."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS), database.read() as session:
            found = await versions.found(session)
    except TimeoutError:
        return {"database": "unreachable", "reason": f"no answer within {DATABASE_SECONDS:.0f} s"}
    except (SQLAlchemyError, OSError) as error:
        return {"database": "unreachable", "reason": in_words(error)}
    if found == ours:
        return {}
    reason = f"its schema is {found or 'missing'}, this process was written for {ours}"
    return {"database": "of another version", "reason": reason}


def in_words(error: BaseException) -> str:
    """What a driver says went wrong: the first line, without the statement."""
    return str(getattr(error, "orig", None) or error).strip().split("\n")[0]
