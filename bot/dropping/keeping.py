"""What was read from a dropped file becomes a draft, once; who drops it again hears where that is.

Everything here happens in the caller's transaction and talks to nobody.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dropping.talk import Talk
from bot.interview_stories import source_of
from bot.visitors import Visitor
from storage import draft_notes, drafts, interviews, uploads
from storage.uploads import Receipt
from stories.forms import Form, Step
from stories.values import dataclass


def imported_as(fingerprint: str) -> str:
    """The key under which a conversation from a file is stored: the same words are the same conversation."""
    return f"import:{fingerprint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a conversation is: a draft that is `new` or was there before, a story, or brought in otherwise.

    `author_id` is empty for what came in by the command line.
    """

    author_id: str = ""
    draft_id: int | None = None
    new: bool = False


async def keep_once(session: AsyncSession, who: Visitor, talk: Talk, *, said: str, slack_ts: str) -> Kept:
    """Keep a conversation as a draft of this person, unless its words are here already.

    `said` is what they wrote along with the file: it stands beside the form as a note.
    """
    before = await kept_before(session, who.workspace_id, talk.fingerprint)
    if before is not None:
        return before
    draft_id = await drafts.begin(
        session, who.workspace_id, who.user_id, form_of(talk), now=who.now, step=Step.WHO.value
    )
    receipt = Receipt(author_id=who.user_id, draft_id=draft_id)
    await uploads.keep(
        session, who.workspace_id, talk.fingerprint, talk.as_json(), draft=receipt, now=who.now
    )
    if said:
        await draft_notes.keep(session, who.workspace_id, draft_id, slack_ts, said)
    return Kept(author_id=who.user_id, draft_id=draft_id, new=True)


def form_of(talk: Talk) -> Form:
    """All that a file can say of a write-up; what a customer agreed to is never among it."""
    return Form(
        company=talk.company,
        talked_on=talk.day,
        how=talk.how,
        trying_to=talk.trying_to,
        happened=talk.happened,
        meaning=talk.meaning,
        title=talk.headline,
    ).tidied()


async def kept_before(session: AsyncSession, workspace_id: str, fingerprint: str) -> Kept | None:
    """Where a conversation of these words is already, by whichever door it came; None when it is new.

    A draft that was thrown away is nowhere.
    """
    receipt = await uploads.receipt_of(session, workspace_id, fingerprint)
    if receipt is not None:
        if await drafts.get(session, workspace_id, receipt.draft_id) is not None:
            return Kept(author_id=receipt.author_id, draft_id=receipt.draft_id)
        if await interviews.stored_as(session, workspace_id, source_of(receipt.draft_id)) is not None:
            return Kept(author_id=receipt.author_id)
    brought_in = await interviews.stored_as(session, workspace_id, imported_as(fingerprint))
    return None if brought_in is None else Kept()
