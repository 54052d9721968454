"""What becomes of what somebody said they would do: it is done, moved to another day, or let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import home, ids
from bot.attention_rounds import tell_soon
from bot.desk import Desk
from bot.follow_through import Finished, finish, let_go, reminders_of
from bot.listeners.clicks import open_view, workspace_of
from bot.messages import follow_up_views as views
from bot.messages.blocks import Block, values_of
from bot.messages.follow_up_views import over_view
from bot.reminder_notes import ticked_off
from bot.settings import Settings
from storage import deliveries, follow_up_changes, follow_ups
from storage.follow_ups import FollowUp
from storage.posted import Posted
from stories.errors import UserError
from stories.language import _
from stories.links import https_link
from stories.text import one_line, says_something

View = Callable[[FollowUp], Block]


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what is said of follow-ups, wherever their buttons stand."""
    app.action(ids.FOLLOW_UP_DONE)(_asking(views.done_view))
    app.action(ids.FOLLOW_UP_MOVE)(_asking(views.move_view))
    app.action(ids.FOLLOW_UP_LET_GO)(_asking(views.let_go_view))
    app.view(ids.FOLLOW_UP_DONE_VIEW)(mark_done)
    app.view(ids.FOLLOW_UP_MOVE_VIEW)(move)
    app.view(ids.FOLLOW_UP_LET_GO_VIEW)(give_up)


def _asking(view_of: View) -> Callable[..., Any]:
    async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
        async with desk.read() as session:
            task = await own_open(session, body, int(body["actions"][0]["value"]))
        await open_view(client, body, view_of(task))
        await ack()

    return ask


async def own_open(session: AsyncSession, body: dict[str, Any], follow_up_id: int) -> FollowUp:
    """The follow-up of whoever clicked. Raises UserError for one that is not theirs, or over."""
    task = await follow_ups.get(session, workspace_of(body), follow_up_id)
    if task is None or task.owner_id != body["user"]["id"] or task.done_at is not None:
        raise UserError(gone())
    return task


def gone() -> str:
    """What somebody hears of what is not theirs to end (any more)."""
    return _("That isn’t on your list any more, so there is nothing to do about it.")


async def mark_done(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what has changed; who listened, and the story itself, follow."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    closing = sentence(view, _("A few words, please: what is different now?"))
    link = https_link(values_of(view).get("link") or "", field="link")
    async with desk.begin() as session:
        finished = await finish(
            session,
            workspace_id,
            int(view["private_metadata"]),
            by=user_id,
            now=desk.now(),
            closing=closing,
            link=link,
        )
        if finished is None:
            raise UserError(gone())
        await follow(session, workspace_id, finished.reminders, desk, author_hears=finished.author_hears)
    desk.wake_outbox()
    said = _("Done. I’ve sent you a message that you can pass on to the customer.")
    await ack(response_action="update", view=over_view(_("It’s done"), said))
    if finished.author_hears:
        await tell_soon(desk, workspace_id, finished.author_id)
    await home.refresh(desk, client, workspace_id, user_id)


async def give_up(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Let it go, with the reason."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    why = sentence(view, _("A few words, please: why is it let go?"))
    async with desk.begin() as session:
        gone_now: Finished | None = await let_go(
            session, workspace_id, int(view["private_metadata"]), by=user_id, why=why, now=desk.now()
        )
        if gone_now is None:
            raise UserError(gone())
        await follow(session, workspace_id, gone_now.reminders, desk)
    desk.wake_outbox()
    await ack(response_action="update", view=over_view(_("Let go"), _("It is off your list.")))
    await home.refresh(desk, client, workspace_id, user_id)


async def move(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep the day and the link; the reminder that stands says so."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    values, follow_up_id = values_of(view), int(view["private_metadata"])
    due_on, link = _day(values.get("due_on"), desk), https_link(values.get("link") or "", field="link")
    async with desk.begin() as session:
        task = await own_open(session, body, follow_up_id)
        standing = await reminders_of(session, workspace_id, task)
        await follow_up_changes.move(
            session, workspace_id, follow_up_id, owner_id=user_id, due_on=due_on, link=link
        )
        await follow(session, workspace_id, standing, desk)
    desk.wake_outbox()
    said = _("Saved. I’ll remind you on that day.") if due_on else _("Saved. It stays on your list.")
    await ack(response_action="update", view=over_view(_("Another day"), said))
    await home.refresh(desk, client, workspace_id, user_id)


async def follow(
    session: AsyncSession,
    workspace_id: str,
    standing: Sequence[Posted],
    desk: Desk,
    *,
    author_hears: bool = False,
) -> None:
    """Have the reminders that stand say what has become of what they remind of."""
    for note in standing:
        said = await ticked_off(session, workspace_id, note, desk.now(), author_hears=author_hears)
        if said is not None:
            await deliveries.revise(session, workspace_id, note.id, said, now=desk.now(), at_once=True)


def sentence(view: dict[str, Any], missing: str) -> str:
    """The one sentence of a window. Raises UserError saying what is missing, or how long it may be."""
    said = one_line(values_of(view).get("closing") or "")
    if not says_something(said):
        raise UserError(missing, field="closing")
    if len(said) > views.LONGEST_CLOSING:
        most = _("At most {most} characters, please: it stands under the story.")
        raise UserError(most.format(most=views.LONGEST_CLOSING), field="closing")
    return said


def _day(chosen: str | None, desk: Desk) -> date | None:
    day = date.fromisoformat(chosen) if chosen else None
    # It may still be yesterday where somebody sits.
    if day is not None and day < desk.now().date() - timedelta(days=1):
        raise UserError(_("That day has passed; please choose today or later."), field="due_on")
    return day
