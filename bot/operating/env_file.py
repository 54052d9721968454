"""A `.env` file, changed one setting at a time: what else stands in it stays as it was."""

from __future__ import annotations

import os
import re
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

_PLAIN = re.compile(r"[\w.:/@%+=,*&?~-]*")
"""What needs no quotes."""

_DOLLAR_AND_BRACE = "${:-$}{"
"""What is read as `${`, which would stand for another setting, within quotes too (python-dotenv does so)."""


class EnvFile:
    """The file at `path`, which need not be there yet. Once changed, only its owner can read it."""

    def __init__(self, path: Path) -> None:
        # A link stays one: what it leads to is changed.
        self.path = path.resolve()

    def values(self) -> dict[str, str]:
        """What is set in it; a setting that is empty counts as none."""
        return {name: value for name, value in dotenv_values(self.path).items() if value}

    def put(self, name: str, value: str) -> None:
        """Set this, in the place where it stood before or at the end.

        Raises OSError where the file cannot be written; it is then as it was.
        """
        self._write(name, f"{name}={_quoted(value)}\n")

    def set_aside(self, name: str) -> None:
        """Have this be set no more; its line stays, behind a #. Raises OSError as `put` does."""
        self._write(name, None)

    def _write(self, name: str, line: str | None) -> None:
        text = self.path.read_text("utf-8") if self.path.exists() else ""
        kept, done = list[str](), False
        for binding in parse_stream(StringIO(text)):
            told = binding.original.string
            if binding.key != name:
                kept.append(told)
            elif line is None:
                kept.append(_behind_marks(told))
            elif not done:
                kept.append(line)
                done = True
        whole = "".join(kept)
        if line is not None and not done:
            whole += ("" if whole.endswith("\n") or not whole else "\n") + line
        self._replace(whole)

    def _replace(self, text: str) -> None:
        """Whole or not at all, whatever happens meanwhile."""
        new = self.path.with_name(f"{self.path.name}.new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("${", _DOLLAR_AND_BRACE)
    if "\r" in value:
        # A file of text is read with its line ends made alike; only double quotes know a name for this one.
        escaped = escaped.replace('"', '\\"').replace("\r", "\\r")
        return f'"{escaped}"'
    return "'{}'".format(escaped.replace("'", "\\'"))


def _behind_marks(told: str) -> str:
    """The same lines as comments; blank ones before them stay."""
    return "".join(f"# {line}" if line.strip() else line for line in told.splitlines(keepends=True))
