from __future__ import annotations

import pytest

from stories.substance import UNKNOWN, is_thin, substance_of

HASTE = "Renewed for a year. Asked for a discount, got five per cent."
TOLD = "He stood in the yard with his boots on and said it once: cable, switches, fourteen sockets. " * 3
POLITE, TELLING = "Thank you very much.", "I do my invoices at four in the morning, with flour on the screen."


@pytest.mark.parametrize(
    ("happened", "quote", "language", "thin"),
    [
        (HASTE, POLITE, "en", True),
        (HASTE, "", "", True),
        (TOLD, POLITE, "en", False),
        (HASTE, TELLING, "en", False),
        ("Verlängert um ein Jahr.", "Geht da noch was am Preis?", "de", True),
        (f"{HASTE} {HASTE}", "Szwagier też nie znalazł, a on naprawia zegarki.", "pl", False),
        ("", "", "", True),
    ],
)
def test_a_note_in_haste_is_thin_unless_somebody_said_something(
    happened: str, quote: str, language: str, thin: bool
) -> None:
    assert is_thin(substance_of(happened, "", (quote,), language)) is thin


def test_what_was_never_counted_is_not_thin() -> None:
    assert not is_thin(UNKNOWN)
