"""A worker of the kill trial: the product's own delivery, with its waiting times shortened in step.

production   lease 120 s, grace 120 s, a call 10 s, margin 60 s, Slack late by up to 60 s, dead after 12 s
here         lease 6 s,   grace 6 s,   a call 1 s,  margin 2 s,  Slack late by up to 3 s,  dead after 2 s
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from datetime import timedelta

import uvloop

from benchmarks.trial import Trusted
from bot.clock import SystemClock
from bot.delivery.asking import consent_asked, refusal_followed
from bot.delivery.patience import Patience
from bot.delivery.worker import draining
from bot.desk import Desk
from bot.settings import load_settings
from storage.database import open_database

PATIENCE = Patience(
    lease=timedelta(seconds=6),
    grace=timedelta(seconds=6),
    timeout=1.0,
    margin=2.0,
    heartbeat=0.5,
    dead_after=2.0,
)
SLACK_LATE_SECONDS = 3.0
NO_PACE = 1e6


async def main() -> None:
    """Drain until told to stop, or killed."""
    logging.basicConfig(level="INFO", format="%(asctime)s %(name)s %(message)s")
    settings = load_settings()
    token = settings.slack_bot_token
    assert token is not None
    tokens = dict.fromkeys(os.environ["TRIAL_WORKSPACES"].split(","), token.get_secret_value())
    database = open_database(settings.database_url, settings.keyring())
    desk = Desk(settings, database, SystemClock(), Trusted(tokens))
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    asking, following = consent_asked(desk), refusal_followed(desk)
    async with draining(desk, asking, following, patience=PATIENCE, pace_scale=NO_PACE):
        await stopping.wait()
    await database.close()


if __name__ == "__main__":
    uvloop.run(main())
