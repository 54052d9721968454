"""What people send with the forms of /why, and what its searches offer."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.audience import audience, refuse_unheard
from bot.avatars import setting_up
from bot.avatars.asking import nearest
from bot.avatars.faces import chosen_file, take_picture
from bot.avatars.reading_form import as_new, mark_of, next_reminder, read_project
from bot.avatars.restating import refresh_why
from bot.avatars.sayings import sayings
from bot.avatars.survey_words import comments_about
from bot.avatars.times import times_of
from bot.avatars.wishes import keep_wishes, wants_pin
from bot.desk import Desk
from bot.guests import refuse_unknown_readers
from bot.listeners.clicks import refuse_guests, workspace_of
from bot.listeners.interview_showing import put
from bot.listeners.why import refuse_others, shown
from bot.messages import why_forms
from bot.messages.blocks import escaped, values_of
from bot.messages.reacting import done_modal
from bot.old_windows import refuse_overtaken
from bot.own_customers import learn
from bot.settings import Settings
from storage import offers, projects
from stories.avatars.evidence import Ref, parse
from stories.avatars.project import Project, Rhythm
from stories.errors import UserError
from stories.language import _
from stories.text import clean, one_line, says_something

MOST_OFFERED = 20


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the forms and their searches."""
    app.view(ids.WHY_PROJECT_VIEW)(save_project)
    app.view(ids.WHY_REASON_VIEW)(save_reason)
    app.view(ids.WHY_RHYTHM_VIEW)(save_rhythm)
    app.view(ids.WHY_DONE_VIEW)(save_outcome)
    app.options(ids.WHY_QUOTES)(offer_quotes)
    app.options(ids.WHY_SEGMENT)(offer_segments)


