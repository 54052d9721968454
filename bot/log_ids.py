"""Which request or round, workspace and delivery a line of the log belongs to, whoever writes it.

They are kept for the task at hand, and for tasks that it begins: what a library says in the course of a
request bears the request's id as well. What nobody asked for, because the bot looks by itself, is a round.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

One = TypeVar("One")

NAMES = ("request", "round", "workspace", "delivery")
"""What a line may be about, in the order of writing."""

_about: ContextVar[Mapping[str, str]] = ContextVar("log_about", default={})  # noqa: B039 never changed in place


def new_request() -> str:
    """An id for a request that Slack gave none: eight characters, of no meaning."""
    return secrets.token_hex(4)


def begin(**known: str | int) -> None:
    """From here on this task is about these alone (`NAMES`); what is empty is not known."""
    _about.set({name: str(value) for name, value in known.items() if value})


@contextmanager
def about(**known: str | int) -> Iterator[None]:
    """For the length of the block the task is about these as well (`NAMES`)."""
    before = _about.get()
    _about.set({**before, **{name: str(value) for name, value in known.items()}})
    try:
        yield
    finally:
        _about.set(before)


def one_round(part: str) -> AbstractContextManager[None]:
    """For the length of the block the task is about one look of this part of the bot, such as "feeds"."""
    return about(round=f"{part}-{secrets.token_hex(4)}")


def each(found: Iterable[One], workspace_of: Callable[[One], str] = str) -> Iterator[One]:
    """These one after the other; while one is at hand, the task is about its workspace.

    A loop that is left early stays about that workspace until the round is over.
    """
    before = _about.get()
    for one in found:
        _about.set({**before, "workspace": workspace_of(one)})
        yield one
    # No `finally`: a generator that is forgotten ends later, in the midst of other work.
    _about.set(before)


class Ids(logging.Filter):
    """Gives every record the attributes of `NAMES` that are known, and `ids`: them as text, to be read."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets everything through."""
        known = _about.get()
        for name in NAMES:
            if name in known:
                setattr(record, name, known[name])
        record.ids = "".join(f" {name}={known[name]}" for name in NAMES if name in known)
        return True


class Numbered:
    """ASGI middleware: every request has an id of its own in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        with about(request=new_request()):
            await self._app(scope, receive, send)
