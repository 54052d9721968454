"""Markdown or plain text as lines, headings, labels and sections, each with its line number."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import field

from stories.patterns import late
from stories.values import dataclass

_FRONT_LINE = late(r"(?P<key>[A-Za-z][\w -]{0,40}):\s*(?P<value>.*)")
_FRONT_ITEM = late(r"\s+-\s+(?P<value>.+)|-\s+(?P<listed>.+)")
_HEADING = late(r"(?P<marks>#{1,6})(?:\s+|(?=[^\s#]))(?P<text>.+?)\s*#*\s*")
_LABEL = late(
    r"\s*(?:[-*+]\s+)?(?:\*\*|__|\*|_)?(?P<label>[^\W\d_][^:*\n]{0,50}?)\s*(?::(?:\*\*|__|\*|_)|(?:\*\*|__|\*|_):|:)\s*(?P<value>.*)"
)
_FENCE = late(r"\s*(?:```|~~~)")
# Lengths are bounded so that a line of a million brackets costs a moment, not a day.
_IMAGE = late(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)")
_TARGET = r"(?:<[^<>]{0,1000}>|[^()\s]{0,1000}(?:\([^()]{0,200}\)[^()\s]{0,200}){0,5})"
_LINK = late(rf"\[([^\[\]]{{0,300}})\]\({_TARGET}(?:\s+\"[^\"]{{0,200}}\")?\)")
_TAG = late(r"</?[A-Za-z][^<>\n]*>|<!--.{0,300}?-->")
_MARKS = late(
    r"(\*\*\*|\*\*|__|~~|`)(?=\S)(.{1,300}?)(?<=\S)\1|(?<!\w)([*_])(?=\S)(.{1,300}?)(?<=\S)\3(?!\w)"
)
_EMOJI_CODE = late(r"\s?:[a-z_]+:(?!\w)")
_ANY_MARK = late(r"[\[<&:*_~`\\]")
_SPACES = late(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file and its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's words, cleaned of Markdown, and its level, 1 the highest."""

    number: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it up to the next heading of its level or higher."""

    heading: Heading
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: front matter by lower-case key, lines without it, and the headings among them."""

    front: dict[str, tuple[Line, ...]]
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    text: str = field(repr=False)

    def sections(self) -> Iterator[Section]:
        """Every heading with what is under it."""
        if not self.lines:
            return
        first, ends = self.lines[0].number, [self.lines[-1].number + 1] * len(self.headings)
        open_: list[Heading] = []
        for at in reversed(range(len(self.headings))):
            while open_ and open_[-1].level > self.headings[at].level:
                open_.pop()
            if open_:
                ends[at] = open_[-1].number
            open_.append(self.headings[at])
        for heading, end in zip(self.headings, ends, strict=True):
            yield Section(heading, self.lines[heading.number - first + 1 : end - first])


def read_page(text: str, first: int = 1) -> Page:
    """The page's parts; `first` is the number of its first line in the file."""
    lines = tuple(Line(first + at, line) for at, line in enumerate(text.split("\n")))
    front, rest = _front_matter(lines)
    return Page(front, rest, tuple(_headings(rest)), "\n".join(line.text for line in rest).strip())


def label_of(text: str) -> tuple[str, str] | None:
    """A line such as "**Date:** 3 March" as its label and value; None when it is no such line."""
    match = _LABEL.fullmatch(text)
    if match is None or text.lstrip().startswith(("http", "#", ">", "|")):
        return None
    return match["label"].strip(), match["value"].strip()


def plain(text: str) -> str:
    """Markdown's and HTML's marks taken off, their words kept: links become their text, images go."""
    if _ANY_MARK.search(text) is None:
        return _SPACES.sub(" ", text).strip()
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _EMOJI_CODE.sub("", _TAG.sub(" ", html.unescape(text)))
    for _round in range(2):
        text = _MARKS.sub(lambda match: match[2] or match[4] or "", text)
    return _SPACES.sub(" ", text.replace("\\", "")).strip()


def _headings(lines: tuple[Line, ...]) -> Iterator[Heading]:
    fenced = False
    for at, line in enumerate(lines):
        if _FENCE.match(line.text):
            fenced = not fenced
        if fenced:
            continue
        match = _HEADING.fullmatch(line.text.strip()) if line.text[:1] == "#" else None
        if match is not None and (words := plain(match["text"])):
            yield Heading(line.number, len(match["marks"]), words)
        elif at + 1 < len(lines) and _underlined(line.text, lines[at + 1].text):
            yield Heading(line.number, 1 if lines[at + 1].text[0] == "=" else 2, plain(line.text))


def _underlined(text: str, below: str) -> bool:
    """A line of = or - as wide as the words above it makes them a heading; a shorter one is a rule."""
    words = text.strip()
    line = below.rstrip()
    return (
        bool(words)
        and len(line) >= 3
        and set(line) in ({"="}, {"-"})
        and (line[0] == "=" or len(line) >= len(words))
        and not words.startswith(("#", ">", "|", "-", "*"))
    )


def _front_matter(lines: tuple[Line, ...]) -> tuple[dict[str, tuple[Line, ...]], tuple[Line, ...]]:
    """Simple `key: value` lines and lists between two `---` at the very top; anything else is text."""
    if not lines or lines[0].text.rstrip() != "---":
        return {}, lines
    end = next((at for at, line in enumerate(lines[1:60], 1) if line.text.rstrip() in {"---", "..."}), None)
    if end is None:
        return {}, lines
    values: dict[str, tuple[Line, ...]] = {}
    key = ""
    for line in lines[1:end]:
        match, item = _FRONT_LINE.fullmatch(line.text.rstrip()), _FRONT_ITEM.fullmatch(line.text.rstrip())
        if match is not None:
            key = match["key"].strip().casefold()
            pieces = (
                match["value"].strip("[] ").split(",") if match["value"].startswith("[") else [match["value"]]
            )
            values[key] = tuple(
                Line(line.number, piece.strip(" \"'")) for piece in pieces if piece.strip(" \"'")
            )
        elif item is not None and key:
            piece = (item["value"] or item["listed"]).strip(" \"'")
            values[key] = (*values.get(key, ()), Line(line.number, piece))
        elif line.text.strip():
            return {}, lines
    return values, lines[end + 1 :]
