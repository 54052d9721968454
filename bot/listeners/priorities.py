"""`/stories top`: what the top three are, what speaks for each theme, choosing, telling, ending, dropping."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import home, ids
from bot.desk import Desk
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import priorities as words
from bot.messages import priorities_candidates as candidates
from bot.messages import priorities_posts as posts
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act
from bot.priorities import choosing, windows
from bot.settings import Settings
from storage import priorities
from stories.errors import UserError
from stories.language import _
from stories.priorities.priority import Priority, State


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the windows of the top three, and to what owners are asked."""
    app.action(ids.PRIORITIES_OPEN)(show)
    app.action(ids.PRIORITY_CANDIDATES)(weigh)
    app.action(ids.PRIORITY_TELL)(ask_what)
    app.view(ids.PRIORITY_TELL_VIEW)(tell)
    app.action(ids.PRIORITY_END)(ask_how)
    app.action(ids.PRIORITY_DROP)(ask_why)
    app.view(ids.PRIORITY_END_VIEW)(end)
    app.action(ids.PRIORITY_LOG)(show_log)


async def open_window(body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the window of the top three for somebody who typed the command."""
    view = await windows.top_three(desk, client, body["team_id"], body["user_id"])
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """The same for a click."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    await open_view(client, body, await windows.top_three(desk, client, workspace_id, user_id))
    await ack()


async def weigh(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show what speaks for each theme: opened at once, filled when the voices are counted."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    opened = await client.views_push(trigger_id=body["trigger_id"], view=candidates.counting())
    await ack()
    view = await windows.candidates(desk, client, workspace_id, user_id)
    await windows.show_in(client, opened["view"]["id"], view)


async def ask_what(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask what changed."""
    await open_view(client, body, posts.tell_view(await _theirs(desk, client, body, _clicked(body))))
    await ack()


async def tell(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what changed."""
    one = await _theirs(desk, client, body, int(view["private_metadata"]))
    workspace_id, user_id, said = workspace_of(body), body["user"]["id"], values_of(view)["words"]
    async with desk.begin() as session:
        await choosing.tell(session, workspace_id, one, said or "", by=user_id, now=desk.now())
    await _kept(ack, body, client, desk)


async def ask_how(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask whether it is done."""
    await open_view(client, body, posts.end_view(await _theirs(desk, client, body, _clicked(body))))
    await ack()


async def ask_why(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask why it is dropped."""
    await _editor(desk, client, body)
    await open_view(client, body, posts.drop_view(await _theirs(desk, client, body, _clicked(body))))
    await ack()


async def end(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep how it ended: done or not, or dropped where the window asked for nothing but a reason."""
    values = values_of(view)
    if "state" not in values:
        await _editor(desk, client, body)
    one = await _theirs(desk, client, body, int(view["private_metadata"]))
    state = State(values.get("state", State.DROPPED.value))
    workspace_id, user_id, said = workspace_of(body), body["user"]["id"], values["words"] or ""
    async with desk.begin() as session:
        await choosing.end(session, workspace_id, one, state, said, by=user_id, now=desk.now())
    desk.wake_outbox()
    await _kept(ack, body, client, desk)


async def show_log(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show what was decided and said, of one or of all, to anybody."""
    workspace_id, value = workspace_of(body), body["actions"][0]["value"]
    await refuse_guests(desk, client, workspace_id, body["user"]["id"])
    async with desk.read() as session:
        known = await priorities.every(session, workspace_id, most=words.MOST_LOGGED)
        wanted = [one for one in known if value in ("all", str(one.id))]
        told = [(one, note) for one in wanted for note in await priorities.log(session, workspace_id, one.id)]
    told.sort(key=lambda pair: pair[1].at, reverse=True)
    await open_view(client, body, words.log_window(told))
    await ack()


def _clicked(body: dict[str, Any]) -> int:
    return int(body["actions"][0]["value"])


async def _theirs(desk: Desk, client: AsyncWebClient, body: dict[str, Any], priority_id: int) -> Priority:
    """One of the top three, for its owner and for editors. Raises UserError for others."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.read() as session:
        one = await priorities.get(session, workspace_id, priority_id)
    if one is None:
        raise UserError(_("That isn’t there any more."))
    if one.owner_id != user_id:
        await refuse_unless(desk, client, workspace_id, user_id, Act.APPROVE)
    return one


async def _editor(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> str:
    """The workspace, of somebody who may choose. Raises UserError for others."""
    workspace_id = workspace_of(body)
    await refuse_unless(desk, client, workspace_id, body["user"]["id"], Act.APPROVE)
    return workspace_id


async def _kept(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    done = _("It’s kept; everybody can read it.")
    await ack(response_action="update", view=done_modal(_("Thank you"), done))
    await windows.follow(desk, client, body, workspace_of(body))
    await home.refresh(desk, client, workspace_of(body), body["user"]["id"])
