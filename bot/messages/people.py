"""Who does what here: the view in which admins name editors, privacy officers and managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.digest import people
from bot.permissions import NAMED, Role
from stories.language import _

MOST_NAMED = 20
"""People who can hold one role: a picker of Slack's takes more, a team that decides together does not."""


def field_of(role: Role) -> str:
    """The input of the view that holds a role's people."""
    return {Role.EDITOR: "editors", Role.PRIVACY: "privacy", Role.MANAGER: "managers"}[role]


def named(role: Role) -> str:
    """A role's name, of several people."""
    return {
        Role.EDITOR: _("Editors"),
        Role.PRIVACY: _("Privacy officers"),
        Role.MANAGER: _("Managers"),
    }[role]


def people_modal(holders: Mapping[Role, Sequence[str]]) -> Block:
    """The three roles with those who hold them."""
    return blocks.modal(
        _("Who does what"),
        [blocks.section(prose_part("people.j2", "intro")), *(_picker(r, holders.get(r, ())) for r in NAMED)],
        callback_id=ids.PEOPLE_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
    )


def people_saved(holders: Mapping[Role, Sequence[str]]) -> str:
    """Who holds which role from now on."""
    return "\n".join(
        prose_part(
            "people.j2", "saved", role=named(role), people=people(holders.get(role, ()), last=_("and"))
        )
        for role in NAMED
    )


def _picker(role: Role, chosen: Sequence[str]) -> Block:
    hints = {
        Role.EDITOR: _(
            "They settle reports, approve stories where this workspace asks for it, take stories back and "
            "let guests read along. They do not read what is kept to its author."
        ),
        Role.PRIVACY: _("They erase and export what is kept about a customer, and read the audit log."),
        Role.MANAGER: _("They see what people of their part chose to share with them, and nothing else."),
    }
    element: Block = {
        "type": "multi_users_select",
        "action_id": field_of(role),
        "max_selected_items": MOST_NAMED,
        "placeholder": blocks.plain(_("Choose colleagues"), 150),
    }
    element |= {"initial_users": list(chosen[:MOST_NAMED])} if chosen else {}
    return blocks.input_block(field_of(role), named(role), element, optional=True, hint=hints[role])
