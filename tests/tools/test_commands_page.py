from __future__ import annotations

from typing import Any

import click

from tools.commands_page import page, undescribed

MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [
            {"command": "/stories", "usage_hint": "mine | help", "description": "Find stories"},
            {"command": "/interview", "description": "Write one up"},
        ],
        "shortcuts": [{"name": "Tell it", "type": "message", "description": "From this message"}],
    }
}


@click.group()
def program() -> None: ...


@program.group()
def interviews() -> None: ...


@interviews.command("import")
@click.argument("path")
@click.option("--dry-run", is_flag=True, help="Read and show, store nothing.")
@click.option("--limit", default=5, show_default=True)
def load(path: str, dry_run: bool, limit: int) -> None:
    """Take in notes
    from PATH.
    """


@program.command()
def serve() -> None: ...


def test_every_command_appears_with_its_usage_its_help_and_its_options() -> None:
    says = {"/stories": "*Stories*\n`/stories mine` shows yours\n`/interview` writes one up"}
    text = page(MANIFEST, program, says)
    assert "as `/stories help` says it:\n\n- `/stories mine` shows yours\n\n|" in text
    assert "### `firsthand interviews import [OPTIONS] PATH`\n\nTake in notes from PATH.\n" in text
    assert "- `--dry-run`: Read and show, store nothing.\n" in text
    assert "| `/stories mine \\| help` | Find stories |" in text
    assert "| `/interview` | Write one up |" in text
    assert "| Tell it | a message's ⋮ menu | From this message |" in text


def test_commands_and_options_without_help_are_named() -> None:
    assert list(undescribed(program)) == [
        "`firsthand interviews import --limit` has no help text",
        "`firsthand serve` has no help text",
    ]
