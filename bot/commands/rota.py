"""firsthand rota: what a list says of colleagues, for whoever of them joins the rota."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.contacts import beside, tell, tell_refused
from bot.commands.options import REFUSED, WORKSPACE
from stories.language import _


@click.group()
def rota() -> None:
    """The rota, which matches colleagues who joined with customers who agreed."""


@rota.command("people")
@click.argument("path", type=click.Path(path_type=Path))
@REFUSED
@WORKSPACE
def people(path: Path, *, refused: Path | None, workspace: str) -> None:
    """Know of colleagues their part of the business, languages, seniority, time zone and country.

    The table has the column slack id, and any of part, languages, seniority (hands-on, lead, leadership),
    time zone and country. It makes nobody join: whoever does finds it filled in, and what they choose then
    outranks the list.
    """
    from bot.rota.importing import import_people
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        became = import_people(terminal, path, refused or beside(path))
    tell(became.became, {"kept": _("kept"), "chose_themselves": _("chose for themselves")})
    tell_refused(became.became, refused or beside(path))
