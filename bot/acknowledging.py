"""Bolt's runner of listeners, except that what a listener acknowledges goes out as soon as it is said.

Bolt looks every 10 ms whether it has been: in a crowd, when each waits for others, the looking alone costs as
much as a statement, and nobody is answered before the next look.
"""

from __future__ import annotations

import asyncio

from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.listener.asyncio_runner import AsyncioListenerRunner
from slack_bolt.logger.messages import warning_did_not_call_ack
from slack_bolt.request.async_request import AsyncBoltRequest


class Heard(AsyncAck):
    """An acknowledgement that can be waited for. What was said once stays said."""

    def __init__(self) -> None:  # Bolt's own sets an attribute that is none here
        self._said: BoltResponse | None = None
        self._waiting: asyncio.Future[None] | None = None

    @property
    def response(self) -> BoltResponse | None:
        """What was acknowledged; None so far."""
        return self._said

    @response.setter
    def response(self, said: BoltResponse | None) -> None:
        self._said = said or self._said
        if said is not None:
            self._wake()

    async def wait(self, seconds: float) -> None:
        """Until it was said, or for so long."""
        if self._said is not None:
            return
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        enough = loop.call_later(seconds, self._wake)
        try:
            await self._waiting
        finally:
            enough.cancel()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class PromptRunner(AsyncioListenerRunner):
    """Runs listeners as Bolt does, and waits for their word instead of looking for it."""

    async def run(
        self,
        request: AsyncBoltRequest,
        response: BoltResponse | None,
        listener_name: str,
        listener: AsyncListener,
        starting_time: float | None = None,
    ) -> BoltResponse | None:
        """What the listener acknowledges; None where it does not in its time."""
        ack = request.context.ack
        answered = response is not None or request.lazy_only
        if answered or self.process_before_response or not isinstance(ack, Heard):
            return await super().run(request, response, listener_name, listener, starting_time)  # type: ignore[arg-type]  # Bolt hands in None
        # With a response at hand and its time long over, Bolt begins the listener and looks for nothing.
        await super().run(request, BoltResponse(status=200), listener_name, listener, starting_time=0.0)
        await ack.wait(listener.ack_timeout)
        if ack.response is None:
            self.logger.warning(warning_did_not_call_ack(listener_name))
        return ack.response
