"""What readers do with an episode: it stays with them, they read from the first one, they vote."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.failures import near_or_private
from bot.listeners.clicks import channel_of, open_view, refuse_guests, workspace_of
from bot.messages import series_votes as words
from bot.messages.blocks import escaped, values_of
from bot.messages.reacting import done_modal
from bot.priorities.windows import show_in
from bot.series import chapters, ids, voting
from bot.series.following import follow_counts
from bot.settings import Settings
from storage import series_posts
from stories.language import _
from stories.series.liking import Click


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the buttons under episodes."""
    app.action(ids.LOVED)(love)
    app.action(ids.CATCH_UP)(catch_up)
    app.action(ids.NEXT)(read_on)
    app.action(ids.VOTE)(vote)
    app.action(ids.SUGGEST)(ask_question)
    app.view(ids.SUGGEST_VIEW)(suggest)
    app.action(ids.ANSWERED)(answered)
    app.action(ids.NOT_ANSWERED)(not_answered)


async def love(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """It stayed with somebody: counted once, whoever it was."""
    workspace_id, _user_id = await _reader(desk, client, body)
    number = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        await _clicked(session, body, number, Click.LOVED, desk)
        await follow_counts(session, workspace_id, number, now=desk.now())
    await ack()
    desk.wake_outbox()


async def catch_up(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Send somebody the first episode of a season; the others follow in its thread."""
    workspace_id, user_id = await _reader(desk, client, body)
    number = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        season_id = await chapters.season_of(session, workspace_id, number)
        await chapters.send(session, workspace_id, user_id, season_id, None, thread_ts=None, now=desk.now())
        await _clicked(session, body, number, Click.OPENED, desk)
    desk.wake_outbox()
    await ack()
    said = _("The first episode is on its way to your messages with me; read on from there.")
    await _say(client, body, said)


async def read_on(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Send the next episode into the thread of the first."""
    workspace_id, user_id = await _reader(desk, client, body)
    number, message = int(body["actions"][0]["value"]), body["message"]
    async with desk.begin() as session:
        season_id = await chapters.season_of(session, workspace_id, number)
        thread = str(message.get("thread_ts") or message["ts"])
        await chapters.send(
            session, workspace_id, user_id, season_id, number, thread_ts=thread, now=desk.now()
        )
        await _clicked(session, body, number, Click.CAUGHT_UP, desk)
    await ack()
    desk.wake_outbox()


async def vote(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Give one's vote to a question, instead of another one."""
    workspace_id, user_id = await _reader(desk, client, body)
    number = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        said = await voting.vote(
            session, workspace_id, number, user_id, place=channel_of(body) or user_id, now=desk.now()
        )
    await ack()
    desk.wake_outbox()
    await _say(client, body, escaped(said))


async def ask_question(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the form for a question of one's own."""
    await _reader(desk, client, body)
    place = channel_of(body) or body["user"]["id"]
    await open_view(client, body, words.suggest_view(int(body["actions"][0]["value"]), place))
    await ack()


async def suggest(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Put it to the vote."""
    workspace_id, user_id = await _reader(desk, client, body)
    number, _colon, place = view["private_metadata"].partition(":")
    async with desk.begin() as session:
        said = await voting.suggest(
            session,
            workspace_id,
            int(number),
            values_of(view)["question"] or "",
            by=user_id,
            place=place,
            now=desk.now(),
        )
    await ack(response_action="update", view=done_modal(_("Your question"), escaped(said)))
    desk.wake_outbox()


async def answered(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
    """A conversation brought the answer."""
    await _settle(ack, body, desk, answered=True)


async def not_answered(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
    """It did not: the question waits for the next one."""
    await _settle(ack, body, desk, answered=False)


async def _settle(ack: AsyncAck, body: dict[str, Any], desk: Desk, *, answered: bool) -> None:
    question, _colon, interview = body["actions"][0]["value"].partition(":")
    async with desk.begin() as session:
        await voting.settle(
            session,
            workspace_of(body),
            int(question),
            int(interview),
            answered=answered,
            by=body["user"]["id"],
            now=desk.now(),
        )
    await ack()
    desk.wake_outbox()


async def _reader(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> tuple[str, str]:
    """The workspace, and who clicked. Raises UserError for a guest."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    return workspace_id, user_id


async def _clicked(
    session: AsyncSession, body: dict[str, Any], number: int, click: Click, desk: Desk
) -> None:
    user_id = str(body["user"]["id"])
    place = channel_of(body) or user_id
    await series_posts.clicked(
        session, workspace_of(body), number, user_id, click, place=place, now=desk.now()
    )


async def _say(client: AsyncWebClient, body: dict[str, Any], said: str) -> None:
    """One sentence to whoever clicked, where they did."""
    view, channel_id = body.get("view") or {}, channel_of(body)
    if view.get("type") == "modal":
        await show_in(client, view["id"], done_modal(_("The series"), said))
    elif channel_id is not None:
        await near_or_private(client, channel_id, body["user"]["id"], text=said)
