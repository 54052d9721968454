"""Files that are damaged, or made to break what reads them, are refused in words and fill no memory."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.nps.importing.opening import open_table
from bot.nps.importing.refusals import RefusedRows
from bot.nps.importing.rows import Refusal
from stories.errors import UserError


def rows(path: Path, content: bytes) -> list[tuple[tuple[str, ...], str]]:
    path.write_bytes(content)
    return [(row.cells, row.broken) for row in open_table(path).rows()]


def test_a_cell_that_never_ends_costs_its_row_alone(tmp_path: Path) -> None:
    (_first, broken, last) = rows(tmp_path / "a.csv", b'id,score\n1,9\n2,"' + b"x" * 200_000 + b"\n3,4\n")
    assert "cannot be read" in broken[1]
    assert last == (("3", "4"), "")


def test_half_a_letter_of_utf_16_spoils_no_other_row(tmp_path: Path) -> None:
    text = codecs.BOM_UTF16_LE + "id,score\n1,9\n".encode("utf-16-le") + b"\x00\xd8x"
    assert rows(tmp_path / "a.csv", text)[0] == (("1", "9"), "")


def test_a_number_without_end_is_no_json(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no JSON"):
        rows(tmp_path / "a.json", b'[{"score":' + b"9" * 5000 + b"}]")


def workbook(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook whose parts were changed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "score"])
    sheet.append([1, 9])
    book.save(path.with_suffix(".whole"))
    with zipfile.ZipFile(path.with_suffix(".whole")) as whole, zipfile.ZipFile(path, "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, change(name, whole.read(name)))
    return path


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("left", [0.0, 0.5])
def test_a_damaged_workbook_is_refused(tmp_path: Path, part: str, left: float) -> None:
    def cut(name: str, content: bytes) -> bytes:
        return content[: int(len(content) * left)] if name == part else content

    path = workbook(tmp_path / "a.xlsx", cut)
    with pytest.raises(UserError, match="no Excel workbook"):
        list(open_table(path).rows())


def test_styles_that_unpack_to_gigabytes_are_not_read(tmp_path: Path) -> None:
    def grow(name: str, content: bytes) -> bytes:
        return content + b" " * 21_000_000 if name == "xl/styles.xml" else content

    with pytest.raises(UserError, match="unpacks to far more"):
        open_table(workbook(tmp_path / "a.xlsx", grow))


def test_a_refused_cell_calculates_nothing_in_the_list_of_the_refused(tmp_path: Path) -> None:
    with RefusedRows(tmp_path / "refused.csv") as refused:
        refused.add([Refusal(row=2, column="@score", value='=HYPERLINK("https://evil")', reason="no number")])
    listed = tmp_path / "refused.csv"
    assert "2,'@score,\"'=HYPERLINK" in listed.read_text()
    assert oct(listed.stat().st_mode & 0o777) == "0o600"
