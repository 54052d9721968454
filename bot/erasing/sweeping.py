"""Taking somebody out of what others wrote: looked for holding nothing up, changed in short steps."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from storage import erasing, erasing_posts, sweeping, sweeping_words
from storage.database import Database
from storage.erasing import Erasure, Step
from storage.holdings import About
from storage.sweeping import Found, Place
from stories.language import _

AT_ONCE = 50
"""Parts in which nothing is found that are looked through before that is written down."""


async def piece(database: Database, workspace_id: str, erasure: Erasure) -> bool:
    """Look on from where the last look ended, and change what is found. Always more to do."""
    person = erasure.object_key if erasure.about is About.EMPLOYEE else None
    needles = (person,) if person else (*erasure.needles, *erasure.words)
    if not needles:
        await _go_on(database, workspace_id, erasure, None, 0)
        return True
    place: Place | None = Place(**json.loads(erasure.position)) if erasure.position else sweeping.first()
    found: Found | None = None
    for _part in range(AT_ONCE):
        if place is None:
            break
        async with database.read() as session:
            found = await sweeping.look(session, workspace_id, place, needles, ids=person is not None)
        place = found.then
        if found.keys:
            break
    changed = 0
    if found is not None and found.keys:
        changed = await _change(database, workspace_id, erasure, found, person)
    if place is None:
        # Last, so that nothing is put back into the index from what has not been changed yet.
        async with database.begin() as session:
            taken_out = _taking_out(erasure, person)
            changed += await sweeping_words.take_out(session, workspace_id, needles, taken_out)
    await _go_on(database, workspace_id, erasure, place, changed)
    return True


async def _change(
    database: Database, workspace_id: str, erasure: Erasure, found: Found, person: str | None
) -> int:
    change = _taking_out(erasure, person)
    async with database.begin() as session:
        if found.table == "deliveries":
            numbers = [key[0] for key in found.keys]
            posts = await sweeping.posts_among(session, workspace_id, numbers)
            await erasing_posts.add(session, workspace_id, erasure.id, erasing_posts.WORDS, posts)
        return await sweeping.take_out(session, workspace_id, found, change, person=person)


async def _go_on(
    database: Database, workspace_id: str, erasure: Erasure, place: Place | None, changed: int
) -> None:
    counts = dict(erasure.counts) | {"words": erasure.counts.get("words", 0) + changed}
    step, position = (Step.POSTS, "") if place is None else (Step.WORDS, json.dumps(asdict(place)))
    async with database.begin() as session:
        held = await erasing.hold(session, workspace_id, erasure.id)
        if held is not None and (held.step, held.position) == (erasure.step, erasure.position):
            await erasing.move(session, workspace_id, erasure, step, position=position, counts=counts)


def _taking_out(erasure: Erasure, person: str | None) -> sweeping.Change:
    if person:
        return _nobody(person)
    return sweeping.naming(erasure.needles, _("[name erased]"), words=erasure.words)


def _nobody(person: str) -> sweeping.Change:
    """Calls a person what anybody may be called; nothing is left to link where their id was part of a key."""
    mention = re.compile(rf"<@{re.escape(person)}(?:\|[^>]*)?>")
    bare = re.compile(rf"\b{re.escape(person)}\b")

    def change(text: str) -> str:
        return bare.sub(lambda _: sweeping.token(), mention.sub(_("a former colleague"), text))

    return change
