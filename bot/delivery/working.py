"""What there is to do for one workspace, and for which workspaces there is something to do."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from bot.connections import NotConnected
from bot.delivery.drain import Drain
from bot.delivery.office import TROUBLE, Office
from bot.delivery.settling import Settler
from bot.desk import Desk
from bot.log_ids import about, one_round
from storage import looking

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How long the outbox rests between looks when nobody rings the bell."""

OUTBOX = "the outbox"
"""The part of a process that looks into the outbox, as its health names it."""

WAITING = "what waits in the outbox"
"""The same for looks that succeeded: a process whose every look fails lives, and posts nothing."""

SETTLE_SECONDS = 5.0
"""How often posts in doubt are asked for while a long drain goes on."""


async def work(office: Office, workspace_id: str) -> None:
    """Empty one workspace's outbox, and find out about its posts in doubt meanwhile.

    What goes wrong is logged: whoever looks next tries again.
    """
    with one_round("outbox"), about(workspace=workspace_id):
        await _work(office, workspace_id)


async def _work(office: Office, workspace_id: str) -> None:
    done = asyncio.Event()
    settling = asyncio.create_task(_settle_until(done, office, workspace_id))
    try:
        await Drain(office, workspace_id).run()
        await office.beyond.tidy(workspace_id)
    except NotConnected as lost:
        log.info("nothing is posted: %s", lost)
    except TROUBLE as error:
        log.warning("the outbox of %s waits for the database: %s", workspace_id, error)
    except Exception:
        # Without the outbox nothing is posted any more, and nothing taken back.
        log.exception("the outbox of %s stumbled and goes on", workspace_id)
    finally:
        done.set()
        if office.stopping:
            settling.cancel()
        with suppress(asyncio.CancelledError):
            await settling


async def ready(office: Office) -> tuple[str, ...]:
    """The workspaces with a live token in which there is something to do."""
    async with office.glance() as session:
        found = await looking.with_work(session, office.patience.grace)
    connected = set(await office.desk.connections.workspaces()) if found else set()
    return tuple(workspace_id for workspace_id in found if workspace_id in connected)


async def until_rung(desk: Desk, seconds: float) -> None:
    """Wait until somebody planned a post, or so long."""
    with suppress(TimeoutError):
        await asyncio.wait_for(desk.bell.wait(), seconds)


async def _settle_until(done: asyncio.Event, office: Office, workspace_id: str) -> None:
    settler = Settler(office, workspace_id)
    while True:
        try:
            await settler.settle()
        except NotConnected:
            return
        except TROUBLE as error:
            log.warning("posts of %s in doubt wait for the database: %s", workspace_id, error)
        except Exception:
            log.exception("posts of %s in doubt cannot be asked for", workspace_id)
        if done.is_set():
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), SETTLE_SECONDS)
        if done.is_set():
            return
