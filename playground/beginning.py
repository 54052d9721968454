"""How a workspace begins: its app installed, its people taken in, its channels opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.app import App, app_from_manifest, made_tokens
from playground.grants import Grant
from playground.keeping import Keeper, restore
from playground.model import Json, Kind, User
from playground.rules.triggers import Triggers
from playground.setup import Person, Room, Setup, Tokens

if TYPE_CHECKING:
    from playground.workspace import Workspace

BOT_ZONE = "America/Los_Angeles"
"""What Slack gives a bot."""


def begin(ws: Workspace, setup: Setup) -> App:
    """Fill an empty workspace with what its file holds or its setup says; answers the app."""
    if ws.keeper is not None and (kept := ws.keeper.kept("workspace")):
        return _again(ws, setup, ws.keeper, kept[0][1])
    app = _install(ws, setup)
    for person in setup.people:
        ws.add_user(person_of(ws, person))
    for room in setup.channels:
        _furnish(ws, app, room)
    if setup.start is not None:
        ws.clock.set(setup.start)
    return app


def kept_triggers(ws: Workspace) -> Triggers:
    """The workspace's trigger ids, each kept as it changes."""
    return Triggers(
        ws.random,
        ws.team_id,
        ws.setup.tuning.trigger_seconds,
        ws.clock.real_seconds,
        changed=lambda key: ws.keep("trigger", key),
    )


def _again(ws: Workspace, setup: Setup, keeper: Keeper, kept: Json) -> App:
    """The app as the file knows it; what the manifest asks for by now counts, as after a reinstallation."""
    tokens = Tokens(**kept["tokens"])
    ids = {"app_id": kept["app"]["id"], "bot_id": kept["app"]["bot_id"], "user_id": kept["app"]["user_id"]}
    app = app_from_manifest(setup.manifest, **ids, tokens=tokens, mode=setup.mode, url=setup.request_url)
    app.installed, app.is_org, app.teams = kept["installed"], kept["is_org"], set(kept["teams"])
    app.scopes = app.scopes if setup.installed else frozenset(kept["scopes"])
    for entry in kept["grants"]:
        grant = ws.grants.put(Grant(**entry | {"scopes": frozenset(entry["scopes"])}))
        if grant.kind == "bot" and setup.installed:
            grant.scopes = app.scopes
    restore(ws, keeper)
    if setup.seed is not None:
        # With the same seed again, new ids and secrets would be those that are in use.
        ws.random.seed(f"{setup.seed}/{kept['ids']}")
    ws.ids, ws.clock.offset = kept["ids"], kept["offset"]
    return app


def _install(ws: Workspace, setup: Setup) -> App:
    app = app_from_manifest(
        setup.manifest,
        app_id=ws.new_id("A"),
        bot_id=ws.new_id("B"),
        user_id=ws.new_id("U"),
        tokens=made_tokens(setup.tokens, ws.random),
        mode=setup.mode,
        url=setup.request_url,
    )
    app.installed, app.is_org = setup.installed, setup.org_install
    app.teams = {setup.team_id, *(team.id for team in setup.teams if team.granted and setup.org_install)}
    if setup.installed:
        ws.grants.put(Grant(app.tokens.bot, "bot", app.scopes, app.user_id))
    ws.grants.put(Grant(app.tokens.app, "app", frozenset(("connections:write",)), app.user_id))
    handle = app.name.lower().replace(" ", "_")
    ws.add_user(User(app.user_id, handle, app.name, is_bot=True, bot_id=app.bot_id, tz=BOT_ZONE))
    return app


def person_of(ws: Workspace, person: Person) -> User:
    """A person as the workspace keeps them, with an id made up where none was given."""
    return User(
        person.id or ws.new_id("W" if ws.setup.enterprise_id else "U"),
        person.handle,
        person.name,
        title=person.title,
        tz=person.tz,
        locale=person.locale,
        is_admin=person.is_admin,
        is_owner=person.is_owner,
        is_guest=person.is_guest,
        colour=person.colour,
        emoji=person.emoji,
        email=person.email or f"{person.handle}@playground.example",
        display_name=person.display_name,
    )


def _furnish(ws: Workspace, app: App, room: Room) -> None:
    unknown = [handle for handle in room.members if handle not in ws.handles]
    if unknown:
        raise ValueError(f"#{room.name} has members that are not among the people: {', '.join(unknown)}")
    members = [ws.handles[handle] for handle in room.members]
    creator = ws.handles.get(room.creator, members[0] if members else "")
    kind: Kind = "private" if room.private else "public"
    if room.bot:
        members.append(app.user_id)
    channel = ws.add_channel(room.name, kind, members, id_=room.id, creator=creator)
    channel.team_id = room.team or ws.team_id
    channel.topic, channel.is_shared, channel.is_archived = room.topic, room.shared, room.archived
    ws.notify("channel", channel.id)
