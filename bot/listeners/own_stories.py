"""An author's own stories: looked at, published, withdrawn."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team, home, ids, publishing, showing
from bot.deciding import refuse_undecided
from bot.desk import Desk
from bot.failures import whisper
from bot.listeners.clicks import Click, click_of, open_view, workspace_of
from bot.messages import own_stories
from bot.messages.reacting import done_modal
from bot.moderation import hold
from bot.permissions import Act, Actor, Thing, may
from bot.settings import Settings
from storage import follow_ups, moderation, stories
from stories.consent import Purpose
from stories.errors import UserError
from stories.flags import flags_in
from stories.language import _
from stories.story import Story, StoryState, preview


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to authors (and editors) at their stories."""
    app.action(ids.STORY_PREVIEW)(look)
    app.action(ids.STORY_PUBLISH)(publish)
    app.view(ids.STORY_PUBLISH_VIEW)(publish_flagged)
    app.action(ids.STORY_WITHDRAW)(withdraw)
    app.action(ids.OWN_NEWER)(turn_page)
    app.action(ids.OWN_OLDER)(turn_page)


async def own_page(desk: Desk, workspace_id: str, user_id: str, *, skip: int) -> dict[str, Any]:
    """A page of somebody's own stories, with what came of each."""
    page = own_stories.PAGE
    async with desk.read() as session:
        found = await stories.of_author(session, workspace_id, user_id, most=page + 1, skip=skip)
        levels = await showing.levels(session, workspace_id, found, desk.now())
        team = await account_team.how_many(session, workspace_id, found[:page], desk.now())
        rows = [
            own_stories.own_story(
                own,
                level=level,
                came=await _came_of(session, workspace_id, own),
                team=team.get(own.id, 0),
            )
            for own, level in zip(found[:page], levels, strict=False)
        ]
    if not rows and not skip:
        return own_stories.none_of_mine(desk.settings.firsthand_interview_command)
    return own_stories.own_list(rows, skip=skip, more=len(found) > page)


async def turn_page(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, desk: Desk) -> None:
    """Put another page of one's own stories in the place of the one that stands."""
    skip = int(body["actions"][0]["value"])
    payload = await own_page(desk, workspace_of(body), body["user"]["id"], skip=skip)
    await ack()
    await respond(response_type="ephemeral", replace_original=True, **payload)


async def _show_again(body: dict[str, Any], respond: AsyncRespond, desk: Desk) -> None:
    """Where somebody clicked in a list of their stories, it tells at once what has become of this one."""
    skip = own_stories.skipped_in(body["actions"][0]["block_id"])
    if skip is not None:
        payload = await own_page(desk, workspace_of(body), body["user"]["id"], skip=skip)
        await respond(response_type="ephemeral", replace_original=True, **payload)


async def look(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show an author (or an editor, while it is hidden) the story exactly as a channel reads it."""
    click = click_of(body)
    await desk.colleagues.get(client, click.workspace_id, click.user_id)
    async with desk.read() as session:
        own, actor = await _own(session, click, client, desk)
        level = (await showing.levels(session, click.workspace_id, [own], desk.now()))[0]
        waits_for = (await moderation.terms(session, click.workspace_id, own.id)).waits_for
    mine = may(actor, Act.READ_OWN, Thing(owner_id=own.interview.author_id))
    reported = own.state is StoryState.HIDDEN and may(actor, Act.READ_REPORTS)
    asked = waits_for == moderation.EDITOR and may(actor, Act.APPROVE)
    if not (mine or reported or asked):
        raise UserError(publishing.gone())
    await open_view(client, body, own_stories.preview_modal(own, level, for_author=mine))
    await ack()


async def publish(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Let one's own story be told; one with something to look at once more is shown with that first."""
    click = click_of(body)
    await desk.colleagues.get(client, click.workspace_id, click.user_id)
    async with desk.begin() as session:
        own, level = await _publishable(session, click, client, desk)
        telling = preview(own, level)
        flagged = telling if telling and flags_in(telling) else None
        told = "" if flagged else await _publish(session, click, own, desk)
    if flagged:
        await open_view(client, body, own_stories.publish_modal(own, flagged))
        await ack()
        return
    await ack()
    desk.wake_outbox()
    await _show_again(body, respond, desk)
    await whisper(client, body, told)
    await home.refresh(desk, client, click.workspace_id, click.user_id)


async def publish_flagged(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """The author's yes to a story whose deals, prices, health or colleagues they have looked at once more."""
    click = Click(
        workspace_id=workspace_of(body),
        user_id=body["user"]["id"],
        story_id=int(view["private_metadata"]),
        channel_id=None,
    )
    await desk.colleagues.get(client, click.workspace_id, click.user_id)
    async with desk.begin() as session:
        own, _level = await _publishable(session, click, client, desk)
        told = await _publish(session, click, own, desk)
    desk.wake_outbox()
    await ack(response_action="update", view=done_modal(_("Thank you"), told))
    await home.refresh(desk, client, click.workspace_id, click.user_id)


async def _publishable(
    session: AsyncSession, click: Click, client: AsyncWebClient, desk: Desk
) -> tuple[Story, Purpose]:
    """One's own story, and how far it may travel. Raises UserError for what nobody may publish like this."""
    own, actor = await _own(session, click, client, desk)
    _refuse_unless(may(actor, Act.EDIT, Thing(owner_id=own.interview.author_id)))
    level = (await showing.levels(session, click.workspace_id, [own], desk.now()))[0]
    refuse_undecided(own, level)
    return own, level


async def _publish(session: AsyncSession, click: Click, own: Story, desk: Desk) -> str:
    """Publish a story, or have it wait for whom or what it has to; what its author hears."""
    waits = await hold(session, click.workspace_id, own, by=click.user_id, now=desk.now())
    if waits:
        return waits
    await publishing.publish(session, click.workspace_id, own.id, by=click.user_id, now=desk.now())
    return _("Published. Channels hear it in their next digest; share it yourself if it is urgent.")


async def withdraw(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Take a story back from wherever it stands."""
    click = click_of(body)
    await desk.colleagues.get(client, click.workspace_id, click.user_id)
    async with desk.begin() as session:
        own, actor = await _own(session, click, client, desk)
        _refuse_unless(may(actor, Act.WITHDRAW, Thing(owner_id=own.interview.author_id)))
        changed = await publishing.withdraw(
            session, click.workspace_id, own.id, by=click.user_id, now=desk.now()
        )
    await ack()
    desk.wake_outbox()
    await _show_again(body, respond, desk)
    done = _("Withdrawn. It is disappearing from every channel; you can publish it again at any time.")
    await whisper(
        client, body, done if changed else _("Nobody else sees this story, so there is nothing to withdraw.")
    )
    await home.refresh(desk, client, click.workspace_id, click.user_id)


async def _own(
    session: AsyncSession, click: Click, client: AsyncWebClient, desk: Desk
) -> tuple[Story, Actor]:
    own = await stories.get(session, click.workspace_id, click.story_id)
    if own is None:
        raise UserError(publishing.gone())
    return own, await desk.colleagues.actor(session, client, click.workspace_id, click.user_id)


async def _came_of(session: AsyncSession, workspace_id: str, own: Story) -> list[own_stories.Came]:
    taken_on = await follow_ups.of_story(session, workspace_id, own.id)
    standing = (one for one in taken_on if one.outcome != follow_ups.LET_GO)
    acts = [one for one in standing if one.kind == follow_ups.ACT]
    return [(one.owner_id, one.what, one.done_at is not None) for one in acts]


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise UserError(_("Only the one who wrote this story (or an editor) can do that."))
