"""firsthand lessons: looking through lessons before anybody else does."""

from __future__ import annotations

from pathlib import Path

import click

from stories.language import _, ngettext


@click.group()
def lessons() -> None:
    """Lessons of three minutes about listening, asking, quoting and what follows."""


@lessons.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path | None) -> None:
    """Read every lesson there is, or those of a FOLDER and all below it, and say which are there.

    One that cannot be read is named with its file, the line or the field, and what to do.
    """
    from bot.lessons import shelf
    from stories.lessons.errors import LessonError
    from stories.lessons.reading import words_on

    try:
        found = shelf.read_folder(folder, str(folder)) if folder else shelf.every()
    except LessonError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    for one in sorted(found.values(), key=lambda one: (one.order, one.key, one.language)):
        words = sum(words_on(screen) for screen in one.screens)
        click.echo(
            _("{key} ({language}): {title}, {screens} screens, {words} words").format(
                key=one.key, language=one.language, title=one.title, screens=len(one.screens), words=words
            )
        )
    said = ngettext("One lesson, and it can be read.", "{number} lessons, and all can be read.", len(found))
    click.echo(said.format(number=len(found)))
