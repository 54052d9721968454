"""An answer in customers' own words, in a thread where everybody reads it; or that nobody has told us yet."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audience import audience, refuse_unheard
from bot.avatars.asking import nearest
from bot.avatars.restating import AVATAR, answer_slot
from bot.avatars.sayings import Saying, of_refs, sayings, subjects_of
from bot.avatars.survey_words import comments_about, in_use
from bot.desk import Desk
from bot.guests import refuse_unknown_readers
from bot.messages import avatar
from bot.own_customers import learn
from bot.tongues import speaking_to
from storage import avatar_lines, deliveries, projects
from storage.deliveries import Post
from stories.avatars.project import Project
from stories.errors import UserError
from stories.language import _
from stories.text import one_line, says_something
from stories.values import dataclass

LONGEST_QUESTION = 1000
ANSWER = "answer"
"""The kind of a line with which an avatar answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as somebody put it: where, in which message (`ts`), in which thread if in one."""

    workspace_id: str
    channel_id: str
    user_id: str
    ts: str
    thread_ts: str | None
    question: str


async def answer(desk: Desk, client: AsyncWebClient, asked: Asked) -> bool:
    """Plan the answer; False when nobody has told us anything close enough.

    Raises UserError where no avatar may speak, or where there is none.
    """
    question = one_line(asked.question)[:LONGEST_QUESTION]
    if not says_something(question):
        raise UserError(_("Ask it something in a few words, such as “Would they pay for this?”"))
    await learn(desk, client, asked.workspace_id, asked.channel_id)
    async with desk.read() as session:
        project = await _project(session, asked, question, desk.settings.firsthand_why_command)
        known = await sayings(
            session, asked.workspace_id, desk.now(), asked.channel_id, segment=project.segment
        )
    bare = _without_name(question, project)
    written = await comments_about(desk, asked.workspace_id, bare, segment=project.segment)
    found = await nearest(bare, (*known, *written))
    if not found:
        return False
    refuse_unheard(await audience(client, asked.channel_id))
    await refuse_unknown_readers(desk, client, asked.workspace_id, asked.channel_id)
    async with desk.begin() as session:
        planned = await _plan(session, asked, project, question, found, desk)
    desk.wake_outbox()
    return planned


async def _plan(
    session: AsyncSession,
    asked: Asked,
    project: Project,
    question: str,
    found: tuple[Saying, ...],
    desk: Desk,
) -> bool:
    """Put the answer into the outbox, in the transaction that asks consent once more."""
    workspace_id, now = asked.workspace_id, desk.now()
    refs = await in_use(session, workspace_id, [one.ref for one in found])
    still = await of_refs(session, workspace_id, refs, now, asked.channel_id)
    said = [still[ref] for ref in refs if ref in still]
    if not said:
        return False
    post = await _in_words(session, asked, project, question, said)
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now)
    if delivery_id is not None:
        for one in said:
            await avatar_lines.record(
                session,
                workspace_id,
                project.id,
                ANSWER,
                reason_id=None,
                ref=one.ref,
                delivery_id=delivery_id,
                about=question,
                now=now,
            )
    return True


async def _in_words(
    session: AsyncSession, asked: Asked, project: Project, question: str, said: list[Saying]
) -> Post:
    """The answer as its thread reads it, in the channel's language."""
    async with speaking_to(session, asked.workspace_id, asked.channel_id):
        payload = avatar.answer(project, question, said)
    return Post(
        channel_id=asked.channel_id,
        kind=AVATAR,
        slot_key=answer_slot(asked.channel_id, asked.ts),
        payload=payload,
        thread_ts=asked.thread_ts or asked.ts,
        subjects=subjects_of(said),
    )


async def _project(session: AsyncSession, asked: Asked, question: str, command: str) -> Project:
    """Whose avatar was asked: the one that is named, else the channel's."""
    own = await projects.of_channel(session, asked.workspace_id, asked.channel_id)
    words = set(question.casefold().replace("’", "'").replace("'s", "").translate(_NO_MARKS).split())
    if own is not None and _is_named(own, words):
        return own
    others = await projects.active(session, asked.workspace_id)
    named = next((one for one in others if _is_named(one, words)), own)
    if named is None:
        said = _("No avatar is here to ask. {command} sets up this channel’s project and its avatar.")
        raise UserError(said.format(command=command))
    return named


_NO_MARKS = str.maketrans("", "", '?!.,:;“”"()')


def _is_named(project: Project, words: set[str]) -> bool:
    return set(project.face.name.casefold().split()) <= words


def _without_name(question: str, project: Project) -> str:
    """The question without whom it is put to: a name is no word of what it asks."""
    named = set(project.face.name.casefold().split())
    kept = [
        word
        for word in question.split()
        if word.casefold().strip("?!.,:;’'\"").removesuffix("’s") not in named
    ]
    return " ".join(kept)
