"""firsthand nps erase, rebuild, settings: keeping answers in order."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from bot.commands.options import WORKSPACE
from stories.language import _, ngettext


@click.command()
@click.argument("person")
@click.option(
    "--yes", "said", metavar="PERSON", help="The same key once more, instead of being asked for it."
)
@WORKSPACE
def erase(person: str, *, said: str | None, workspace: str) -> None:
    """Erase a person: every answer given under this key (an address, a customer number), from every source.

    You see how many there are, and type the key to say that you mean it. Messages in Slack that quote them
    are made anew without them by the running bot; `firsthand erasures` says how far that is, and what Slack
    refused. What a survey tool sends of them later is left out, also where nothing is held yet.
    """
    from bot.erasing.terminal import erase_respondent

    done = erase_respondent(person, said, workspace)
    if done is None:
        click.echo(_("Nothing was changed."))
        return
    answers, posts = done
    counted = ngettext("{count} answer erased.", "{count} answers erased.", answers).format(count=answers)
    click.echo(counted + " " + _("Nothing of this person will be taken in again."))
    if posts:
        told = ngettext(
            "{count} message in Slack quotes them; the running bot changes it, and `firsthand erasures` says "
            "how far that is.",
            "{count} messages in Slack quote them; the running bot changes these, and `firsthand erasures` "
            "says how far that is.",
            posts,
        )
        click.echo(told.format(count=posts))


@click.command()
@WORKSPACE
def rebuild(*, workspace: str) -> None:
    """Reckon the daily counts anew from the raw answers.

    Nobody can write meanwhile: with millions of answers, stop the bot for it.
    """
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal
    from storage import nps_rebuild

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:

        async def work() -> int:
            async with terminal.database.begin() as session:
                return await nps_rebuild.rebuild(session, terminal.workspace_id)

        count = terminal.run(work())
    said = ngettext("Counted {count:,} answer anew.", "Counted {count:,} answers anew.", count)
    click.echo(said.format(count=count))


@click.command()
@click.option(
    "--time-zone", metavar="AREA/TOWN", help="Whose days they are: Europe/London, America/Toronto …"
)
@click.option(
    "--year-begins", type=click.IntRange(1, 12), help="The month in which your year begins, 1 to 12."
)
@click.option(
    "--smallest-group", type=click.IntRange(1, 1000), help="Answers below which a group is not shown."
)
@WORKSPACE
def settings(
    *, time_zone: str | None, year_begins: int | None, smallest_group: int | None, workspace: str
) -> None:
    """Show or change how this workspace reckons NPS. Days of answers that are in already stay as they are."""
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal
    from storage import nps_settings
    from storage.nps_settings import NpsSettings

    if time_zone is not None:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            said = _("“{zone}” is no time zone; they are called Europe/London, America/Toronto and so on.")
            raise click.BadParameter(said.format(zone=time_zone), param_hint="--time-zone") from None
    wanted = {"time_zone": time_zone, "year_begins": year_begins, "smallest_group": smallest_group}
    changes = {name: value for name, value in wanted.items() if value is not None}
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:

        async def work() -> NpsSettings:
            async with terminal.database.begin() as session:
                known = await nps_settings.get(session, terminal.workspace_id)
                changed = replace(known, **changes)  # type: ignore[arg-type]  # each as its option checked it
                if changes:
                    await nps_settings.change(session, terminal.workspace_id, changed)
                return changed

        now = terminal.run(work())
    click.echo(_("Days are those of {zone}.").format(zone=now.time_zone))
    click.echo(_("The year begins with month {month}.").format(month=now.year_begins))
    click.echo(_("Groups of fewer than {count} answers are not shown.").format(count=now.smallest_group))
