"""Whom something at a terminal is about: customer, colleague or somebody who answered; and who asks."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, datetime

from bot.erasing import asking
from bot.erasing.asking import Subject
from bot.terminal import Terminal
from storage import held
from storage.holdings import About
from stories.errors import UserError
from stories.language import _

LONGEST_NUMBER = 18
"""Digits of the longest number that a database takes."""

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,20}")


def colleague(user_id: str) -> Subject:
    """The colleague with this Slack id, known or not. Raises UserError for what is none."""
    if not _SLACK_ID.fullmatch(user_id):
        raise UserError(
            _(
                "“{id}” is no Slack id: those begin with U or W, in capitals and digits, such as U012AB3CD. "
                "In Slack: their profile, ⋮, Copy member ID."
            ).format(id=user_id)
        )
    return Subject(about=About.EMPLOYEE, object_key=user_id, called=user_id)


async def respondent(terminal: Terminal, person: str) -> Subject:
    """Somebody who answered surveys under this key. Raises UserError for an empty one."""
    async with terminal.database.begin() as session:
        return await asking.respondent(session, terminal.workspace_id, person)


async def customer(terminal: Terminal, name: str) -> Subject:
    """The customer of this name or number. Raises UserError for none, or several."""
    if name.isdecimal() and len(name) <= LONGEST_NUMBER:
        return await subject(terminal, About.CUSTOMER, name)
    async with terminal.database.read() as session:
        found = await held.customers_like(session, terminal.workspace_id, name, most=20)
    exact = [one for one in found if one.name.casefold() == name.casefold()] or list(found)
    if len(exact) != 1:
        listed = ", ".join(f"{one.id} {one.name} ({one.company})" for one in exact)
        raise UserError(
            _("Several are called so; name one by its number: {listed}").format(listed=listed)
            if exact
            else _("There is no customer of this name.")
        )
    return await subject(terminal, About.CUSTOMER, str(exact[0].id))


async def subject(terminal: Terminal, about: About, key: str) -> Subject:
    """Whom this key is of. Raises UserError for nobody."""
    async with terminal.database.read() as session:
        return await asking.subject(session, terminal.workspace_id, about, key)


def by() -> str:
    """Who sits at the terminal, as the audit log has it."""
    return f"terminal:{getpass.getuser()}"


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
