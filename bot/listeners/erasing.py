"""Taking back, for privacy officers and admins: whom, what would go, yes; and one's own wish to go."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.asking import Subject
from bot.erasing.exporting import export
from bot.erasing.handing import hand_over
from bot.erasing.work import Worker, carry_on
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import erasing as words
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.notices import NOTICE
from bot.permissions import Act, Role
from bot.settings import Settings
from bot.tongues import said_to
from storage import deliveries, erasing, held, people, workspaces
from storage.deliveries import Post
from storage.holdings import About
from stories.errors import UserError
from stories.language import _
from stories.text import one_line

MOST_OFFERED = 20
LONGEST_NUMBER = 18
"""Digits of the longest number that a database takes."""


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the views of taking back, and to the two buttons of App Home."""
    app.options(ids.ERASE_CUSTOMER)(offer_customers)
    app.view(ids.ERASE_VIEW)(show_what_goes)
    app.view(ids.ERASE_CONFIRM_VIEW)(say_yes)
    app.view(ids.EXPORT_VIEW)(hand_over_chosen)
    app.action(ids.ERASE_OPEN)(open_wish)
    app.action(ids.HOME_HELD)(hand_over_own)
    app.action(ids.HOME_ERASE_ME)(ask_to_go)


async def erase_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The view in which somebody is chosen. Raises UserError for others."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.ERASE)
    return words.choose_modal(exporting=False, everything=True)


async def export_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The same for seeing what is held."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.EXPORT)
    return words.choose_modal(exporting=True)


async def progress(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, again: str = ""
) -> str:
    """How far erasures are; `again` asks Slack once more about the one of this number."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.ERASE)
    if again:
        async with desk.begin() as session:
            opened = (
                again.isdecimal()
                and len(again) <= LONGEST_NUMBER
                and await erasing.open_again(session, workspace_id, int(again))
            )
        if not opened:
            raise UserError(_("There is no finished erasure of this number."))
    async with desk.read() as session:
        return words.progress(await erasing.latest(session, workspace_id))


async def offer_customers(
    ack: AsyncAck, payload: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, desk: Desk
) -> None:
    """Customers whose name or company holds what was typed, whoever wrote them down."""
    workspace_id, typed = context.team_id or "", one_line(payload.get("value") or "")
    await refuse_unless(desk, client, workspace_id, context.user_id or "", Act.EXPORT)
    async with desk.read() as session:
        known = await held.customers_like(session, workspace_id, typed, most=MOST_OFFERED)
    await ack(options=[words.customer_option(one.id, one.name or one.alias, one.company) for one in known])


async def show_what_goes(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Put what would go in the place of the choice."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.ERASE)
    whom = await _chosen(desk, client, workspace_id, view)
    await ack(response_action="update", view=await _confirming(desk, workspace_id, whom))


async def open_wish(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show what would go of somebody who asked to be erased."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.ERASE)
    about, _colon, key = body["actions"][0]["value"].partition(":")
    whom = await _subject(desk, client, workspace_id, About(about), key)
    await open_view(client, body, await _confirming(desk, workspace_id, whom))
    await ack()


async def say_yes(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Begin it, once their name is typed; what is stored is gone before anybody looks again."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.ERASE)
    meant = json.loads(view["private_metadata"])
    typed = values_of(view)["typed"] or ""
    whom = await _subject(desk, client, workspace_id, About(meant["about"]), meant["key"], typed=typed)
    asking.refuse_other_name(whom, typed, meant["key"])
    async with desk.begin() as session:
        also = values_of(view).get(words.ALSO) or ()
        await asking.begin(session, workspace_id, whom, by=user_id, now=desk.now(), also=also)
    said = words.begun(command=desk.settings.firsthand_channel_command)
    await ack(response_action="update", view=done_modal(_("It has begun"), said))
    await carry_on(Worker(database=desk.database, now=desk.now, desk=desk), workspace_id)


async def hand_over_chosen(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Send whoever asked all that is held about the one they chose."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.EXPORT)
    whom = await _chosen(desk, client, workspace_id, view)
    await ack(response_action="update", view=done_modal(_("On its way"), words.preparing()))
    await _hand_over(desk, client, workspace_id, whom, to=user_id)


async def hand_over_own(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Send somebody all that is held about themself: nobody has to be asked."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await open_view(client, body, done_modal(_("On its way"), words.preparing()))
    await ack()
    whom = await _subject(desk, client, workspace_id, About.EMPLOYEE, user_id)
    await _hand_over(desk, client, workspace_id, whom, to=user_id)


async def ask_to_go(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask those who look after privacy here to erase whoever clicked."""
    workspace_id, user_id, now = workspace_of(body), body["user"]["id"], desk.now()
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.begin() as session:
        asked = await people.holders(session, workspace_id, Role.PRIVACY)
        installer = await workspaces.installer(session, workspace_id)
        officers = asked or ((installer,) if installer else ())
        if not officers:
            said = _(
                "Nobody looks after privacy here yet, so nobody would hear of it. Please have a workspace "
                "admin name somebody with {command} people, and ask again."
            )
            raise UserError(said.format(command=desk.settings.firsthand_channel_command))
        for officer in officers:
            slot = f"erase_me:{user_id}:{now.date()}"
            say = partial(words.wants_to_go, user_id)
            payload = await said_to(session, workspace_id, officer, say)
            post = Post(channel_id=officer, kind=NOTICE, slot_key=slot, payload=payload)
            await deliveries.plan(session, workspace_id, post, now=now)
    await open_view(client, body, done_modal(_("Passed on"), words.passed_on()))
    await ack()
    desk.wake_outbox()


