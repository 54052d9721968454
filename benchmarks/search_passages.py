"""Real meetings as passages, with pointed questions and the passages that answer them."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSAGE = 200
"""Words of a passage: about a story with its quotes."""

HELD_OUT = ("val", "test")
"""The parts of the set on which nothing was chosen."""

_NOISE = re.compile(r"\{[a-z]+\}")


@dataclass(frozen=True, slots=True)
class Asked:
    """Passages, and questions with the places of those that answer them."""

    passages: tuple[str, ...]
    questions: tuple[tuple[str, frozenset[int]], ...]


def asked(archive: Path) -> Asked:
    """The questions about the held-out meetings, each asked of the passages of all of them."""
    passages: list[str] = []
    questions: list[tuple[str, frozenset[int]]] = []
    for meeting in _meetings(archive):
        own = list(_passages(meeting["meeting_transcripts"]))
        for one in meeting["specific_query_list"]:
            spans = [(int(first), int(last)) for first, last in one["relevant_text_span"]]
            right = {
                len(passages) + place
                for place, (start, end, _said) in enumerate(own)
                if any(start <= last and end >= first for first, last in spans)
            }
            questions.append((one["query"], frozenset(right)))
        passages += [said for _start, _end, said in own]
    return Asked(tuple(passages), tuple(questions))


def turns(archive: Path) -> list[str]:
    """What people said in one turn each, for volume."""
    found = []
    for meeting in _meetings(archive, ("train", *HELD_OUT)):
        said = (_NOISE.sub("", turn["content"]).strip() for turn in meeting["meeting_transcripts"])
        found += [one for one in said if len(one.split()) >= 6]
    return found


def _meetings(archive: Path, parts: tuple[str, ...] = HELD_OUT) -> Iterator[dict[str, Any]]:
    # Each is read in the order in which they are packed: going back in the archive unpacks it anew.
    with tarfile.open(archive) as packed:
        files = ((one.name, packed.extractfile(one)) for one in packed if _is_in(one.name, parts))
        read = {name: file.read() for name, file in files if file is not None}
    for name in sorted(read):
        yield json.loads(read[name])


def _is_in(name: str, parts: tuple[str, ...]) -> bool:
    return name.endswith(".json") and "/ALL/" in name and Path(name).parent.name in parts


def _passages(told: list[dict[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Whole turns, with their first and last number."""
    start, held, length = 0, list[str](), 0
    for number, turn in enumerate(told):
        said = f"{turn['speaker']}: {_NOISE.sub('', turn['content'])}"
        held.append(said)
        length += len(said.split())
        if length >= PASSAGE or number == len(told) - 1:
            yield start, number, " ".join(held)
            start, held, length = number + 1, [], 0
