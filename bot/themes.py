"""From what customers said to themes: proposed, split, described, and new texts sorted under them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.theme_voices import Voice, voices_of
from storage import search_finding, theme_sorting, themes
from storage.themes import NewTheme, Theme
from stories.errors import UserError
from stories.language import _
from stories.search.encoders import Encoder, available, encoder
from stories.search.texts import THEMED
from stories.values import dataclass

if TYPE_CHECKING:
    from stories.search.codes import Vectors

MOST_TEXTS = 20_000
MOST_LEARNED = 400
SORTED_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSeen:
    """A theme and the most central of its texts that this person may see."""

    theme: Theme
    voices: tuple[Voice, ...]


async def look(desk: Desk, workspace_id: str, user_id: str) -> tuple[ThemeSeen, ...]:
    """Every theme with up to three central voices."""
    async with desk.read() as session:
        known = await themes.every(session, workspace_id)
        ids = [number for one in known for number in one.central]
        told = await voices_of(session, workspace_id, user_id, ids, desk.now())
    return tuple(
        ThemeSeen(theme=one, voices=tuple(told[number] for number in one.central if number in told))
        for one in known
    )


async def voices(
    desk: Desk, workspace_id: str, user_id: str, theme_id: int, *, most: int
) -> tuple[Voice, ...]:
    """The texts about a theme that this person may see."""
    async with desk.read() as session:
        ids = await themes.texts_of(session, workspace_id, theme_id, most=most)
        told = await voices_of(session, workspace_id, user_id, ids, desk.now())
    return tuple(told[number] for number in ids if number in told)


async def find(desk: Desk, workspace_id: str) -> int:
    """Propose themes in what was said, in the place of earlier proposals; how many.

    Raises UserError where there is nothing to compare texts by, or too little was said.
    """
    made = await _encoder(desk)
    async with desk.read() as session:
        rows = await theme_sorting.to_be_found_in(session, workspace_id, made.name, THEMED, most=MOST_TEXTS)
    new = await asyncio.to_thread(_proposed, made, rows, None)
    if not new:
        raise UserError(_("Too little was said yet to find themes in it: a few dozen voices make a start."))
    async with desk.begin() as session:
        await themes.propose(session, workspace_id, made.name, new, now=desk.now())
    return len(new)


async def split(desk: Desk, workspace_id: str, theme_id: int) -> None:
    """Propose two themes in the place of one. Raises UserError where it is gone, or one thing."""
    made = await _encoder(desk)
    every = (themes.FOUND, themes.SORTED, themes.SAID)
    async with desk.read() as session:
        rows = await theme_sorting.vectors_of(
            session, workspace_id, made.name, theme_id, every, most=MOST_TEXTS
        )
    new = await asyncio.to_thread(_proposed, made, rows, 2)
    if len(new) < 2:
        raise UserError(_("This theme does not fall into two: too few voices are about it."))
    async with desk.begin() as session:
        # Finding two took seconds, in which another editor may have split it as well.
        if not await themes.drop(session, workspace_id, theme_id):
            raise UserError(_("That theme isn’t there any more: somebody merged, split or dropped it."))
        for one in new:
            await themes.add_proposal(session, workspace_id, made.name, one, now=desk.now())


async def described(desk: Desk, workspace_id: str, theme_id: int, sentence: str) -> bytes:
    """A theme's sentence and its central texts as one vector."""
    made = await _encoder(desk)
    async with desk.read() as session:
        ids = await themes.texts_of(session, workspace_id, theme_id, most=themes.CENTRAL)
        rows = await search_finding.texts(session, workspace_id, ids, made.name)
    return await asyncio.to_thread(_described, made, [sentence, *(row.words for row in rows)])


async def sort_some(desk: Desk, workspace_id: str) -> int:
    """Hold some texts that came since against the themes that people named; how many."""
    name = available(desk.settings.firsthand_search_encoder)
    if not name:
        return 0
    async with desk.read() as session:
        due = await theme_sorting.unsorted(session, workspace_id, name, THEMED, most=SORTED_AT_ONCE)
        if not due:
            return 0
        kept = [one for one in await themes.every(session, workspace_id) if one.state == themes.KEPT]
        kept = [one for one in kept if one.encoder == name]
        said = {one.id: await _said(session, workspace_id, name, one.id) for one in kept}
    about = await asyncio.to_thread(_sorted, kept, said, due)
    async with desk.database.begin() as session:
        await theme_sorting.keep_sorted(session, workspace_id, about, now=desk.now())
    return len(due)


_Said = tuple[list[bytes], list[bytes]]


async def _said(session: AsyncSession, workspace_id: str, name: str, theme_id: int) -> _Said:
    """The vectors of what people put under a theme, and took out of it."""
    sides = []
    for how in (themes.SAID, themes.TAKEN_OUT):
        rows = await theme_sorting.vectors_of(
            session, workspace_id, name, theme_id, (how,), most=MOST_LEARNED
        )
        sides.append([vector for _id, _words, vector in rows])
    return sides[0], sides[1]


def _sorted(
    kept: Sequence[Theme], said: Mapping[int, _Said], due: Sequence[tuple[int, bytes]]
) -> list[tuple[int, int | None]]:
    from stories.themes.assigning import Known, Sorter

    known = [
        Known(
            id=one.id,
            described=_vectors([one.described])[0],
            yes=_vectors(said[one.id][0]),
            no=_vectors(said[one.id][1]),
        )
        for one in kept
    ]
    about = Sorter(known).sort(_vectors([vector for _id, vector in due]))
    return [(number, theme) for (number, _vector), theme in zip(due, about, strict=True)]


def _proposed(made: Encoder, rows: Sequence[tuple[int, str, bytes]], groups: int | None) -> list[NewTheme]:
    from stories.themes.finding import GROUPS, proposed

    if not rows:
        return []
    texts = [words for _id, words, _vector in rows]
    found = proposed(texts, _vectors([vector for _id, _words, vector in rows]), groups=groups or GROUPS)
    return [
        NewTheme(
            name=", ".join(one.words) or texts[one.central[0]][:40],
            described=_described(made, [texts[place] for place in one.central]),
            text_ids=tuple(
                rows[place][0] for place in (*one.central, *(p for p in one.texts if p not in one.central))
            ),
        )
        for one in found
    ]


def _described(made: Encoder, texts: Sequence[str]) -> bytes:
    from stories.search.codes import small

    middle = made.encode([text for text in texts if text]).mean(0, keepdims=True)
    return bytes(small(middle)[0].tobytes())


def _vectors(stored: Sequence[bytes]) -> Vectors:
    import numpy as np

    if not stored:
        return np.zeros((0, 0), np.float32)
    rows = np.stack([np.frombuffer(one, np.int8) for one in stored]).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return np.asarray(rows / lengths, np.float32)


async def _encoder(desk: Desk) -> Encoder:
    name = available(desk.settings.firsthand_search_encoder)
    made = await asyncio.to_thread(encoder, name) if name else None
    if made is None:
        raise UserError(_("Finding themes needs the extra “meaning”: whoever runs Firsthand can add it."))
    return made
