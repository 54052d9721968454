from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack

from bot.delivery.calling import OUT_OF_REACH, UNREACHABLE, carry_out, posting_client, posting_session
from tests.bot.delivery.test_asking import SHARE


async def test_a_call_that_got_no_connection_in_time_never_left_and_is_made_again() -> None:
    with ExitStack() as stack:
        busy = stack.enter_context(socket.socket())
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        # The system takes one on the way in; whoever comes after that hears nothing.
        for _ in range(2):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(busy.getsockname())
        await asyncio.sleep(0)
        async with posting_session(0.4) as session:
            client = posting_client(session, f"http://127.0.0.1:{busy.getsockname()[1]}/api/", "xoxb-1")
            outcome = await carry_out(client, SHARE)
    assert outcome is not None
    assert (outcome.state, outcome.wait) == ("pending", OUT_OF_REACH)
    assert (outcome.error or "").startswith(UNREACHABLE)
