"""Listening explained where it is switched on and off: what is read, what is never stored, how to stop it."""

from __future__ import annotations

import json
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.avatar import as_avatar
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from stories.avatars.project import Project
from stories.language import _, ngettext


def control(project: Project) -> Block:
    """The button in `/why` that leads here."""
    return blocks.button(_("Listening…"), ids.LISTENING_OPEN, str(project.id))


def view(project: Project, *, windows: int, needed: int) -> Block:
    """The explanation, with the switch. `windows` have been heard of the `needed` before anything is said."""
    return _off(project) if project.listens_since is None else _on(project, windows, needed)


def explained(project: Project) -> list[Block]:
    """What listening is, in four short paragraphs."""
    name = escaped(project.face.name)
    return [
        blocks.section(
            _(
                "*What I’d do.* Read new messages in <#{channel}>, eight at a time, and compare what they "
                "are about with why you began *{project}*. When the talk has been elsewhere over at least "
                "two days, I tell {owner}, in private. The channel hears it itself only once that has been "
                "right twice."
            ).format(
                channel=project.channel_id, project=escaped(project.name), owner=f"<@{project.owner_id}>"
            )
        ),
        blocks.section(
            _(
                "*What is never stored.* No message and no word of one. They are in memory until eight are "
                "together, and gone then. What is kept is one number for every eight messages, and an "
                "average of the first ones that nobody can turn back into text."
            )
        ),
        blocks.section(
            _(
                "*What I don’t read.* Other channels, direct messages, bots, code, links, edits. Who wrote "
                "something doesn’t matter and isn’t noted."
            )
        ),
        blocks.section(
            _(
                "*How it stops.* Anybody here can switch it off right here, and all numbers are deleted at "
                "once. It’s in English only, needs some sixty messages before it says anything, and is "
                "sometimes wrong: one click tells {name} so."
            ).format(name=name)
        ),
    ]


def switched_on(project: Project, by: str) -> dict[str, Any]:
    """What everybody in the channel reads once it is on."""
    said = _(
        "{person} had me listen in this channel, so that I notice when we leave why we began {project}. No "
        "message is ever stored."
    ).format(person=f"<@{by}>", project=escaped(project.name))
    body = [
        blocks.section(said),
        blocks.actions(blocks.button(_("What that means, and how to stop it"), *_opens(project))),
    ]
    return as_avatar(project, said, body)


def switched_off(project: Project, by: str) -> dict[str, Any]:
    """What everybody in the channel reads once it is off."""
    said = _("{person} switched listening off. All I had learnt from it is deleted.").format(
        person=f"<@{by}>"
    )
    return as_avatar(project, said, [blocks.section(said)])


def gave_up(project: Project) -> dict[str, Any]:
    """What the owner hears where people write in a language that the method does not work for."""
    said = _(
        "I’ve stopped listening in <#{channel}>: people write in a language there that I can’t follow yet "
        "(English alone so far). All I had learnt is deleted; {name}’s reminders and answers go on as they "
        "were."
    ).format(channel=project.channel_id, name=escaped(project.face.name))
    return {"text": said, "blocks": [blocks.section(said)]}


def _off(project: Project) -> Block:
    return blocks.modal(
        _("Listening is off"),
        explained(project),
        callback_id=ids.LISTENING_ON_VIEW,
        submit=_("Switch it on"),
        close=_("Leave it off"),
        private_metadata=json.dumps({"project": project.id}),
    )


def _on(project: Project, windows: int, needed: int) -> Block:
    since = project.listens_since
    lead = _("*On* since {day}.").format(day=day(since.date())) if since else ""
    left = needed - windows
    learning = ngettext(
        "I’m still learning what is usual here: eight more messages.",
        "I’m still learning what is usual here: about {n} more messages.",
        max(left, 1),
    ).format(n=max(left, 1) * 8)
    known = _("I know what is usual here.")
    return blocks.modal(
        _("Listening is on"),
        [
            blocks.section(f"{lead} {learning if left > 0 else known}"),
            blocks.divider(),
            *explained(project),
        ],
        callback_id=ids.LISTENING_OFF_VIEW,
        submit=_("Switch it off"),
        close=_("Leave it on"),
        private_metadata=json.dumps({"project": project.id}),
    )


def _opens(project: Project) -> tuple[str, str]:
    return ids.LISTENING_OPEN, str(project.id)
