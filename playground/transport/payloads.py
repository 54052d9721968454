"""Commands and interactions on their way to the app, with what goes wrong on demand."""

from __future__ import annotations

import asyncio

from playground.link import Ack, Payload
from playground.model import Json
from playground.workspace import Workspace


async def deliver(ws: Workspace, kind: Payload, payload: Json) -> Ack:
    """Send once and wait for the acknowledgement.

    A fault on `payload:<type>` (`payload:view_submission`, `payload:command`) sends it `twice` at once (the
    first answer counts), `delay` it, or `lose` it: then the person waits as long as Slack would.
    """
    ws.settle()
    fault = ws.faults.strike(f"payload:{payload.get('type', 'command')}")
    if fault and fault.kind == "lose":
        await asyncio.sleep(ws.setup.tuning.ack_seconds)
        return Ack(ok=False, reason="timeout")
    if fault and fault.kind == "delay":
        await ws.faults.hold_up(fault.seconds)
    if fault and fault.kind == "twice":
        first, _second = await asyncio.gather(ws.link.send(kind, payload), ws.link.send(kind, payload))
        return first
    return await ws.link.send(kind, payload)
