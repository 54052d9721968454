"""What Firsthand asks of Slack, as the page says it on which somebody decides whether to install it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from stories.language import _
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One of Slack's scopes. `why` and `without` are short lines in the language of the moment."""

    name: str
    why: str
    without: str


def scopes() -> tuple[Scope, ...]:
    """Every scope of the manifest, those first without which nothing works."""
    return (
        *_to_be_reached(),
        *_files(),
        Scope(
            name="channels:read",
            why=_("See whether a channel is public, archived or shared with another company."),
            without=_("digests in channels: without this safeguard none goes out"),
        ),
        Scope(
            name="groups:read",
            why=_("See the same of private channels it was invited to."),
            without=_("digests in private channels"),
        ),
        Scope(
            name="channels:history",
            why=_(
                "Find a post of its own again when Slack’s answer was lost; listen to a project’s channel "
                "where somebody there switched that on. No message is kept."
            ),
            without=_("certainty about such a post: an admin is asked to look; listening"),
        ),
        Scope(
            name="groups:history",
            why=_("The same in private channels it was invited to."),
            without=_("the same in private channels"),
        ),
        Scope(
            name="users:read",
            why=_("Know names and time zones, and who is a guest."),
            without=_("authors’ names, and the safeguard for channels with guests"),
        ),
        Scope(
            name="users:read.email",
            why=_("Find who looks after an account, where a list names them by address."),
            without=_("owners of accounts who are named by address: name them by Slack id"),
        ),
    )


def _files() -> tuple[Scope, ...]:
    return (
        Scope(
            name="files:read",
            why=_("Read a transcript that somebody drops on Firsthand. No other file is opened."),
            without=_("write-ups that start from a recording’s transcript"),
        ),
        Scope(
            name="files:write",
            why=_("Hand over all that is held about somebody, to them alone, and delete that file later."),
            without=_("such files in Slack; whoever runs Firsthand can still write them"),
        ),
    )


def _to_be_reached() -> tuple[Scope, ...]:
    return (
        Scope(
            name="commands",
            why=_("Answer its commands, and its entries in menus."),
            without=_("everything: nobody could reach it"),
        ),
        Scope(
            name="chat:write",
            why=_("Post in channels that asked for it, and bring those posts up to date or take them down."),
            without=_("everything that posts"),
        ),
        *_for_projects(),
        Scope(
            name="im:write",
            why=_("Write to one person: what came of their story, what they promised to do."),
            without=_("word to authors and editors"),
        ),
        Scope(
            name="im:history",
            why=_("Read what somebody writes to Firsthand directly."),
            without=_("write-ups and questions by direct message"),
        ),
        Scope(
            name="app_mentions:read",
            why=_("Answer a question about NPS that somebody asks it by name in a channel."),
            without=_("answers to such questions; the command still answers"),
        ),
    )


def _for_projects() -> tuple[Scope, ...]:
    return (
        Scope(
            name="chat:write.customize",
            why=_("Let a project’s avatar speak under its own name and emoji."),
            without=_("what avatars say in their channels"),
        ),
        Scope(
            name="reactions:read",
            why=_("Notice the one emoji with which a project’s channel marks its milestones."),
            without=_("milestones marked by emoji; the menu of the message still marks them"),
        ),
        Scope(
            name="pins:write",
            why=_("Keep a project’s own message pinned in its channel, where somebody there wished it."),
            without=_("pins by itself; people can pin that message by hand"),
        ),
    )


@cache
def names() -> frozenset[str]:
    """The names of all scopes that this version asks for."""
    return frozenset(scope.name for scope in scopes())


def missing_names(granted: str | Iterable[str] | None) -> str:
    """The names of what was not granted, in one text: two installations that lack the same have the same."""
    have = granted.split(",") if isinstance(granted, str) else (granted or ())
    return ",".join(scope.name for scope in lacking(have))


def lacking(granted: Iterable[str]) -> tuple[Scope, ...]:
    """What this version asks for and an installation was not granted."""
    have = set(granted)
    return tuple(scope for scope in scopes() if scope.name not in have)
