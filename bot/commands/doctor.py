"""firsthand doctor: is this copy well, and what to do where it is not."""

from __future__ import annotations

import logging

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def doctor(*, as_json: bool) -> None:
    """Look at everything that Firsthand needs, and say what to do where something is wrong.

    Settings, keys, database and its version, disk, schedule, outbox, Slack's tokens and scopes, this
    machine's clock, the way in for Slack, and whether the bot is running here. Changes nothing (a token that
    is due to be renewed is renewed, as the bot would) and prints no secret. Ends with 0 when nothing is
    broken, with 1 otherwise.
    """
    from bot.operating.doctor_terminal import run_doctor

    # It says itself which added files are left out, and what to do.
    added = logging.getLogger("bot.added")
    before, added.disabled = added.disabled, True
    try:
        raise click.exceptions.Exit(run_doctor(as_json=as_json))
    finally:
        added.disabled = before
