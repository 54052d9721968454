"""A project and why it began: as anybody sees it with /why, and as its message in the channel."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot import ids
from bot.avatars.sayings import Saying
from bot.messages import beyond, blocks
from bot.messages.avatar import as_avatar, not_a_person, often, voiced
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.listening import control
from storage.project_pins import Pin
from stories.avatars.evidence import Ref
from stories.avatars.project import Change, FoundingReason, Project, ProjectState
from stories.language import _
from stories.text import shortened

MOST_SHOWN = 3
"""Quotes of one reason that are shown."""
MOST_CHANGES = 8

Said = Mapping[Ref, Saying]
"""What may be said now, by whose words they are."""


def view(
    project: Project, said: Said, changes: Sequence[Change], *, may_change: bool, notice: str = ""
) -> Block:
    """The project, its goal, its reasons with their quotes, and what was changed on the way."""
    body = [
        *([blocks.section(notice)] if notice else []),
        *_about(project),
        *_reasons(project, said, may_change=may_change),
        blocks.divider(),
        *_controls(project, may_change=may_change),
        blocks.context(not_a_person(project, said.values())),
        *_history(changes),
    ]
    return blocks.modal(
        _("Why we do this"),
        body,
        callback_id=ids.WHY_VIEW,
        close=_("Close"),
        private_metadata=json.dumps({"project": project.id}),
    )


def message(project: Project, said: Said, pin: Pin) -> dict[str, Any]:
    """The avatar's own message in the channel, which follows every change."""
    said_last = _("This project is done.") if project.state is ProjectState.DONE else _how(pin)
    body = [
        blocks.header(_("Why we do this: {project}").format(project=project.name)),
        *_about(project)[1:],
        *_reasons(project, said, may_change=False),
        blocks.context(not_a_person(project, said.values())),
        blocks.actions(blocks.button(_("Why we do this"), ids.WHY_SHOW, str(project.id))),
        blocks.context(said_last),
    ]
    hello = _("I’m {name}, the avatar of {project}. Why we do this: {goal}").format(
        name=project.face.name, project=project.name, goal=project.goal
    )
    return as_avatar(project, escaped(hello), body)


def outcome(project: Project, said: Said) -> dict[str, Any]:
    """What came of a project that is done, and the customers' part in it."""
    quotes = [said[ref] for reason in project.reasons for ref in reason.evidence if ref in said]
    chosen = list(dict.fromkeys(quotes))[:MOST_SHOWN]
    part = _("It began with what customers told us:")
    lead = _("*{project} is done.* {outcome}").format(
        project=escaped(project.name), outcome=escaped(project.outcome)
    )
    body = [
        blocks.section(lead),
        *([blocks.section(part)] if chosen else []),
        *(block for saying in chosen for block in voiced(saying)),
        blocks.actions(blocks.button(_("Tell it as a story"), ids.WHY_STORY, str(project.id))),
        blocks.context(not_a_person(project, said.values())),
    ]
    return as_avatar(project, escaped(f"{project.name}: {project.outcome}"), body)


def _how(pin: Pin) -> str:
    """How to ask, and how this message stays at hand."""
    if not pin.wanted:
        return _(
            "Ask me with @Firsthand. Pin this message to keep it at hand: it stays up to date by itself."
        )
    if not pin.trouble:
        return _("Ask me with @Firsthand. This message stays pinned here, and up to date by itself.")
    if pin.trouble == "missing_scope":
        said = _("I may not pin it myself: Slack’s permission pins:write is missing.")
    else:
        said = _("Slack didn’t let me pin it ({reason}).").format(reason=escaped(pin.trouble))
    asked = _("Ask me with @Firsthand. Please pin this message by hand: it stays up to date by itself. {why}")
    return asked.format(why=said)


def _about(project: Project) -> list[Block]:
    who = escaped(project.segment) if project.segment else _("all customers")
    about = _(
        "For {who} · set up by {owner} · {name} {emoji} speaks for them, {often} and when asked"
    ).format(
        who=who,
        owner=f"<@{project.owner_id}>",
        name=escaped(project.face.name),
        emoji=project.face.emoji,
        often=often(project.rhythm),
    )
    return [
        blocks.header(project.name),
        blocks.section(escaped(project.goal)),
        blocks.context(about),
    ]


def _reasons(project: Project, said: Said, *, may_change: bool) -> list[Block]:
    return [
        block for at, one in enumerate(project.reasons, 1) for block in _reason(one, at, said, may_change)
    ]


def _reason(reason: FoundingReason, at: int, said: Said, may_change: bool) -> list[Block]:
    change = blocks.button(_("Change…"), ids.WHY_REASON, str(reason.id)) if may_change else None
    quotes = [said[ref] for ref in reason.evidence if ref in said][-MOST_SHOWN:]
    none = _("Nobody’s words stand behind this yet that may be quoted here.")
    return [
        blocks.section(f"*{at}. {escaped(reason.words)}*", accessory=change),
        *(block for saying in quotes for block in voiced(saying)),
        *([] if quotes else [blocks.context(none)]),
    ]


def _controls(project: Project, *, may_change: bool) -> list[Block]:
    talk = blocks.button(_("Plan a conversation"), ids.TALK_PLAN)
    own = str(project.id)
    if project.state is ProjectState.DONE:
        return [blocks.actions(talk, *([beyond.control(project)] if may_change else []))]
    if not may_change:
        return [blocks.actions(talk, control(project))]
    return [
        blocks.actions(
            blocks.button(_("Add a reason"), ids.WHY_REASON_NEW, own, style="primary"),
            talk,
            blocks.button(_("Project and avatar…"), ids.WHY_PROJECT, own),
            blocks.button(_("It’s done…"), ids.WHY_DONE, own),
            control(project),
            beyond.control(project),
        )
    ]


def _history(changes: Sequence[Change]) -> list[Block]:
    lines = [_change(one) for one in changes[:MOST_CHANGES]]
    return [blocks.context(_("What changed, newest first") + "\n" + "\n".join(lines))] if lines else []


def _change(change: Change) -> str:
    what = {
        "set_up": _("set this up"),
        "reason_added": _("added a reason"),
        "reason_changed": _("put a reason in other words"),
        "reason_given_up": _("gave a reason up"),
        "evidence_changed": _("changed the quotes behind a reason"),
        "project_changed": _("changed the project or its avatar"),
        "done": _("ended the project"),
        "listening_on": _("switched listening on"),
        "listening_off": _("switched listening off"),
        "tracker_on": _("switched the avatar on beyond Slack"),
        "tracker_off": _("switched the avatar off beyond Slack"),
        "tracker_outsiders": _("let people from outside read it beyond Slack"),
        "swerve_good_point": _("agreed that the talk had left a reason"),
        "swerve_on_purpose": _("said that the talk left a reason on purpose"),
        "swerve_not_now": _("put off that the talk had left a reason"),
        "swerve_wrong": _("said that the talk had not left a reason"),
    }.get(change.what, _("changed something"))
    words, why = escaped(shortened(change.words, 120)), escaped(shortened(change.why, 120))
    who = f"<@{change.by}>" if change.by.startswith(("U", "W")) else _("Firsthand")
    parts = (f"{day(change.at.date())}: {who} {what}", words, why)
    return " · ".join(part for part in parts if part)
