from __future__ import annotations

from datetime import date

import pytest

from stories.errors import UserError
from stories.notes import MOST_BYTES, ReadNotes, Side, Source, fingerprint, read_notes

TODAY = date(2026, 11, 22)

WRITE_UP = """\
---
date: 2026-10-14
participants: [Amara Diallo, "Piet Vos (Vos & Zonen)"]
interviewer: Ines
---
# How a bakery plans its week

[Table of contents](#top)

## Context

They bake for **forty** cafés and plan on [paper](https://example.org/a_(b)).

## Findings

- The plan changes twice a day.
- Nobody trusts the printout &amp; everybody phones.

> “By Wednesday the sheet is a lie we all agree on.” — Amara

## Next steps

- Show them the shared plan.
"""


def read(text: str, name: str = "notes.md") -> ReadNotes:
    (notes,) = read_notes(name, text.encode(), today=TODAY)
    return notes


def test_a_write_up_is_read_with_the_place_of_everything() -> None:
    notes = read(WRITE_UP)
    assert (notes.title.value, notes.title.line, notes.title.source) == (
        "How a bakery plans its week",
        6,
        Source.HEADING,
    )
    assert notes.talked_on is not None
    assert (notes.talked_on.value, notes.talked_on.line) == (date(2026, 10, 14), 2)
    assert notes.talked_on.source is Source.FRONT_MATTER
    assert [(person.name, person.side) for person in notes.people] == [
        ("Amara Diallo", Side.CUSTOMER),
        ("Piet Vos", Side.CUSTOMER),
        ("Ines", Side.US),
    ]
    assert notes.wanted is not None
    assert (notes.wanted.value, notes.wanted.line) == (
        "They bake for forty cafés and plan on paper.",
        10,
    )
    assert notes.happened is not None
    assert notes.happened.value.startswith(
        "- The plan changes twice a day.\n- Nobody trusts the printout & everybody phones."
    )
    assert notes.meaning is not None
    assert notes.meaning.value == "- Show them the shared plan."
    assert [(quote.text, quote.who, quote.line) for quote in notes.quotes] == [
        ("By Wednesday the sheet is a lie we all agree on.", "Amara", 19)
    ]
    assert "date:" not in notes.body


def test_labels_in_plain_text_say_the_same_as_headings() -> None:
    notes = read(
        "Call with a florist\nDate: 14 October 2026\nCustomer: Noor Haddad, owner\nInterviewer: Sam\n\n"
        "Goal: deliver before ten\non market days\n\nWhat happened: The van list\nwas printed twice.\n"
        "Takeaways:\nOne list for all.\n",
        "florist.txt",
    )
    assert (notes.title.value, notes.title.source) == ("Call with a florist", Source.LINE)
    assert [(p.name, p.side.value, p.line) for p in notes.people] == [
        ("Noor Haddad", "customer", 3),
        ("Sam", "us", 4),
    ]
    assert notes.wanted is not None
    assert (notes.wanted.value, notes.wanted.line) == ("deliver before ten\non market days", 6)
    assert notes.happened is not None
    assert notes.happened.value == "The van list\nwas printed twice."
    assert notes.meaning is not None
    assert notes.meaning.value == "One list for all."


def test_plain_names_of_parts_come_before_vague_ones() -> None:
    notes = read("# T\n## Background\nold\n## Goals\nnew\n## Summary\nshort\n## What we learned\nlong\n")
    assert notes.wanted is not None
    assert notes.wanted.value == "new"
    assert notes.happened is not None
    assert notes.happened.value == "long"


