"""Real questions and sentences with what a person said of them, and made-up ones (see the labels)."""

from __future__ import annotations

import json
import re
import tarfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stories.notes.page import plain, read_page
from stories.sentences import Sentence, sentences

HERE = Path(__file__).resolve().parent
LABELS = HERE.parent / "tests" / "real" / "labels"
QUESTIONS, OWN_WORDS = LABELS / "questions.toml", LABELS / "own_words.toml"
SO_WHAT, MADE_UP = HERE / "so_what.toml", HERE / "made_up_questions.toml"
_CAPTIONS = "## Raw YouTube Transcript"
_BEFORE = re.compile(r"^(?:[-*>]\s+)*(?:[A-Z]\w+:\s+)?")
_ARCHIVE = ("search", "qmsum.tar.gz")


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, the kinds a person saw in it, and its half: develop, report, seen or fresh."""

    half: str
    asked: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence, and whether the writer of its page tells in it what somebody said or did."""

    half: str
    text: str
    writers: bool


@dataclass(frozen=True, slots=True)
class LabelledMeaning:
    """A write-up's meaning beside what happened; `says` is "says", "again" or "nothing"."""

    half: str
    happened: str
    quotes: tuple[str, ...]
    meaning: str
    says: str


def labelled_questions(data: Path) -> tuple[LabelledQuestion, ...]:
    """Every labelled question. Raises ValueError when a line is not the one that was labelled."""
    entries = tomllib.loads(QUESTIONS.read_text("utf-8"))["talk"]
    hearings = _hearings(data, {entry["stamp"] for entry in entries})
    return tuple(_questions(data, hearings, entries))


def labelled_sentences(data: Path) -> tuple[LabelledSentence, ...]:
    """Every labelled sentence, without a speaker's label, bullets or quotation marks around it."""
    pages = tomllib.loads(OWN_WORDS.read_text("utf-8"))["page"]
    return tuple(
        LabelledSentence(page["half"], _bare(_sentence(data, page["file"], one)), one["whose"] == "writer")
        for page in pages
        for one in page["sentences"]
    )


def labelled_meanings() -> tuple[LabelledMeaning, ...]:
    """Every write-up that was made up for this."""
    entries = tomllib.loads(SO_WHAT.read_text("utf-8"))["write_up"]
    return tuple(
        LabelledMeaning(e["half"], e["happened"], tuple(e["quotes"]), e["meaning"], e["says"])
        for e in entries
    )


def made_up_questions() -> tuple[LabelledQuestion, ...]:
    """Every question that was made up for this."""
    entries = tomllib.loads(MADE_UP.read_text("utf-8"))
    return tuple(
        LabelledQuestion(half, one["asks"], frozenset(one["kinds"]))
        for half, some in entries.items()
        for one in some
    )


def _questions(
    data: Path, hearings: dict[str, list[str]], entries: list[dict[str, Any]]
) -> Iterator[LabelledQuestion]:
    for entry in entries:
        for one in entry["questions"]:
            turns = hearings.get(entry["stamp"])
            text = turns[one["at"]] if turns else _line(data, entry["stamp"], one["at"])
            parts = _counted(text, one["sentences"], f"{entry['stamp']}, {one['at']}")
            first, last = one["asks"]
            asked = text[parts[first].start : parts[last].end]
            yield LabelledQuestion(entry["half"], asked, frozenset(one["kinds"]))


def _sentence(data: Path, file: str, one: dict[str, Any]) -> str:
    text = _line(data, file, one["line"])
    at: int = one["sentence"]
    return _counted(text, one["sentences"], f"{file}, {one['line']}")[at].text


def _counted(text: str, expected: int, place: str) -> tuple[Sentence, ...]:
    parts = sentences(text)
    if len(parts) != expected:
        raise ValueError(f"{place}: not the text that was labelled")
    return parts


def _bare(text: str) -> str:
    said = _BEFORE.sub("", text)
    return said.strip('"“”') if said[:1] in '"“' else said


def _line(data: Path, file: str, number: int) -> str:
    return plain(_page(data, file)[number])


@cache
def _page(data: Path, file: str) -> dict[int, str]:
    folder = data / "interviews"
    (path,) = folder.glob(f"tanf/{file}") if file.endswith(".md") else folder.glob(f"otel/{file}-*.md")
    page = read_page(path.read_text("utf-8").split(_CAPTIONS)[0])
    return {line.number: line.text for line in page.lines}


def _hearings(data: Path, wanted: set[str]) -> dict[str, list[str]]:
    """The turns of each hearing that is wanted, by its name."""
    found: dict[str, list[str]] = {}
    with tarfile.open(data.joinpath(*_ARCHIVE)) as packed:
        for one in packed:
            name = Path(one.name).stem
            file = packed.extractfile(one) if name in wanted and "/ALL/" in one.name else None
            if file is not None:
                found[name] = [turn["content"] for turn in json.load(file)["meeting_transcripts"]]
    return found
