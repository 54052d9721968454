"""What a search answers: results with the words that were searched for, and what to narrow them to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from bot import ids
from bot.messages import blocks, story
from bot.messages import search_choices as choices_of
from bot.messages.aloud import aloud
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.dates import day
from bot.messages.nps_words import band_of_one
from bot.messages.reading import in_its_direction
from bot.search import Answer
from bot.search_seeing import Comment, Result
from stories.folding import fold
from stories.language import _
from stories.nps.counts import Band, band_of
from stories.search import asking, highlighting
from stories.search.asking import Narrowed
from stories.story import Story, Telling
from stories.text import one_line, shortened
from stories.values import dataclass

PAGE = 5
"""Results on one page: more would not be read."""

LONGEST_WORDS = 100
"""Characters of a search that its buttons remember."""

_LONGEST_TOKEN = 255
_LONGEST_VALUE = 60
_MOST_OPTIONS = 99
_ALL = "-"


EVERYTHING = Narrowed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page of results shows: its buttons and menus carry it."""

    words: str
    narrowed: Narrowed = EVERYTHING
    skip: int = 0

    def token(self) -> str:
        """The page as text of at most 255 characters: words are cut first, then the longest narrowing."""
        held: list[Any] = [self.words[:LONGEST_WORDS], self.skip, *asdict(self.narrowed).values()]
        while True:
            token = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
            if len(token) <= _LONGEST_TOKEN:
                return token
            # A backslash counts twice: without words it can still be too long.
            cut = 0 if held[0] else max(range(2, len(held)), key=lambda at: len(held[at]))
            held[cut] = held[cut][:-1]

    @classmethod
    def of(cls, token: str) -> Page:
        """The page that a button or menu carries."""
        words, skip, *narrowed = json.loads(token)
        names = [one.name for one in fields(Narrowed)]
        return cls(words=words, skip=skip, narrowed=Narrowed(**dict(zip(names, narrowed, strict=True))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to narrow to here."""

    segments: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


def results(answer: Answer, page: Page, choices: Choices) -> list[Block]:
    """A page of what was found, with the menus to narrow it and the buttons to turn it."""
    terms = asking.terms(f"{page.words} {answer.instead}")
    some = answer.results[page.skip : page.skip + PAGE]
    rows = [block for result in some for block in (blocks.divider(), *_row(result, terms))]
    return [blocks.section(said(answer, page)), *_menus(page, choices), *rows, *_turning(answer, page)]


def said(answer: Answer, page: Page) -> str:
    """What was found, in a sentence; escaped."""
    number, words = len(answer.results), page.words
    if not words:
        return _part("newest", number=number) if number else _part("nothing_fits")
    if not number:
        return _part("nothing_narrowed" if page.narrowed != EVERYTHING else "nothing", words=words)
    if answer.instead:
        return _part("instead", number=number, typed=answer.typed, instead=answer.instead)
    only_stories = all(result.telling for result in answer.results)
    return _part("found" if only_stories else "found_things", number=number, words=words)


def narrowed_by(page: Page, action_id: str, value: str) -> Page:
    """The page after a choice in one of its menus; it begins anew."""
    chosen = "" if value == _ALL else value
    name = action_id.removeprefix(ids.SEARCH_NARROW)
    return replace(page, skip=0, narrowed=replace(page.narrowed, **{name: chosen}))


def modal(page: Page, shown: Sequence[Block]) -> Block:
    """The search as a window of its own: words to type, and what they found."""
    field = blocks.text_input(
        ids.SEARCH_WORDS,
        _("What should it be about?"),
        value=page.words,
        most=LONGEST_WORDS,
        placeholder=_("invoices, or: why do people leave us?"),
    )
    return blocks.modal(
        _("Search"),
        [field, *shown],
        callback_id=ids.SEARCH_VIEW,
        submit=_("Search"),
        close=_("Close"),
        private_metadata=page.token(),
    )


def _row(result: Result, terms: Sequence[str]) -> Iterator[Block]:
    if result.telling is not None:
        yield from _story(result.telling, terms)
    if result.own is not None:
        yield from _own(result.own, terms)
    if result.comment is not None:
        yield from _comment(result.comment, terms)


def _story(telling: Telling, terms: Sequence[str]) -> Iterator[Block]:
    read = blocks.button(_("Read it"), ids.STORY_READ, str(telling.story_id))
    title = _part("title", title=in_its_direction(shortened(telling.title, 150)))
    yield blocks.section(f"{title}\n{story.who_line(telling)}", accessory=read)
    quotes = [one for one in telling.quotes if highlighting.held(terms, one)] or list(telling.quotes)
    best = max(quotes, key=lambda one: highlighting.held(terms, one), default="")
    parts = (telling.happened, telling.meaning, telling.trying_to)
    told = max(parts, key=lambda one: highlighting.held(terms, one))
    if best and highlighting.held(terms, best) >= highlighting.held(terms, told):
        yield quoted(best, terms)
    elif told:
        yield _plainly(told, terms)


def _own(own: Story, terms: Sequence[str]) -> Iterator[Block]:
    told = own.interview
    look = blocks.button(_("Look at it"), ids.STORY_PREVIEW, str(own.id))
    title = _part("own", title=in_its_direction(shortened(told.title, 150)), day=day(told.talked_on))
    yield blocks.section(title, accessory=look)
    parts = (told.happened, told.trying_to, told.meaning, *(quote.text for quote in told.quotes))
    yield _plainly(max(parts, key=lambda one: highlighting.held(terms, one)), terms)


def _comment(comment: Comment, terms: Sequence[str]) -> Iterator[Block]:
    yield quoted(comment.words, terms)
    band = band_of_one(band_of(comment.score))
    score = _("{score} of 10, {band}").format(score=comment.score, band=band)
    yield blocks.context(escaped(" · ".join((score, day(comment.day), comment.source))))


def quoted(words: str, terms: Sequence[str]) -> Block:
    """A customer's own words, those that were searched for in bold; nothing in them is obeyed."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": _pieces(words, terms)}]}


def _plainly(words: str, terms: Sequence[str]) -> Block:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": _pieces(words, terms)}],
    }


def _pieces(words: str, terms: Sequence[str]) -> list[Block]:
    pieces = highlighting.excerpt(words, terms) or (("…", False),)
    return [
        {"type": "text", "text": piece} | ({"style": {"bold": True}} if bold else {})
        for piece, bold in pieces
    ]


def _menus(page: Page, choices: Choices) -> list[Block]:
    narrowed = page.narrowed
    menus = [
        _menu("kind", _("Everything"), choices_of.kinds(), narrowed.kind),
        _menu("when", _("Any time"), choices_of.times(), narrowed.when),
        _menu("band", _("Any score"), [(band_of_one(band), band.value) for band in Band], narrowed.band),
        _menu("consent", _("Any consent"), choices_of.consents(), narrowed.consent),
    ]
    for name, every, some in (
        ("segment", _("All customers"), choices.segments),
        ("theme", _("All themes"), choices.themes),
    ):
        chosen = getattr(narrowed, name)
        if chosen or any(map(one_line, some)):
            said = {fold(one_line(one)): one_line(one) for one in (chosen, *some)}
            now = said[fold(one_line(chosen))]
            # What was typed is shown however long: else the menu would stand at everything.
            fit = [one for one in said.values() if one and (one == now or len(one) <= _LONGEST_VALUE)]
            menus.append(_menu(name, every, [(one, one) for one in fit[:_MOST_OPTIONS]], now))
    return [blocks.actions(*menus, block_id=page.token())]


def _menu(name: str, every: str, options: Sequence[tuple[str, str]], chosen: str) -> Block:
    listed = [blocks.option(every, _ALL), *(blocks.option(label, value) for label, value in options)]
    now = next((one for one in listed if one["value"] == (chosen or _ALL)), listed[0])
    return {
        "type": "static_select",
        "action_id": f"{ids.SEARCH_NARROW}{name}",
        "placeholder": blocks.plain(every, 150),
        "options": listed,
        "initial_option": now,
    }


def _turning(answer: Answer, page: Page) -> list[Block]:
    buttons = []
    if page.skip:
        back = replace(page, skip=max(0, page.skip - PAGE))
        buttons.append(blocks.button(_("Earlier"), ids.STORIES_EARLIER, back.token()))
    if page.skip + PAGE < len(answer.results):
        on = replace(page, skip=page.skip + PAGE)
        buttons.append(blocks.button(_("More"), ids.STORIES_MORE, on.token()))
    if page.words and not answer.results and page.narrowed != EVERYTHING:
        everything = replace(page, narrowed=EVERYTHING, skip=0)
        buttons.append(blocks.button(_("Search everything"), ids.STORIES_MORE, everything.token()))
    return [blocks.actions(*buttons)] if buttons else []


def _part(part: str, **values: object) -> str:
    return prose_part("search.j2", part, **values)


def message(answer: Answer, page: Page, choices: Choices) -> dict[str, Any]:
    """The results as a message."""
    found = results(answer, page, choices)
    return {"text": aloud(said(answer, page), found), "blocks": found}
