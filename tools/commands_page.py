"""docs/commands.md, written from the command line itself and from the manifest's slash commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

HEAD = """\
# Commands

This page is written from the code by `make docs`.

## In Slack

Slash commands don't work in threads: use the shortcuts there. Commands can be given other names in the
[settings](settings.md), together with the app's manifest.

| type this | what it does |
|---|---|
"""
SHORTCUTS = """
| shortcut | where | what it does |
|---|---|---|
"""
WORDS = """
What can follow `{command}`, as `{command} help` says it:

"""
LINE = """
## On the command line

`firsthand --help` says the same. Every command reads the [settings](settings.md).
"""
_WHERE = {"global": "the ⚡ or + menu", "message": "a message's ⋮ menu"}


def page(manifest: dict[str, Any], program: click.Command, helps: Mapping[str, str]) -> str:
    """docs/commands.md as it should be, for this manifest and this command line.

    `helps` maps slash commands to what their own help says, a line for each word that can follow.
    """
    features = manifest["features"]
    slash = "".join(f"{_slash_line(entry)}\n" for entry in features["slash_commands"])
    shortcuts = "".join(f"{_shortcut_line(entry)}\n" for entry in features.get("shortcuts", ()))
    words = "".join(WORDS.format(command=name) + _words(name, text) for name, text in helps.items())
    commands = "".join(_section(name, command) for name, command in walk("firsthand", program))
    return HEAD + slash + words + (SHORTCUTS + shortcuts if shortcuts else "") + LINE + commands


def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its full name, in the order of the names."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command, info_name=name)
    for child in sorted(command.list_commands(context)):
        found = command.get_command(context, child)
        if found is not None and not found.hidden:
            yield from walk(f"{name} {child}", found)


def undescribed(program: click.Command) -> Iterator[str]:
    """The commands and options that nobody has explained."""
    for name, command in walk("firsthand", program):
        if not command.help:
            yield f"`{name}` has no help text"
        for option in _options(command):
            if not option.help:
                yield f"`{name} {option.opts[0]}` has no help text"


def _slash_line(entry: dict[str, Any]) -> str:
    hint = entry.get("usage_hint", "").replace("|", "\\|")
    typed = f"{entry['command']} {hint}".strip()
    return f"| `{typed}` | {entry['description']} |"


def _words(command: str, text: str) -> str:
    """The lines of a help text that begin with this command and a word."""
    return "".join(f"- {line}\n" for line in text.splitlines() if line.startswith(f"`{command} "))


def _shortcut_line(entry: dict[str, Any]) -> str:
    return f"| {entry['name']} | {_WHERE[entry['type']]} | {entry['description']} |"


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    prose = "\n\n".join(
        " ".join(part.split()) for part in (command.help or "").replace("\b", "").split("\n\n")
    )
    lines = [f"\n### `{usage}`\n", prose]
    options = [_option_line(option, context) for option in _options(command)]
    return "\n".join([*lines, *(["", *options] if options else [])]) + "\n"


def _option_line(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    flags, text = record or (", ".join(option.opts), option.help or "")
    return f"- `{flags}`: {' '.join(text.split())}"


def _options(command: click.Command) -> list[click.Option]:
    return [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
