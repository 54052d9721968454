"""Something's wrong with this: hidden at once, told kindly, settled by an editor."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids, notices, publishing
from bot.desk import Desk
from bot.editors import editors_for
from bot.failures import whisper
from bot.listeners.clicks import Click, may_click, open_view, refuse, workspace_of
from bot.messages import reports
from bot.messages.blocks import values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act, may
from bot.restating import editors_note, title_of
from bot.settings import Settings
from storage import audit, reactions, stories
from storage.reactions import Report
from stories.errors import UserError
from stories.language import _
from stories.story import StoryState, Telling
from stories.text import clean


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to readers who saw something wrong, and to editors who decide."""
    app.action(ids.STORY_WRONG)(ask_what)
    app.view(ids.STORY_WRONG_VIEW)(hide)
    app.action(ids.REPORT_PUT_BACK)(settle)
    app.action(ids.REPORT_KEEP_HIDDEN)(settle)
    app.action(ids.REPORTS_EARLIER)(turn_page)
    app.action(ids.REPORTS_LATER)(turn_page)


async def ask_what(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask what is wrong with a story."""
    click = await may_click(desk, client, body, Act.REPORT)
    async with desk.read() as session:
        telling = await click.telling(session, desk)
    await open_view(client, body, reports.wrong_modal(telling))
    await ack()


async def hide(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Hide the story wherever it stands, and tell its author and the editors why."""
    given = values_of(view)
    click = Click(
        workspace_id=workspace_of(body),
        user_id=body["user"]["id"],
        story_id=json.loads(view["private_metadata"])["story"],
        channel_id=None,
    )
    await refuse(desk, client, click, Act.REPORT)
    wrong = reports.words_for(reports.Wrong(given["wrong"]))
    more = clean(given["more"] or "")
    async with desk.begin() as session:
        telling = await click.telling(session, desk)
        await _hide(session, click, telling, f"{wrong}.\n{more}" if more else wrong, desk)
    desk.wake_outbox()
    said = _(
        "It is hidden now. Its author and an editor will look at it, and you will hear what became of it."
    )
    await ack(response_action="update", view=done_modal(_("Thank you"), said))


async def open_page(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, *, skip: int = 0
) -> dict[str, Any]:
    """A page of the reports that no editor has settled. Raises UserError for somebody who is none."""
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        if not may(actor, Act.READ_REPORTS):
            raise UserError(_("Only editors see what was reported. A Firsthand admin can name you one."))
        found = await reactions.open_reports(session, workspace_id, most=reports.PAGE + 1, skip=skip)
        notes = [await _asked(session, workspace_id, one, desk) for one in found[: reports.PAGE]]
    if skip and not found:
        return await open_page(desk, client, workspace_id, user_id)
    standing = [note for note in notes if note is not None]
    return reports.open_list(standing, skip=skip, more=len(found) > reports.PAGE)


async def turn_page(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Put another page of reports in the place of the one that stands."""
    skip = int(body["actions"][0]["value"])
    payload = await open_page(desk, client, workspace_of(body), body["user"]["id"], skip=skip)
    await ack()
    await respond(response_type="ephemeral", replace_original=True, **payload)


async def _asked(
    session: AsyncSession, workspace_id: str, report: Report, desk: Desk
) -> dict[str, Any] | None:
    story = await stories.get(session, workspace_id, report.story_id)
    if story is None:
        return None
    return editors_note(report, story, await title_of(session, workspace_id, story, desk.now()))


async def settle(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Carry out what an editor decided, and tell everybody whom it concerns."""
    workspace_id, user_id, action = workspace_of(body), body["user"]["id"], body["actions"][0]
    put_back = action["action_id"] == ids.REPORT_PUT_BACK
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.begin() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        if not may(actor, Act.SETTLE_REPORT):
            raise UserError(_("Only editors can decide about this. Ask a Firsthand admin to name you one."))
        report = await reactions.get_report(session, workspace_id, int(action["value"]))
        if report is None or report.outcome:
            raise UserError(_decided())
        await decide(session, workspace_id, report, put_back=put_back, by=user_id, desk=desk)
    await ack()
    desk.wake_outbox()
    await whisper(client, body, _("Done; everybody concerned hears of it."))


async def _hide(session: AsyncSession, click: Click, telling: Telling, reason: str, desk: Desk) -> None:
    workspace_id, now = click.workspace_id, desk.now()
    report_id = await reactions.report(
        session, workspace_id, click.story_id, reporter_id=click.user_id, reason=reason, now=now
    )
    await publishing.withdraw(
        session, workspace_id, click.story_id, by=click.user_id, now=now, state=StoryState.HIDDEN
    )
    for_author = reports.author_note(title=telling.title, reason=reason, story_id=click.story_id)
    for_editor = reports.editor_note(
        title=telling.title,
        reason=reason,
        author=telling.author_id,
        reporter=click.user_id,
        report_id=report_id,
        story_id=click.story_id,
    )
    editors = await editors_for(session, workspace_id, but=telling.author_id)
    hear = [(telling.author_id, "author", for_author), *((one, "editor", for_editor) for one in editors)]
    for user_id, part, said in hear:
        slot, about = f"report:{report_id}:{part}", {click.story_id}
        await notices.plan(session, workspace_id, user_id, slot, said, about=about, now=now)


def _decided() -> str:
    return _("Somebody has decided about this already.")


async def decide(
    session: AsyncSession, workspace_id: str, report: Report, *, put_back: bool, by: str, desk: Desk
) -> None:
    """Settle an open report. Raises UserError where it is settled, or its story is gone."""
    story = await stories.get(session, workspace_id, report.story_id)
    if story is None:
        raise UserError(publishing.gone())
    now, outcome = desk.now(), "put_back" if put_back else "kept_hidden"
    if not await reactions.settle(session, workspace_id, story.id, by=by, outcome=outcome, now=now):
        # Another editor was quicker, and decided otherwise perhaps.
        raise UserError(_decided())
    if put_back:
        await publishing.publish(session, workspace_id, story.id, by=by, now=now, settled=True)
    entry = audit.Entry(
        at=now,
        actor_id=by,
        act="settle",
        object_kind="report",
        object_id=str(report.id),
        detail={"outcome": outcome},
    )
    await audit.note(session, workspace_id, entry)
    await notices.refresh(session, workspace_id, story.id, now=now)
    title = await title_of(session, workspace_id, story, now)
    for user_id, part in ((story.interview.author_id, "author"), (report.reporter_id, "reporter")):
        said = reports.settled_note(f"{outcome}_{part}", title=title, by=by)
        if user_id != by:
            slot, about = f"settled:{report.id}:{part}", {story.id}
            await notices.plan(session, workspace_id, user_id, slot, said, about=about, now=now)
