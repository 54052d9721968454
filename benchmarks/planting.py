"""Real talks as passages of the length of a write-up, and made-up identities planted into them."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stories.names import NamesOf

PLANTED = Path(__file__).resolve().parent / "planted_identities.toml"
HALVES = ("develop", "report")
_CAPTIONS = "## Raw YouTube Transcript"
_PASSAGE = 250
"""Words of a passage: about what a write-up's fields and quotes hold together."""
_SPEAKER = re.compile(r"^\*\*(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}):?\*\*", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_LISTS = {
    "company": "companies",
    "place": "places",
    "address": "addresses",
    "email": "emails",
    "phone": "phones",
    "account": "accounts",
}

NOBODY = NamesOf(full_name="")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a talk; `lines` are (number in the file, where it begins in `text`)."""

    stamp: str
    text: str
    lines: tuple[tuple[int, int], ...]

    def place(self, at: int) -> tuple[int, int]:
        """A position in the text as line number and column."""
        number, begin = next((n, b) for n, b in reversed(self.lines) if b <= at)
        return number, at - begin


@dataclass(frozen=True, slots=True)
class Planted:
    """A passage with identities in it: (kind, start, end) each. `known` is the customer's own name."""

    text: str
    spots: tuple[tuple[str, int, int], ...]
    known: NamesOf


@dataclass(frozen=True, slots=True)
class Stock:
    """What is planted in one half: values by kind, and the sentences that hold them."""

    values: dict[str, list[str]]
    frames: dict[str, list[str]]


def stock_of(half: str) -> Stock:
    """Every second entry of each list: names and sentences of one half are never met in the other."""
    kept = tomllib.loads(PLANTED.read_text("utf-8"))
    first = HALVES.index(half)
    values = {"person": kept["people"][first::2]}
    values |= {kind: kept[name][first::2] for kind, name in _LISTS.items()}
    return Stock(values, {kind: frames[first::2] for kind, frames in kept["frames"].items()})


def talks_of(folder: Path, half: str) -> list[Path]:
    """The talks of a half: in the order of their dates they are put into the halves in turn."""
    return sorted(folder.glob("*.md"))[HALVES.index(half) :: 2]


def passages(path: Path) -> Iterator[Passage]:
    """A talk without its raw captions, in passages of whole lines."""
    stamp = path.name.split("-", 1)[0]
    lines = path.read_text("utf-8").split(_CAPTIONS)[0].splitlines()
    held: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        held.append((number, line))
        if sum(len(text.split()) for _n, text in held) >= _PASSAGE:
            yield _passage(stamp, held)
            held = []
    if any(text.strip() for _n, text in held):
        yield _passage(stamp, held)


def _passage(stamp: str, held: list[tuple[int, str]]) -> Passage:
    at, starts = 0, []
    for number, line in held:
        starts.append((number, at))
        at += len(line) + 1
    return Passage(stamp, "\n".join(line for _n, line in held), tuple(starts))


def inserted(passage: Passage, stock: Stock, chance: random.Random, *, known: bool) -> Planted:
    """Three kinds of identities, or the customer's own names, in sentences between the passage's."""
    kinds = ["person", "company"] if known else chance.sample(sorted(stock.values), 3)
    known_as = {kind: chance.choice(stock.values[kind]) for kind in kinds}
    gaps = [0, *(match.end() for match in _SENTENCE_END.finditer(passage.text))]
    places = sorted(chance.choices(gaps, k=len(kinds)))
    text, spots, done = "", [], 0
    for kind, at in zip(kinds, places, strict=True):
        sentence, said = _framed(chance.choice(stock.frames[kind]), kind, known_as[kind])
        text += passage.text[done:at]
        start = len(text) + sentence.index(said)
        spots.append((kind, start, start + len(said)))
        text += f"{sentence} "
        done = at
    names = NamesOf(full_name=known_as["person"], company=known_as["company"]) if known else NOBODY
    return Planted(text + passage.text[done:], tuple(spots), names)


def replaced(passage: Passage, stock: Stock, chance: random.Random, *, known: bool) -> Planted | None:
    """The talk's own speakers by other names, wherever they are mentioned; None where nobody is."""
    speakers = sorted({name.split()[0] for name in _SPEAKER.findall(passage.text)})
    if not speakers:
        return None
    real = chance.choice(speakers)
    person = chance.choice(stock.values["person"])
    pieces, spots, at, length = [], [], 0, 0
    for match in re.finditer(rf"(?<!\w){re.escape(real)}(?: (?P<last>[A-Z][a-z]+))?(?!\w)", passage.text):
        new = person if match["last"] else person.split()[0]
        pieces += [passage.text[at : match.start()], new]
        length += match.start() - at
        spots.append(("person", length, length + len(new)))
        length += len(new)
        at = match.end()
    text = "".join(pieces) + passage.text[at:]
    return Planted(text, tuple(spots), NamesOf(full_name=person) if known else NOBODY)


def _framed(frame: str, kind: str, value: str) -> tuple[str, str]:
    """The sentence with the value in it, and what of it has to be found: of an account, its number."""
    first, _space, last = value.partition(" ")
    parts = {"full": value, "first": first, "last": last, kind: value}
    said = next(parts[key] for key in parts if f"{{{key}}}" in frame)
    return frame.format(**parts), re.sub(r"^(?:[a-z.]+ )+", "", said) if kind == "account" else said
