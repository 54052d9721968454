"""What an interview's notes say, in Markdown or plain text, with the evidence for each thing found."""

from stories.notes.decoding import MOST_BYTES, check_size, fingerprint
from stories.notes.reading import read_notes
from stories.notes.values import (
    AmbiguousDate,
    Found,
    FoundDate,
    FoundQuote,
    Heard,
    Person,
    ReadNotes,
    Side,
    Source,
)

__all__ = [
    "MOST_BYTES",
    "AmbiguousDate",
    "Found",
    "FoundDate",
    "FoundQuote",
    "Heard",
    "Person",
    "ReadNotes",
    "Side",
    "Source",
    "check_size",
    "fingerprint",
    "read_notes",
]