async def _hand_over(
    desk: Desk, client: AsyncWebClient, workspace_id: str, whom: Subject, *, to: str
) -> None:
    async with desk.read() as session:
        made = await export(
            session, workspace_id, whom.about, whom.object_key, called=whom.called, now=desk.now()
        )
    await hand_over(desk, client, workspace_id, made, to=to)


async def _confirming(desk: Desk, workspace_id: str, whom: Subject) -> Block:
    async with desk.read() as session:
        found = await asking.preview(session, workspace_id, whom)
    return words.confirm_modal(
        whom.about,
        whom.object_key,
        whom.called,
        rows=found.rows,
        named=found.named,
        posts=found.posts,
        maybe=found.maybe,
    )


async def _chosen(desk: Desk, client: AsyncWebClient, workspace_id: str, view: dict[str, Any]) -> Subject:
    """The one that was chosen. Raises UserError for none, or several."""
    given = values_of(view)
    chosen = [
        (about, str(given[field]))
        for about, field in ((About.CUSTOMER, words.CUSTOMER), (About.EMPLOYEE, words.COLLEAGUE))
        if given.get(field)
    ]
    if answered := one_line(given.get(words.RESPONDENT) or ""):
        chosen.append((About.RESPONDENT, answered))
    if given.get(words.EVERYTHING):
        chosen.append((About.WORKSPACE, workspace_id))
    if len(chosen) != 1:
        raise UserError(
            _("Please choose one, and one alone: that is easier to look through."), field=words.CUSTOMER
        )
    about, key = chosen[0]
    return await _subject(desk, client, workspace_id, about, key, typed=key)


async def _subject(
    desk: Desk, client: AsyncWebClient, workspace_id: str, about: About, key: str, *, typed: str = ""
) -> Subject:
    """Whom that is; somebody who answered surveys by what was `typed`, as their key is kept as a hash."""
    name = ""
    if about is About.RESPONDENT:
        async with desk.begin() as session:
            return await asking.respondent(session, workspace_id, typed)
    if about is About.EMPLOYEE:
        name = (await desk.colleagues.get(client, workspace_id, key)).name
    async with desk.read() as session:
        return await asking.subject(session, workspace_id, about, key, name=name)
