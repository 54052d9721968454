"""The file of refused rows: written as they are met, so that a stopped import keeps what it found."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from bot.nps.importing.rows import Refusal
from bot.nps.importing.screen import MOST_REFUSALS
from stories.errors import UserError
from stories.language import _
from stories.spreadsheets import safe_cell


class RefusedRows:
    """Writes row, column, value and reason of each refused row as CSV; there is no file without a refusal."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.first: list[Refusal] = []
        self._file: IO[str] | None = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        """An older file goes: an import that goes on tells again what it refused before."""
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whatever was written is on disk."""
        if self._file is not None:
            self._file.close()

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Write these. Raises UserError when the file cannot be written."""
        for refusal in refusals:
            if len(self.first) < MOST_REFUSALS:
                self.first.append(refusal)
            if self._writer is None:
                self._open()
            told = (refusal.column, refusal.value, refusal.reason)
            self._writer.writerow([refusal.row, *map(safe_cell, told)])
        if self._file is not None:
            self._file.flush()

    def _open(self) -> None:
        try:
            self.path.touch(mode=0o600)
            self._file = self.path.open("w", encoding="utf-8", errors="replace", newline="")
        except OSError as error:
            said = _("The list of refused rows cannot be written to “{file}”: {reason}.")
            raise UserError(said.format(file=self.path, reason=error.strerror)) from None
        self._writer = csv.writer(self._file)
        self._writer.writerow(["row", "column", "value", "reason"])
