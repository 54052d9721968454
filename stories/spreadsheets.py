"""Text that goes into a table which somebody opens in a spreadsheet."""

from __future__ import annotations

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes spreadsheets calculate instead of show (OWASP, "CSV Injection"), full-width signs included."""


def safe_cell(text: str) -> str:
    """The text, with a quotation mark before it where a spreadsheet would take it for a formula.

    Blanks before the sign do not hide it: some programs drop them.
    """
    begins = text.lstrip(" \u00a0")
    return f"'{text}" if begins.startswith(_BEGINS_A_FORMULA) else text
