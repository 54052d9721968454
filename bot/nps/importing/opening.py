"""Opening a file of answers by what it is."""

from __future__ import annotations

from pathlib import Path

from bot.nps.importing.tables import MOST_COLUMNS, Table
from stories.errors import UserError
from stories.language import _

ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson"})


def open_table(path: Path) -> Table:
    """The table in a CSV, Excel or JSON file.

    Raises UserError, naming what to do, for a file that is not there, is empty or of another kind.
    """
    if not path.is_file():
        raise UserError(_("There is no file “{path}”.").format(path=path))
    if path.stat().st_size == 0:
        raise UserError(_("“{file}” is empty: there is nothing to take in.").format(file=path.name))
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        said = _("“{file}” is no table Firsthand reads. Export the answers as CSV, Excel (.xlsx) or JSON.")
        raise UserError(said.format(file=path.name))
    table = _read(path, ending)
    if len(table.columns) > MOST_COLUMNS:
        said = _("“{file}” has {count} columns; Firsthand reads up to {most}.")
        raise UserError(said.format(file=path.name, count=len(table.columns), most=MOST_COLUMNS))
    return table


def _read(path: Path, ending: str) -> Table:
    # Each reader is imported only for its own files: openpyxl alone takes a tenth of a second.
    if ending in {".xlsx", ".xlsm"}:
        from bot.nps.importing.xlsx_reading import read_xlsx

        return read_xlsx(path)
    if ending in {".json", ".jsonl", ".ndjson"}:
        from bot.nps.importing.json_reading import read_json

        return read_json(path)
    from bot.nps.importing.csv_reading import read_csv

    return read_csv(path)
