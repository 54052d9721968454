"""Who or what is to be erased: what would go, what has to be typed, and that it has begun."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.erasing.answers import quoted
from storage import (
    audit,
    customers,
    erasing,
    erasing_posts,
    erasing_rows,
    erasing_words,
    exports,
    nps_erasing,
    workspaces,
)
from storage.erasing_words import Maybe
from storage.holdings import About
from stories.errors import UserError
from stories.folding import fold
from stories.language import _
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom an erasure is about, and their name.

    `object_key` is a customer's number, a person's Slack id or a workspace's, or the hashed key of somebody
    who answered a survey, who is called as they answered.
    """

    about: About
    object_key: str
    called: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would go: rows by table, rows that name a colleague and stay, posts.

    `maybe` may name a customer in others' texts, and stays there unless somebody chooses it.
    """

    rows: Mapping[str, int]
    named: Mapping[str, int]
    posts: int
    maybe: tuple[Maybe, ...] = ()


async def respondent(session: AsyncSession, workspace_id: str, person_key: str) -> Subject:
    """Somebody who answered surveys under this key, in a transaction that writes.

    Raises UserError for an empty one.
    """
    person = await nps_erasing.person_of(session, workspace_id, person_key)
    if person is None:
        raise UserError(_("Name the person by the key under which they answered."), field="typed")
    return Subject(about=About.RESPONDENT, object_key=person, called=person_key.strip())


async def subject(
    session: AsyncSession, workspace_id: str, about: About, object_key: str, *, name: str = ""
) -> Subject:
    """Whom that is. `name` is a colleague's, whom Slack knows. Raises UserError for nobody."""
    if about is About.CUSTOMER:
        known = await customers.get(session, workspace_id, int(object_key))
        if known is None:
            raise UserError(_("There is no customer of this number any more."), field="customer")
        return Subject(about=about, object_key=object_key, called=known.name or known.alias)
    if about is About.WORKSPACE:
        names = dict(await workspaces.known(session))
        return Subject(about=about, object_key=workspace_id, called=names.get(workspace_id) or workspace_id)
    return Subject(about=about, object_key=object_key, called=name or object_key)


async def preview(session: AsyncSession, workspace_id: str, whom: Subject) -> Preview:
    """What would go."""
    about, key = whom.about, whom.object_key
    rows = await erasing_rows.count(session, workspace_id, about, key)
    named = await erasing_rows.count_named(session, workspace_id, key) if about is About.EMPLOYEE else {}
    said = await quoted(session, workspace_id, about, key)
    if about is About.CUSTOMER and said.answers:
        rows |= {"nps_answers": rows.get("nps_answers", 0) + len(said.answers)}
    if handed := await exports.of(session, workspace_id, about, key):
        rows |= {"exports": len(handed)}
    posts = await erasing_posts.count(session, workspace_id, about, key, besides=said.posts)
    maybe: tuple[Maybe, ...] = ()
    if about is About.CUSTOMER:
        maybe = await erasing_words.maybe_naming(session, workspace_id, int(key))
    return Preview(rows=rows, named=named, posts=posts, maybe=maybe)


def refuse_other_name(whom: Subject, typed: str, key: str) -> None:
    """Raise UserError, beside the field, when something else was typed than the name of whom `key` is."""
    if whom.object_key != key or fold(typed.strip()) != fold(whom.called.strip()):
        wanted = _("what you typed before") if whom.about is About.RESPONDENT else f"“{whom.called}”"
        raise UserError(
            _("That isn’t {wanted}. Nothing has been erased.").format(wanted=wanted), field="typed"
        )


async def begin(
    session: AsyncSession,
    workspace_id: str,
    whom: Subject,
    *,
    by: str,
    now: datetime,
    also: Collection[str] = (),
) -> int:
    """Have it erased: written down with a line in the audit log that names nobody; the erasure's number.

    `also`: words out of `Preview.maybe` that are to go from others' texts too; others are not heeded.
    """
    needles: tuple[str, ...] = ()
    if whom.about is About.CUSTOMER:
        needles = await erasing_rows.needles_of(session, workspace_id, int(whom.object_key))
    elif whom.about is About.RESPONDENT and "@" in whom.called:
        # A number may be anything else in what others wrote; an address is nobody else's.
        needles = (whom.called,)
    words: tuple[str, ...] = ()
    if also and whom.about is About.CUSTOMER:
        maybe = await erasing_words.maybe_naming(session, workspace_id, int(whom.object_key))
        words = tuple(one.words for one in maybe if one.words in also)
    erasure_id = await erasing.begin(
        session, workspace_id, whom.about, whom.object_key, needles=needles, words=words, by=by, now=now
    )
    entry = audit.Entry(
        at=now,
        actor_id=by,
        act=f"erase_{whom.about.value}",
        object_kind="erasure",
        object_id=str(erasure_id),
    )
    await audit.note(session, workspace_id, entry)
    return erasure_id