async def save_project(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Begin a channel's project, or change it; what it looks like now takes the form's place."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    about, values = json.loads(view["private_metadata"]), values_of(view)
    await refuse_guests(desk, client, workspace_id, user_id)
    file_id = chosen_file(view)
    if about["project"] is None:
        project = await _begin(desk, client, workspace_id, user_id, about["channel"], values)
        notice = _("It’s set up. {name} introduces itself in the channel; here is what everybody sees.")
        notice = notice.format(name=project.face.name)
    else:
        project = await _change(desk, client, workspace_id, user_id, about, values)
        notice = _("Its picture follows in a moment.") if file_id else ""
    desk.wake_outbox()
    seen = await shown(desk, client, workspace_id, user_id, project, notice=notice)
    await ack(response_action="update", view=seen)
    if file_id:
        # Fetching takes longer than Slack waits. What goes wrong is said above the project, which stands.
        try:
            await take_picture(desk, client, workspace_id, project, file_id, by=user_id)
        except UserError as wrong:
            notice = f":warning: {escaped(wrong.message)}"
            seen = await shown(desk, client, workspace_id, user_id, project, notice=notice)
            await put(client, body, seen)


async def save_reason(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep a new or changed reason, or that it was given up."""
    workspace_id, user_id, now = workspace_of(body), body["user"]["id"], desk.now()
    about, values = json.loads(view["private_metadata"]), values_of(view)
    project = await _own(desk, client, workspace_id, user_id, about["project"])
    words, quotes = _reason(values), _quotes(values)
    why = clean(values.get("why") or "")
    async with desk.begin() as session:
        if about["reason"] is None:
            await setting_up.add_reason(session, workspace_id, project, words, quotes, by=user_id, now=now)
        elif values.get("state"):
            reason = setting_up.standing(project, about["reason"])
            await setting_up.give_up(session, workspace_id, project, reason, why, by=user_id, now=now)
        else:
            reason = setting_up.standing(project, about["reason"])
            changed = setting_up.Reworded(words=words, quotes=tuple(quotes), why=why)
            await setting_up.change_reason(
                session, workspace_id, project, reason, changed, by=user_id, now=now
            )
        project = await setting_up.known(session, workspace_id, project.id)
    desk.wake_outbox()
    await ack(response_action="update", view=await shown(desk, client, workspace_id, user_id, project))


async def save_rhythm(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Have the avatar remind as often as somebody here wishes; who did it is kept."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_guests(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        project = await setting_up.known(
            session, workspace_id, json.loads(view["private_metadata"])["project"]
        )
    rhythm = Rhythm(values_of(view)["rhythm"])
    times = await times_of(desk, client, workspace_id, project)
    next_at = next_reminder(rhythm, times, desk.now())
    async with desk.begin() as session:
        # Slack was asked meanwhile: what else was changed since then stays.
        project = await setting_up.known(session, workspace_id, project.id)
        new = replace(as_new(project), rhythm=rhythm, next_at=next_at)
        await setting_up.change(session, workspace_id, project, new, "", by=user_id, now=desk.now())
    desk.wake_outbox()
    await ack(response_action="update", view=done_modal(_("Saved"), _("That’s how often from now on.")))


async def save_outcome(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """End a project and tell what came of it."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    project_id = json.loads(view["private_metadata"])["project"]
    project = await _own(desk, client, workspace_id, user_id, project_id)
    outcome = clean(values_of(view)["outcome"] or "")
    if not says_something(outcome):
        raise UserError(_("Please say in a sentence what came of it."), field="outcome")
    async with desk.begin() as session:
        await setting_up.finish(session, workspace_id, project, outcome, by=user_id, now=desk.now())
    desk.wake_outbox()
    said = _("Everybody in the channel reads it in a moment, with the customers’ words it began with.")
    await ack(response_action="update", view=done_modal(_("Done"), said))


async def offer_quotes(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any], desk: Desk) -> None:
    """Words that are about what is typed; the newest quotes while nothing is."""
    about = json.loads((body.get("view") or {}).get("private_metadata") or "{}")
    workspace_id, typed = workspace_of(body), one_line(payload.get("value") or "")
    async with desk.read() as session:
        project = await projects.get(session, workspace_id, about.get("project") or 0)
        segment = project.segment if project else ""
        known = await sayings(session, workspace_id, desk.now(), body["user"]["id"], segment=segment)
    found = await nearest(typed, known, most=MOST_OFFERED) if typed else known
    written = await comments_about(desk, workspace_id, typed, segment=segment)
    # What holds just these letters comes first: people also type a beginning.
    holding = [one for one in known if typed and typed.casefold() in one.words.casefold()]
    quotes = list(dict.fromkeys([*holding, *found]))
    # Both kinds get their share of the list, whichever there is more of.
    few = max(MOST_OFFERED - len(written), MOST_OFFERED // 2)
    offered = [*quotes[:few], *written][:MOST_OFFERED]
    await ack(options=[why_forms.quote_option(one) for one in offered])


async def offer_segments(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any], desk: Desk) -> None:
    """Kinds of customer that hold what is typed."""
    typed = one_line(payload.get("value") or "").casefold()
    async with desk.read() as session:
        known = (await offers.topics(session, workspace_of(body))).segments
    fitting = [name for name in known if typed in name.casefold()][:MOST_OFFERED]
    await ack(options=why_forms.segment_options(fitting))


async def _begin(
    desk: Desk,
    client: AsyncWebClient,
    workspace_id: str,
    user_id: str,
    channel_id: str,
    values: dict[str, Any],
) -> Project:
    refuse_unheard(await audience(client, channel_id))
    await refuse_unknown_readers(desk, client, workspace_id, channel_id)
    await learn(desk, client, workspace_id, channel_id)
    now, reason = desk.now(), _reason(values)
    new = read_project(values, channel_id, user_id, None)
    times = await times_of(desk, client, workspace_id, new)
    new = replace(new, next_at=next_reminder(new.rhythm, times, now))
    quotes = _quotes(values)
    async with desk.begin() as session:
        return await setting_up.begin(
            session, workspace_id, new, reason, quotes, by=user_id, now=now, pinned=wants_pin(values)
        )


async def _change(
    desk: Desk,
    client: AsyncWebClient,
    workspace_id: str,
    user_id: str,
    about: dict[str, Any],
    values: dict[str, Any],
) -> Project:
    project = await _own(desk, client, workspace_id, user_id, about["project"])
    picture = project.face.picture
    new = read_project(values, project.channel_id, project.owner_id, project.next_at, picture=picture)
    if new.rhythm is not project.rhythm:
        times = await times_of(desk, client, workspace_id, project)
        new = replace(new, next_at=next_reminder(new.rhythm, times, desk.now()))
    why = clean(values.get("why") or "")
    async with desk.begin() as session:
        standing = await setting_up.known(session, workspace_id, project.id)
        refuse_overtaken(about.get("seen", ""), mark_of(standing))
        await setting_up.change(session, workspace_id, project, new, why, by=user_id, now=desk.now())
        await keep_wishes(session, workspace_id, project, values, now=desk.now())
        await refresh_why(session, workspace_id, project.id, now=desk.now())
        return await setting_up.known(session, workspace_id, project.id)


async def _own(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, project_id: int
) -> Project:
    async with desk.read() as session:
        project = await setting_up.known(session, workspace_id, project_id)
    await refuse_others(desk, client, workspace_id, user_id, project)
    return project


def _reason(values: dict[str, Any]) -> str:
    words = one_line(values.get("reason") or "")
    if not says_something(words):
        raise UserError(_("Please say in a sentence why you began it."), field="reason")
    return words


def _quotes(values: dict[str, Any]) -> list[Ref]:
    return [ref for one in values.get(ids.WHY_QUOTES) or () if (ref := parse(str(one)))]
