"""What Ana did about customers: a conversation told, another kept, and what a colleague changed because."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot import publishing
from bot.desk import Desk
from storage import follow_ups, interviews, objectives, rota_talks, stories
from storage.rota_talks import NewTalk
from stories.objectives.objective import Aim, NewObjective
from stories.rota.talks import Kind, State
from tests.bot.stories.conftest import BAKER, House, house
from tests.conftest import WORKSPACE

__all__ = ["House", "house"]

HEARING = NewObjective(
    words="Hear from four bakeries why they still print.",
    aim=Aim.GATHERING,
    first=date(2026, 10, 1),
    last=date(2026, 12, 31),
)


async def told(desk: Desk, author: str, *, title: str = BAKER.title, key: str = "draft:1") -> int:
    """A conversation of hers, told without a name."""
    async with desk.begin() as session:
        form = replace(BAKER, title=title)
        story = await interviews.store(
            session, WORKSPACE, form, source_key=key, author_id=author, now=desk.now()
        )
        await publishing.publish(session, WORKSPACE, story, by=author, now=desk.now())
    return story


async def changed(desk: Desk, story_id: int, owner: str, words: str) -> int:
    """Somebody changed something because of it, and said so in the open."""
    async with desk.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        number = await follow_ups.take_on(
            session,
            WORKSPACE,
            story.interview.id,
            kind=follow_ups.ACT,
            owner_id=owner,
            what="Move it",
            due_on=None,
            now=desk.now(),
        )
        await follow_ups.finish(session, WORKSPACE, number, owner_id=owner, now=desk.now(), closing=words)
    return number


async def listened(desk: Desk, user_id: str, on: date) -> None:
    """She listened in on a colleague's talk."""
    new = NewTalk(user_id=user_id, kind=Kind.LISTENING, state=State.DONE, on_day=on)
    async with desk.begin() as session:
        await rota_talks.begin(session, WORKSPACE, new, now=desk.now() - timedelta(days=1))


async def set_out(desk: Desk, user_id: str, new: NewObjective = HEARING) -> int:
    """She wrote an objective."""
    async with desk.begin() as session:
        return await objectives.begin(session, WORKSPACE, user_id, new, now=desk.now())
