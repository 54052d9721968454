"""Who may do what: the one place that answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from enum import StrEnum

from stories.values import dataclass


class Role(StrEnum):
    """What somebody can be named, on top of being a colleague."""

    ADMIN = "admin"
    EDITOR = "editor"
    PRIVACY = "privacy"
    MANAGER = "manager"


NAMED = (Role.EDITOR, Role.PRIVACY, Role.MANAGER)
"""The roles that admins give; who is an admin is Slack's to say."""


class Act(StrEnum):
    """What can be done to something."""

    READ_OWN = "read_own"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    SETTLE_REPORT = "settle_report"
    READ_REPORTS = "read_reports"
    SUBMIT = "submit"
    SHARE = "share"
    READ = "read"
    REACT = "react"
    REPORT = "report"
    TUNE_CHANNEL = "tune_channel"
    SNOOZE_CHANNEL = "snooze_channel"
    ALLOW_GUESTS = "allow_guests"
    MEND_POSTS = "mend_posts"
    NAME_PEOPLE = "name_people"
    SET_WORKSPACE = "set_workspace"
    APPROVE = "approve"
    LABEL = "label"
    SERVE_CUSTOMER = "serve_customer"
    READ_AUDIT = "read_audit"
    ERASE = "erase"
    EXPORT = "export"
    READ_PART = "read_part"
    SET_RHYTHM = "set_rhythm"
    BRING_ANSWERS = "bring_answers"
    ISSUE_SCREENS = "issue_screens"
    RUN_EVENT = "run_event"
    CHOOSE_DAYS = "choose_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who wants to do something. `guest` is a Slack guest or somebody from another company."""

    user_id: str
    roles: Collection[str] = ()
    guest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What it is done to: whose it is, and who looks after it (a channel's managers)."""

    owner_id: str | None = None
    managers: Collection[str] = field(default_factory=tuple)


NOTHING = Thing()

_COLLEAGUES = {Act.SUBMIT, Act.SHARE, Act.REACT, Act.REPORT}
_ANYBODY = {Act.SNOOZE_CHANNEL, Act.READ}
_OWNERS = {Act.READ_OWN, Act.EDIT, Act.WITHDRAW, Act.LABEL, Act.SERVE_CUSTOMER, Act.RUN_EVENT}
_EDITORS = {
    Act.WITHDRAW,
    Act.SETTLE_REPORT,
    Act.READ_REPORTS,
    Act.ALLOW_GUESTS,
    Act.MEND_POSTS,
    Act.BRING_ANSWERS,
    Act.APPROVE,
    Act.LABEL,
    Act.SERVE_CUSTOMER,
    Act.RUN_EVENT,
    Act.CHOOSE_DAYS,
}
_PRIVACY = {Act.READ_AUDIT, Act.ERASE, Act.EXPORT}
_MANAGERS = {Act.TUNE_CHANNEL}
_LEADING = {Act.READ_PART, Act.SET_RHYTHM}

PRIVILEGED = frozenset(
    {
        Act.WITHDRAW,
        Act.SETTLE_REPORT,
        Act.ALLOW_GUESTS,
        Act.MEND_POSTS,
        Act.BRING_ANSWERS,
        Act.APPROVE,
        Act.LABEL,
        Act.SERVE_CUSTOMER,
        Act.NAME_PEOPLE,
        Act.SET_WORKSPACE,
        Act.ISSUE_SCREENS,
        Act.ERASE,
        Act.EXPORT,
        Act.SET_RHYTHM,
        Act.RUN_EVENT,
        Act.CHOOSE_DAYS,
    }
)
"""What changes something that is not one's own, or takes much out at once: each leaves an audit line."""


def may(actor: Actor, act: Act, thing: Thing = NOTHING) -> bool:
    """Whether this person may do this. Guests may read what stands before them and snooze it.

    Admins may do all but read or edit what is an author's own; editors take stories back, approve and
    label them, give their customers a link and answer what they correct, settle reports and let digests
    into channels with guests; privacy reads the audit log, erases and exports; managers see what people of
    their part chose to share, and set a part's rhythm in the rota; a channel's managers tune it (anybody may
    while it has none); owners read, edit, label and withdraw their own, and serve its customer.
    """
    if act in _ANYBODY:
        return True
    if actor.guest:
        return False
    return (
        act in _COLLEAGUES
        or (act in _OWNERS and thing.owner_id == actor.user_id)
        or (act in _EDITORS and bool({Role.EDITOR, Role.ADMIN} & set(actor.roles)))
        or (act in _PRIVACY and Role.PRIVACY in actor.roles)
        or (act in _LEADING and Role.MANAGER in actor.roles)
        or (act in _MANAGERS and (not thing.managers or actor.user_id in thing.managers))
        or (act not in _OWNERS and Role.ADMIN in actor.roles)
    )
