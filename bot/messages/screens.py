"""Screens that show the centre: the list of their links, and a new one."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from storage.screens import Screen
from stories.language import _

DAYS, MOST_DAYS = 90, 365
"""For how long a screen shows the centre: unless somebody says otherwise, and at most."""

MOST_SCREENS = 20
"""Screens of one workspace at the same time."""

LONGEST_NAME = 60


def screens_modal(standing: Sequence[Screen], *, signing_in: bool, address: str, name: str = "") -> Block:
    """The screens there are, each to be revoked, and a form for another; `name` stands in it already.

    `address` is that of the centre, `signing_in` whether people can sign in there.
    """
    room = len(standing) < MOST_SCREENS
    rows = [block for screen in standing for block in (blocks.divider(), _row(screen))]
    listed = [blocks.section(_part("standing")), *rows] if standing else []
    return blocks.modal(
        _("Screens"),
        [
            blocks.section(_part("intro")),
            *(_new(name) if room else [blocks.context(_part("full", most=MOST_SCREENS))]),
            *listed,
            blocks.context(_part("sign_in" if signing_in else "no_sign_in", address=address)),
        ],
        callback_id=ids.SCREENS_VIEW,
        submit=_("Make a link") if room else None,
        close=_("Close"),
    )


def made_modal(link: str, screen: str, until: str) -> Block:
    """The link, which nobody can show again."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": link}]}
    return blocks.modal(
        _("Screens"),
        [
            blocks.section(_part("made", name=screen, until=until)),
            {"type": "rich_text", "elements": [element]},
            blocks.section(_part("wall")),
            blocks.context(_part("once")),
        ],
        callback_id=ids.STORY_DONE_VIEW,
        close=_("Done"),
    )


def none_modal(*, socket: bool) -> Block:
    """Why no screen can show anything here, and who can change that."""
    return blocks.modal(
        _("Screens"),
        [blocks.section(_part("none_socket" if socket else "none_http"))],
        callback_id=ids.STORY_DONE_VIEW,
        close=_("Close"),
    )


def _new(name: str) -> list[Block]:
    days: Block = {
        "type": "number_input",
        "action_id": "days",
        "is_decimal_allowed": False,
        "initial_value": str(DAYS),
        "min_value": "1",
        "max_value": str(MOST_DAYS),
    }
    hint = _("Where it hangs, such as Kitchen, 2nd floor.")
    return [
        blocks.text_input("name", _("What is the screen called?"), value=name, most=LONGEST_NAME, hint=hint),
        blocks.input_block("days", _("For how many days may it show the centre?"), days),
    ]


def _row(screen: Screen) -> Block:
    question = blocks.confirm(
        _("Revoke this link?"),
        _("The screen shows nothing any more, within a minute. Another link can be made at any time."),
        _("Revoke it"),
        _("Leave it"),
    )
    said = _part(
        "screen",
        name=screen.name,
        who=Markup(f"<@{screen.issued_by}>"),  # noqa: S704 an id
        issued=day(screen.issued_at.date()),
        ends=day(screen.ends_at.date()),
        opened=day(screen.opened_at.date()) if screen.opened_at else "",
    )
    revoke = blocks.button(_("Revoke"), ids.SCREEN_REVOKE, str(screen.id), style="danger", confirm=question)
    return blocks.section(said, accessory=revoke, block_id=f"screen:{screen.id}")


def _part(part: str, **values: object) -> str:
    return prose_part("screens.j2", part, **values)
