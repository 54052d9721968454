"""What a manager sees of people's taking part: what each of them chose to show, by the alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import ids
from bot.home_values import Home
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.stories_list import result
from stories.language import _, ngettext
from stories.talk_parts import FEWEST_COLLEAGUES, TAKING_PART_DAYS

MOST_PEOPLE = 100


def part_page(people: Sequence[tuple[str, int]], *, command: str, objectives: int = 0) -> dict[str, Any]:
    """How many conversations each of these people wrote up, (name, number) each, by their names.

    `objectives` is how many of them have one now; told, like their conversations together, where at least
    five are meant.
    """
    said = _part("mine" if people else "nobody", days=TAKING_PART_DAYS, command=command)
    by_name = sorted(people, key=lambda one: one[0].casefold())
    lines = [_part("person", name=name, number=number) for name, number in by_name[:MOST_PEOPLE]]
    more = len(people) - len(lines)
    lines += [ngettext("… and one more", "… and {count:,} more", more).format(count=more)] if more else []
    listed = blocks.paragraphs(lines)
    together = [blocks.section(_together(people, objectives))] if len(people) >= FEWEST_COLLEAGUES else []
    why = blocks.context(_part("why"))
    return read_out(said, [blocks.section(said), *listed, *together, why])


def _together(people: Sequence[tuple[str, int]], objectives: int) -> str:
    lines = [_part("together", number=sum(number for _name, number in people))]
    lines += [_part("objectives", number=objectives)] if objectives >= FEWEST_COLLEAGUES else []
    return "\n".join(lines)


def switched_off() -> dict[str, Any]:
    """Where admins decided that nobody's taking part is counted."""
    said = _part("off")
    return {"text": said, "blocks": [blocks.section(said)]}


def for_team(home: Home, command: str) -> list[Block]:
    """What somebody reads as one of an account's team, on their Home."""
    if not home.team:
        return []
    rows = [block for telling in home.team for block in result(telling)]
    heading = blocks.header(_("For your account’s team alone"))
    return [heading, *rows, blocks.context(_part("team_more", command=command))]


def taking_part(home: Home) -> list[Block]:
    """Whom somebody lets see how many conversations they wrote up; nothing where nobody could."""
    if not home.managers:
        return []
    picker: Block = {
        "type": "users_select",
        "action_id": ids.HOME_PART_SHOW,
        "placeholder": blocks.plain(_("Choose a manager"), 150),
    }
    picker |= {"initial_user": home.shown_to} if home.shown_to else {}
    stop = [blocks.button(_("Nobody any more"), ids.HOME_PART_STOP, "stop")] if home.shown_to else []
    return [
        blocks.header(_("Who sees that you take part")),
        blocks.section(_part("shown" if home.shown_to else "not_shown", days=TAKING_PART_DAYS)),
        blocks.actions(picker, *stop, block_id="taking_part"),
    ]


def _part(part: str, **values: object) -> str:
    return prose_part("parts.j2", part, **values)