def test_a_long_part_is_told_by_its_own_headings() -> None:
    long = "words and more words. " * 60
    notes = read(f"# T\n## Findings\n### Trust is low\n{long}\n### *Phones* ring\n{long}\n## Next\nx\n")
    assert notes.happened is not None
    assert notes.happened.value == "- Trust is low\n- Phones ring"


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("# What we learned\nx\n# What's next\ny", "2024-03-05_visit-to-a_mill.md", "Visit to a mill"),
        ("# Spring 2024 - The mill at night\nx", "a.md", "The mill at night"),
        ("# [DRAFT] Tom &amp; the *mill*\nx", "a.md", "Tom & the mill"),
        ("The mill at night\n=================\nx", "a.md", "The mill at night"),
        (
            "She told me all of it, about the mill and about those who work in it.\n",
            "Mill talk.txt",
            "Mill talk",
        ),
        ("Date: 2024-01-01\nx y", "20240101__mill__v2.txt", "Mill"),
        ("---\ntitle: The quiet mill\n---\n# Notes\nx", "a.md", "The quiet mill"),
        ("```\n# not a title\n```\n# A title\n", "a.md", "A title"),
    ],
)
def test_the_title_is_what_the_notes_are_about(text: str, name: str, title: str) -> None:
    assert read(text, name).title.value == title


def test_a_file_is_split_where_it_says_so() -> None:
    text = (
        "# Field week\n\nWe saw two shops.\n\n## Interview 1: the baker\nDate: 2026-10-01\n\n"
        "Baker: I never sleep on a Friday, not once.\n\n## Interview 2: the florist\n"
        "Date: 2026-10-02\n\nFlorist talk.\n"
    )
    baker, florist = read_notes("week.md", text.encode(), today=TODAY)
    assert (baker.title.value, baker.line) == ("Interview 1: the baker", 5)
    assert (florist.title.value, florist.line) == ("Interview 2: the florist", 10)
    assert baker.talked_on is not None
    assert (baker.talked_on.value, baker.talked_on.line) == (date(2026, 10, 1), 6)
    assert florist.talked_on is not None
    assert florist.talked_on.value == date(2026, 10, 2)
    assert "florist" not in baker.body.casefold()
    assert baker.fingerprint != florist.fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "# Interview 1\nx y\n# What we learned\nz\n# Interview 2\nw",
        "# Interview with Ada\n## Interview notes\nx\n## Findings\ny",
        "# Notes\n---\nmore\n---\nmore",
    ],
)
def test_a_file_that_is_not_clearly_several_stays_one(text: str) -> None:
    assert len(read_notes("a.md", text.encode(), today=TODAY)) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"word " * (MOST_BYTES // 5 + 1), "may have up to 2 MB"),
        (b"%PDF-1.7 ...", "PDF file.*Markdown or plain text"),
        (b"PK\x03\x04rest", "Word, OpenDocument or zip"),
        (bytes(range(256)) * 4, "is not text"),
        (b"text with \x00 inside", "is not text"),
        (b"12345 67 --- ***\n!!", "has no words"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UserError, match=reason) as caught:
        read_notes("visit.md", data, today=TODAY)
    assert "“visit.md”" in caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    text = "# Gespräch über Öfen\n\nBjörn sagt: „Der Ofen läuft seit früh, und niemand weiß, für wen.“\n"
    sent = text if "utf" in encoding or encoding == "cp1252" else text.replace("„", '"').replace("“", '"')
    (notes,) = read_notes("ofen.md", sent.encode(encoding), today=TODAY)
    assert notes.title.value == "Gespräch über Öfen"
    assert [quote.text for quote in notes.quotes] == ["Der Ofen läuft seit früh, und niemand weiß, für wen."]


def test_the_same_words_have_the_same_fingerprint() -> None:
    text = "# Café\n\nShe said so.\n"
    same = [
        text.encode(),
        text.replace("\n", "\r\n").encode("utf-16"),
        "# Cafe\u0301  \nShe said so.".encode(),
    ]
    assert len({fingerprint(data) for data in same}) == 1
    assert fingerprint(b"# Cafe\n\nShe said no.\n") != fingerprint(same[0])
    assert fingerprint(bytes(range(256))) == fingerprint(bytes(range(256)))
    assert read(text).fingerprint == fingerprint(same[0])
