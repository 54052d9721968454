"""Markdown as screens: headings, paragraphs, lists, quotations and choices. Nothing else is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from stories.lessons.errors import LessonError
from stories.lessons.values import Choice, Passage, Shape, Span, Spans
from stories.values import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SCREEN = "h2"
_CHOICE = re.compile(r"\[(?P<mark>[ xX])\]\s+")
_LISTS = {"bullet_list_open": Shape.BULLETS, "ordered_list_open": Shape.NUMBERS}
_SAFE = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Body:
    """What stands under a heading."""

    passages: tuple[Passage, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A heading as it is written, its line in the file, and what stands under it."""

    heading: str
    line: int
    body: Body


def parsed(text: str, first: int, where: str) -> tuple[Parsed, ...]:
    """The screens of a lesson, whose text begins at the file's line `first`. Raises LessonError."""
    return tuple(_Reader(_parser().parse(text), first, where).screens())


@cache
def _parser() -> MarkdownIt:
    # Only whoever opens lessons needs it.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


class _Reader:
    """Walks over the tokens of one file, one after the other."""

    def __init__(self, tokens: Sequence[Token], first: int, where: str) -> None:
        self._tokens, self._at = tokens, 0
        self._first, self._where, self._line = first, where, first

    def screens(self) -> Iterator[Parsed]:
        """Every screen in order."""
        while self._at < len(self._tokens):
            token = self._next()
            if token.type != "heading_open" or token.tag != _SCREEN:
                raise self._wrong("begin each screen with a heading of the second level: “## …”")
            line, heading = self._line, self._next().content.strip()
            self._next()
            yield Parsed(heading, line, self._body())

    def _body(self) -> Body:
        passages: list[Passage] = []
        choices: list[Choice] = []
        while self._at < len(self._tokens) and self._tokens[self._at].type != "heading_open":
            token = self._next()
            if token.type == "paragraph_open":
                passages.append(Passage(shape=Shape.TEXT, items=(self._inline(),)))
            elif token.type == "blockquote_open":
                passages.append(Passage(shape=Shape.QUOTE, items=(self._quotation(),)))
            elif token.type in _LISTS:
                items = list(self._items(token.type.replace("_open", "_close")))
                choices += [one for one in items if isinstance(one, Choice)]
                told = tuple(one for one in items if not isinstance(one, Choice))
                passages += [Passage(shape=_LISTS[token.type], items=told)] if told else []
            else:
                raise self._wrong("only paragraphs, lists, quotations and headings are shown in a lesson")
        return Body(tuple(passages), tuple(choices))

    def _items(self, end: str) -> Iterator[Spans | Choice]:
        while (token := self._next()).type != end:
            if token.type != "list_item_open" or self._next().type != "paragraph_open":
                raise self._wrong("a list holds lines of text, and no lists in lists")
            line, spans = self._line, self._inline()
            because = (
                self._quotation() if self._tokens[self._at].type == "blockquote_open" and self._next() else ()
            )
            if self._next().type != "list_item_close":
                raise self._wrong("an item is one line, and below a choice its explanation alone, as “  > …”")
            marked = _CHOICE.match(spans[0].text) if spans else None
            if marked is not None:
                text = "".join(span.text for span in spans)[marked.end() :]
                yield Choice(text=text, right=marked["mark"] != " ", because=because)
            elif because:
                self._line = line
                raise self._wrong("only what begins with “[x]” or “[ ]” has an explanation below it")
            else:
                yield spans

    def _quotation(self) -> Spans:
        """The words up to the end of a quotation; its paragraphs one below the other."""
        told: list[Span] = []
        while (token := self._next()).type != "blockquote_close":
            if token.type != "paragraph_open":
                raise self._wrong("a quotation holds text alone")
            told += [Span(text="\n")] if told else []
            told += self._inline()
        return tuple(told)

    def _inline(self) -> Spans:
        """The words of a paragraph whose beginning was just read, and its end."""
        token = self._next()
        spans = tuple(self._spans(token.children or ()))
        self._next()
        return spans

    def _spans(self, tokens: Sequence[Token]) -> Iterator[Span]:
        bold = italic = False
        url = ""
        for token in tokens:
            match token.type:
                case "text":
                    if token.content:
                        yield Span(text=token.content, bold=bold, italic=italic, url=url)
                case "softbreak" | "hardbreak":
                    yield Span(text=" " if token.type == "softbreak" else "\n")
                case "strong_open" | "strong_close":
                    bold = token.nesting > 0
                case "em_open" | "em_close":
                    italic = token.nesting > 0
                case "link_open" | "link_close":
                    url = self._url(str(token.attrGet("href") or "")) if token.nesting > 0 else ""
                case _:
                    raise self._wrong("in a line stand words, *emphasis*, **weight** and links alone")

    def _url(self, target: str) -> str:
        if not target.startswith(_SAFE):
            raise self._wrong(f"a link begins with https://; “{target[:60]}” does not")
        return target

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        if token.map:
            self._line = self._first + token.map[0]
        return token

    def _wrong(self, said: str) -> LessonError:
        return LessonError(self._where, f"line {self._line}", said)
