"""Listening to channels, switching it on and off, and what people answer when the avatar speaks up."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot.avatars import listening_switch, setting_up, speaking_up
from bot.avatars.listening import Ears, talk_in
from bot.avatars.swerves import Spoken, spoken
from bot.avatars.times import times_of
from bot.desk import Desk
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.messages import listening as words
from bot.messages.blocks import values_of
from bot.messages.speaking_up import on_purpose_view
from bot.settings import Settings
from storage import listening as store
from stories.avatars.project import Project
from stories.drift.remembered import KICK_OFF, from_numbers
from stories.drift.speaking import Answer
from stories.drift.watch import CALIBRATION
from stories.errors import UserError
from stories.language import _
from stories.text import clean, one_line, says_something

_SAID = {
    ids.SWERVE_GOOD_POINT: Answer.GOOD_POINT,
    ids.SWERVE_NOT_NOW: Answer.NOT_NOW,
    ids.SWERVE_WRONG: Answer.WRONG,
}


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what is written in channels, to the switch, and to answers."""
    listener = _Listener(Ears())
    app.event({"type": "message", "channel_type": "channel"}, matchers=[_in_channel])(listener.overhear)
    app.event({"type": "message", "channel_type": "group"}, matchers=[_in_channel])(listener.overhear)
    app.action(ids.LISTENING_OPEN)(explain)
    app.view(ids.LISTENING_ON_VIEW)(listener.switch_on)
    app.view(ids.LISTENING_OFF_VIEW)(listener.switch_off)
    for action_id in _SAID:
        app.action(action_id)(answer)
    app.action(ids.SWERVE_ON_PURPOSE)(ask_why)
    app.view(ids.SWERVE_ON_PURPOSE_VIEW)(on_purpose)
    app.action(ids.SWERVE_TELL)(tell)


class _Listener:
    """What needs this process's ears."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears

    async def overhear(self, event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
        """Take in what somebody wrote in a channel, where somebody switched that on; drop all else."""
        talk = talk_in(event)
        if talk is not None and await self._ears.hear(desk, context.team_id or "", talk):
            desk.wake_outbox()

    async def switch_on(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        desk: Desk,
    ) -> None:
        """Somebody read the explanation and wants it."""
        workspace_id, user_id = workspace_of(body), body["user"]["id"]
        await refuse_guests(desk, client, workspace_id, user_id)
        project = await _project_of(desk, body)
        await listening_switch.refuse_where_it_cannot(client, project, context.bot_user_id or "")
        async with desk.begin() as session:
            await listening_switch.switch_on(session, workspace_id, project, by=user_id, now=desk.now())
        self._switched(desk, workspace_id)
        await ack()

    async def switch_off(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk
    ) -> None:
        """Somebody wants it no more."""
        workspace_id, user_id = workspace_of(body), body["user"]["id"]
        await refuse_guests(desk, client, workspace_id, user_id)
        project = await _project_of(desk, body)
        async with desk.begin() as session:
            await listening_switch.switch_off(session, workspace_id, project, by=user_id, now=desk.now())
        self._switched(desk, workspace_id)
        await ack()

    def _switched(self, desk: Desk, workspace_id: str) -> None:
        self._ears.look_again(workspace_id)
        desk.wake_outbox()


async def explain(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """What listening is, and its switch."""
    workspace_id = workspace_of(body)
    await refuse_guests(desk, client, workspace_id, body["user"]["id"])
    async with desk.read() as session:
        project = await setting_up.known(session, workspace_id, int(body["actions"][0]["value"]))
        kept = (await store.look(session, workspace_id, [project.id])).get(project.id, store.Kept())
    watch = from_numbers(kept.state).listening.watch
    heard = KICK_OFF + CALIBRATION if watch.calibrated else kept.kick_off_windows + len(watch.scores)
    await open_view(client, body, words.view(project, windows=heard, needed=KICK_OFF + CALIBRATION))
    await ack()


async def answer(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """*Good point*, *Not now* or *You’re wrong*."""
    action = body["actions"][0]
    await _take(body, client, desk, int(action["value"]), _SAID[action["action_id"]])
    await ack()


async def ask_why(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """*On purpose: here’s why* asks why."""
    workspace_id = workspace_of(body)
    await refuse_guests(desk, client, workspace_id, body["user"]["id"])
    async with desk.read() as session:
        said = await _said(session, workspace_id, int(body["actions"][0]["value"]), desk)
    await open_view(client, body, on_purpose_view(said.project, said.reason, said.line.id))
    await ack()


async def on_purpose(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Keep why the course changed, and change the reasons with it where they are to."""
    values = values_of(body["view"])
    why, new = clean(values.get("why") or ""), one_line(values.get("reason") or "")
    if not says_something(why):
        raise UserError(_("Please say why in a sentence: it is kept beside the reasons."), field="why")
    if new and not says_something(new):
        raise UserError(_("Please say the new reason in a sentence, or leave it empty."), field="reason")
    line_id = int(json.loads(body["view"]["private_metadata"])["line"])
    drop = values.get("reason_state") == "give_up"
    await _take(body, client, desk, line_id, Answer.ON_PURPOSE, why=why, new=new, drop=drop)
    await ack()


async def tell(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """The owner wants the channel to hear it."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.begin() as session:
        said = await _said(session, workspace_id, int(body["actions"][0]["value"]), desk)
        if said.project.owner_id != user_id:
            raise UserError(_("Only the project’s owner can have the channel told."))
        if not await speaking_up.tell_channel(session, workspace_id, said, by=user_id, now=desk.now()):
            raise UserError(_("The channel has been told already."))
    desk.wake_outbox()
    await ack()


async def _take(
    body: dict[str, Any],
    client: AsyncWebClient,
    desk: Desk,
    line_id: int,
    given: Answer,
    *,
    why: str = "",
    new: str = "",
    drop: bool = False,
) -> None:
    workspace_id, user_id, now = workspace_of(body), body["user"]["id"], desk.now()
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        said = await _said(session, workspace_id, line_id, desk)
    day = await _day_there(desk, client, workspace_id, said.project)
    async with desk.begin() as session:
        reply = speaking_up.Reply(answer=given, by=user_id, day=day, at=now, why=why)
        if not await speaking_up.take_answer(session, workspace_id, said, reply):
            raise UserError(_("Somebody has answered this already."))
        if new:
            await setting_up.add_reason(session, workspace_id, said.project, new, (), by=user_id, now=now)
        if drop:
            project = await setting_up.known(session, workspace_id, said.project.id)
            await setting_up.give_up(session, workspace_id, project, said.reason, why, by=user_id, now=now)
    desk.wake_outbox()


async def _said(session: AsyncSession, workspace_id: str, line_id: int, desk: Desk) -> Spoken:
    found = await spoken(session, workspace_id, line_id, desk.now())
    if found is None:
        raise UserError(_("This doesn’t hold any more, so there is nothing to answer."))
    return found


async def _project_of(desk: Desk, body: dict[str, Any]) -> Project:
    project_id = int(json.loads(body["view"]["private_metadata"])["project"])
    async with desk.read() as session:
        return await setting_up.known(session, workspace_of(body), project_id)


async def _day_there(desk: Desk, client: AsyncWebClient, workspace_id: str, project: Project) -> date:
    times = await times_of(desk, client, workspace_id, project)
    return desk.now().astimezone(ZoneInfo(times.time_zone)).date()


async def _in_channel(event: dict[str, Any]) -> bool:
    return event.get("channel_type") in {"channel", "group"}
