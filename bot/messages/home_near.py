"""The parts of App Home about what somebody leads and is near: accounts, projects, conversations."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.home_values import Home
from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.reading import in_its_direction
from storage.channel_rolls import NearProject
from stories.accounts import Account
from stories.language import _, ngettext
from stories.talk_parts import TAKING_PART_DAYS, Counted
from stories.text import shortened

LONGEST_GOAL = 160
LONGEST_NAME = 80
MOST_PARTS = 8


def accounts(home: Home, command: str) -> Sequence[Block]:
    """The accounts that this person looks after, the one that renews first at the top."""
    if not home.around.accounts:
        return []
    told = "\n".join(_account(one) for one in home.around.accounts)
    more = _("`{command} accounts` shows all of them, and what each is worth.").format(command=command)
    return [blocks.header(_("Your accounts")), blocks.section(told), blocks.context(more)]


def projects(home: Home) -> Sequence[Block]:
    """The projects that this person owns, or in whose channels they are: for whom, and who speaks there."""
    found = home.around.near.projects
    if not found:
        return []
    told = "\n".join(_project(one, own=one.owner_id == home.user_id) for one in found)
    return [blocks.header(_("Projects near you")), blocks.section(told)]


def led(home: Home, command: str) -> Sequence[Block]:
    """Conversations in what this person leads; nothing for whoever leads no part of the business."""
    lines = [*_talks(home.around.talks, home.around.part), *_taking_part(home, command)]
    heading = blocks.header(_("Conversations where you lead"))
    return [heading, blocks.section("\n".join(lines))] if lines else []


def _account(one: Account) -> str:
    name = f"*{escaped(in_its_direction(one.name))}*"
    if one.renewal_on is None:
        return name
    return _("{account} · renews on {day}").format(account=name, day=day(one.renewal_on))


def _project(one: NearProject, *, own: bool) -> str:
    name = escaped(in_its_direction(shortened(one.name, LONGEST_NAME)))
    goal = escaped(in_its_direction(shortened(one.goal, LONGEST_GOAL)))
    avatar = escaped(in_its_direction(shortened(one.avatar, LONGEST_NAME)))
    where = Markup(f"<#{one.channel_id}>")  # noqa: S704 Slack's own id
    said = (
        _("{emoji} *{project}*, yours, in {channel}: {goal} _{avatar} speaks for its customers there._")
        if own
        else _("{emoji} *{project}* in {channel}: {goal} _{avatar} speaks for its customers there._")
    )
    return said.format(emoji=escaped(one.emoji), project=name, channel=where, goal=goal, avatar=avatar)


def _talks(counted: Counted | None, part: str) -> Sequence[str]:
    """The last seven days: by part of the business, or of one's own part beside all."""
    if counted is None:
        return ()
    all_of_them = ngettext(
        "One conversation with a customer in the last seven days.",
        "{number} conversations with customers in the last seven days.",
        counted.talks,
    ).format(number=counted.talks)
    parts = [one for one in counted.parts if not part or one.name.casefold() == part.casefold()]
    by_part = ", ".join(
        _("{part}: {number}").format(part=escaped(in_its_direction(one.name)), number=one.talks)
        for one in parts[:MOST_PARTS]
    )
    return (all_of_them, by_part) if by_part else (all_of_them,)


def _taking_part(home: Home, command: str) -> Sequence[str]:
    found = home.around.taking_part
    if found is None:
        return ()
    people = ngettext(
        "One colleague lets you see that they take part",
        "{number} colleagues let you see that they take part",
        found.colleagues,
    ).format(number=found.colleagues)
    talks = ngettext(
        "one conversation in {days} days", "{number} conversations in {days} days", found.talks
    ).format(number=found.talks, days=TAKING_PART_DAYS)
    said = _("{people}: {talks}. `{command} part` says who.")
    return (said.format(people=people, talks=talks, command=command),)
