"""firsthand interviews: taking in conversations that were written down elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import REFUSED, WORKSPACE
from stories.consent import Purpose
from stories.language import _

if TYPE_CHECKING:
    from bot.importing.bringing_in import Terms

CONSENTS = {
    "not-shared": Purpose.NOT_SHARED,
    "without-name": Purpose.WITHOUT_NAME,
    "with-name": Purpose.WITH_NAME,
}
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")


@click.group()
def interviews() -> None:
    """Conversations with customers that were written down elsewhere."""


@interviews.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--author",
    required=True,
    metavar="U…",
    help="The Slack id of the person whose conversations these are: they own the write-ups, see them first "
    "and hear what came of them. In Slack: their profile, ⋮, Copy member ID.",
)
@click.option(
    "--consent",
    type=click.Choice(list(CONSENTS)),
    default="not-shared",
    show_default=True,
    help="What all these customers agreed to.",
)
@click.option(
    "--consent-words",
    default="",
    metavar="TEXT",
    help="The words in which they agreed, or where that is written down. Needed unless not shared.",
)
@click.option("--segment", default="", metavar="TEXT", help="What kind of customers these are.")
@click.option("--publish", is_flag=True, help="Publish what is kept; needs consent to sharing.")
@click.option(
    "--yes",
    is_flag=True,
    help="Ask nothing: keep what leaves nothing open as it was found, refuse the rest with the reason.",
)
@click.option(
    "--hints/--no-hints",
    default=True,
    show_default=True,
    help="Say below a conversation when a quote reads like a summary, or a question had its answer in it.",
)
@REFUSED
@WORKSPACE
def import_(
    path: Path,
    *,
    author: str,
    consent: str,
    consent_words: str,
    segment: str,
    publish: bool,
    yes: bool,
    hints: bool,
    refused: Path | None,
    workspace: str,
) -> None:
    """Take in conversations: notes or recordings' transcripts, a file or a folder with all below it.

    Notes are Markdown or plain text (.md, .markdown, .txt). Transcripts are WebVTT, SRT, Word, CSV, Markdown
    or text (.vtt, .srt, .docx, .csv), as Zoom, Teams, Meet and Otter write them. Each conversation is shown
    as it was read, to be kept, skipped or mended. Nothing is guessed silently: a day that can be read in two
    ways, or several people who could be the customer, are asked about; of a talk you say who the customer
    is, which of their most telling lines are quoted, and which sentences of those. The same conversation is
    taken in once, whatever its file is called. The bot may run meanwhile.
    """
    from bot.importing.command import Wanted, run_import

    terms = _terms(author, CONSENTS[consent], consent_words.strip(), segment.strip(), publish=publish)
    wanted = Wanted(path, terms, ask=not yes, hints=hints, refused=refused, workspace=workspace)
    code = run_import(wanted)
    raise click.exceptions.Exit(code)


def _terms(author: str, sharing: Purpose, words: str, segment: str, *, publish: bool) -> Terms:
    from bot.importing.bringing_in import Terms

    if not _SLACK_ID.fullmatch(author):
        raise click.BadParameter(
            _("“{author}” is no Slack id: they begin with U or W, such as U024BE7LH.").format(author=author),
            param_hint="--author",
        )
    shared = sharing is not Purpose.NOT_SHARED
    if shared and not words:
        raise click.BadParameter(
            _("Say how they agreed, in their words or where it is written down."),
            param_hint="--consent-words",
        )
    if publish and not shared:
        raise click.BadParameter(
            _("Only what customers agreed to share can be published: add --consent."), param_hint="--publish"
        )
    return Terms(author_id=author, sharing=sharing, consent_words=words, segment=segment, publish=publish)
