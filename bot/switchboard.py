"""Bolt's app, except that what people click and submit finds its listener by its id, however many there are.

Bolt asks one listener after the other whether a request is for it: with hundreds of them that takes longer
than most of them need. Clicks, submissions, shortcuts and menus that name one exact id are looked up instead;
everything else (events, commands, patterns, listeners with conditions of their own) is Bolt's as ever.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.kwargs_injection.async_utils import build_async_required_kwargs
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.logger import get_bolt_logger
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.util.utils import get_arg_names_of_callable

from bot.acknowledging import Heard, PromptRunner

log = logging.getLogger(__name__)

Listener = Callable[..., Awaitable[BoltResponse | None]]
Passing = Callable[
    [dict[str, Any], AsyncBoltContext, Callable[[], Awaitable[Any]]], Awaitable[BoltResponse | None]
]
Registering = Callable[..., Listener | None]
_Constraints = str | re.Pattern[str] | dict[str, str | re.Pattern[str]]
_Matchers = Sequence[Callable[..., Awaitable[bool]]] | None
_Middleware = Sequence[Callable[..., Any] | AsyncMiddleware] | None
_Reading = Callable[[Mapping[str, Any]], Any]

_KIND_OF = {
    "block_actions": "action",
    "view_submission": "view",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "block_suggestion": "options",
}
"""Which kind of listener each type of request is for."""

_ID_OF: dict[str, _Reading] = {
    "action": lambda body: body["actions"][0]["action_id"],
    "view": lambda body: body["view"]["callback_id"],
    "shortcut": lambda body: body["callback_id"],
    "options": lambda body: body["action_id"],
}
_PAYLOAD_OF: dict[str, _Reading] = {
    "action": lambda body: body["actions"][0],
    "view": lambda body: body["view"],
    "shortcut": lambda body: body,
    "options": lambda body: body,
}
_OF_CONTEXT = frozenset({"ack", "client", "respond"})


class Switchboard(AsyncApp):
    """An AsyncApp that looks listeners up by id. Raises ValueError where two of a kind have the same one."""

    def __init__(self, **settings: Any) -> None:
        with _unsaid(warning_client_prioritized_and_token_skipped()):
            super().__init__(**settings)
        self._connected = {kind: dict[str, _Connected]() for kind in _ID_OF}
        self._async_listeners.append(_ById(self._connected))
        self._async_listener_runner = PromptRunner(**vars(self._async_listener_runner))

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """As Bolt's, with an acknowledgement that can be waited for."""
        req.context["ack"] = Heard()
        return await super().async_dispatch(req)

    def action(
        self, constraints: _Constraints, matchers: _Matchers = None, middleware: _Middleware = None
    ) -> Registering:
        """Register what a click does."""
        return self._by_id("action", constraints, matchers, middleware) or super().action(
            constraints, matchers, middleware
        )

    def view(
        self, constraints: _Constraints, matchers: _Matchers = None, middleware: _Middleware = None
    ) -> Registering:
        """Register what the submission of a modal does."""
        return self._by_id("view", constraints, matchers, middleware) or super().view(
            constraints, matchers, middleware
        )

    def shortcut(
        self, constraints: _Constraints, matchers: _Matchers = None, middleware: _Middleware = None
    ) -> Registering:
        """Register what a shortcut does."""
        return self._by_id("shortcut", constraints, matchers, middleware) or super().shortcut(
            constraints, matchers, middleware
        )

    def options(
        self, constraints: _Constraints, matchers: _Matchers = None, middleware: _Middleware = None
    ) -> Registering:
        """Register what a menu offers."""
        return self._by_id("options", constraints, matchers, middleware) or super().options(
            constraints, matchers, middleware
        )

    def _by_id(
        self, kind: str, constraints: _Constraints, matchers: _Matchers, middleware: _Middleware
    ) -> Registering | None:
        if not isinstance(constraints, str) or matchers or middleware:
            return None

        def connect(listener: Listener) -> Listener:
            if constraints in self._connected[kind]:
                raise ValueError(f"two listeners for the {kind} {constraints!r}")
            self._connected[kind][constraints] = _Connected(listener)
            return listener

        return connect


class _Connected:
    """A listener that is found by its id."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener

    @cached_property
    def takes(self) -> list[str]:
        """The names of what it takes, looked up once: it costs as much as a small statement."""
        names: list[str] = get_arg_names_of_callable(self.listener)
        return names


class _ById(AsyncListener):
    """One listener in Bolt's list for all that are looked up."""

    matchers = ()
    middleware = ()
    lazy_functions = ()
    auto_acknowledgement = False
    ack_timeout = 3

    def __init__(self, connected: Mapping[str, Mapping[str, _Connected]]) -> None:
        self._connected = connected
        self.ack_function = self.run_ack_function  # type: ignore[assignment]  # Bolt asks for its name alone

    async def async_matches(self, *, req: AsyncBoltRequest, resp: BoltResponse) -> bool:  # noqa: ARG002 Bolt's interface
        """Whether somebody listens to exactly this."""
        try:
            self._asked_for(req.body)
        except LookupError:
            return False
        return True

    async def run_ack_function(
        self, *, request: AsyncBoltRequest, response: BoltResponse
    ) -> BoltResponse | None:
        """Have it heard."""
        kind, asked = self._asked_for(request.body)
        given = _given(kind, asked.takes, request)
        if given is None:
            given = build_async_required_kwargs(
                logger=log,
                required_arg_names=[*asked.takes],
                request=request,
                response=response,
                this_func=asked.listener,
            )
        return await asked.listener(**given)

    def _asked_for(self, body: Mapping[str, Any]) -> tuple[str, _Connected]:
        """Who listens, and to what kind of request. Raises LookupError where nobody does."""
        kind = _KIND_OF[body["type"]]
        return kind, self._connected[kind][_ID_OF[kind](body)]


def _given(kind: str, taken: Sequence[str], request: AsyncBoltRequest) -> dict[str, Any] | None:
    """What a listener takes of a request; None where it takes more than most do: Bolt makes thirty things."""
    body, context = request.body, request.context
    found: dict[str, Any] = {}
    for name in taken:
        if name == "body":
            found[name] = body
        elif name == "context":
            found[name] = context
        elif name in {kind, "payload"}:
            found[name] = _PAYLOAD_OF[kind](body)
        elif name in _OF_CONTEXT:
            found[name] = getattr(context, name)
        elif name in context:
            found[name] = context[name]
        else:
            return None
    return found


class Straight(AsyncMiddleware):
    """Middleware that is handed a request's body and context, and what lets the request go on.

    For what every request goes through: Bolt would put thirty arguments together for each.
    """

    def __init__(self, passing: Passing) -> None:
        self.passing = passing

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 Bolt's interface
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 Bolt's name
    ) -> BoltResponse | None:
        """Let it pass."""
        return await self.passing(req.body, req.context, next)


@contextmanager
def _unsaid(warning: str) -> Iterator[None]:
    """Keep one sentence out of Bolt's log for the length of the block.

    Bolt looks for a token in the environment, where ours stands too, and warns that it prefers the client.
    """

    def is_another(record: logging.LogRecord) -> bool:
        return record.getMessage() != warning

    bolt = get_bolt_logger(AsyncApp)
    bolt.addFilter(is_another)
    try:
        yield
    finally:
        bolt.removeFilter(is_another)
