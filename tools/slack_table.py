"""What Slack asks of a bot token, method by method and event by event.

Source: the reference page of each method and event on docs.slack.dev (`/reference/methods/NAME`,
`/reference/events/NAME`). Where Slack asks for a scope by the kind of conversation, the kinds are those that
Firsthand has to do with: public and private channels, and direct messages that people write to it.
"""

from __future__ import annotations

_READ_CHANNELS = frozenset({"channels:read", "groups:read"})
_READ_HISTORY = frozenset({"channels:history", "groups:history", "im:history"})
_NONE: frozenset[str] = frozenset()

METHODS: dict[str, frozenset[str]] = {
    "api.test": _NONE,
    "apps.connections.open": _NONE,  # an app-level token's own scope, connections:write, never the bot's
    "apps.uninstall": _NONE,
    "auth.revoke": _NONE,
    "auth.teams.list": _NONE,
    "auth.test": _NONE,
    "bots.info": frozenset({"users:read"}),
    "chat.delete": frozenset({"chat:write"}),
    "chat.getPermalink": _NONE,
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": _READ_HISTORY,
    "conversations.info": _READ_CHANNELS,
    "conversations.join": frozenset({"channels:join"}),
    "conversations.list": _READ_CHANNELS,
    "conversations.members": _READ_CHANNELS,
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": _READ_HISTORY,
    "emoji.list": frozenset({"emoji:read"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.delete": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
    "files.upload.v2": frozenset({"files:write"}),
    "oauth.v2.access": _NONE,
    "openid.connect.token": _NONE,  # a person's own answer, with the scope openid, never the bot's
    "pins.add": frozenset({"pins:write"}),
    "pins.remove": frozenset({"pins:write"}),
    "reactions.add": frozenset({"reactions:write"}),
    "reactions.get": frozenset({"reactions:read"}),
    "reactions.remove": frozenset({"reactions:write"}),
    "team.info": frozenset({"team:read"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "users.conversations": _READ_CHANNELS,
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.lookupByEmail": frozenset({"users:read", "users:read.email"}),
    "users.profile.get": frozenset({"users.profile:read"}),
    "views.open": _NONE,
    "views.publish": _NONE,
    "views.push": _NONE,
    "views.update": _NONE,
}
"""Web API method to the bot scopes that it needs here."""

_CHANNEL_EVENTS = ["archive", "created", "deleted", "left", "rename", "unarchive"]
_GROUP_EVENTS = ["archive", "deleted", "left", "rename", "unarchive"]
_EITHER_EVENTS = [
    "channel_id_changed",
    "channel_shared",
    "channel_unshared",
    "member_joined_channel",
    "member_left_channel",
]
_USER_EVENTS = ["team_join", "user_change", "user_profile_changed"]

EVENTS: dict[str, frozenset[str]] = {
    "app_home_opened": _NONE,
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": _NONE,
    "team_access_granted": _NONE,
    "team_access_revoked": _NONE,
    "file_shared": frozenset({"files:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
    "message_metadata_posted": frozenset({"metadata.message:read"}),
    "reaction_added": frozenset({"reactions:read"}),
    "reaction_removed": frozenset({"reactions:read"}),
    "tokens_revoked": _NONE,
    **{f"channel_{what}": frozenset({"channels:read"}) for what in _CHANNEL_EVENTS},
    **{f"group_{what}": frozenset({"groups:read"}) for what in _GROUP_EVENTS},
    **dict.fromkeys(_EITHER_EVENTS, _READ_CHANNELS),
    **dict.fromkeys(_USER_EVENTS, frozenset({"users:read"})),
}
"""Event as a manifest names it to the bot scopes that it needs here."""

MESSAGE_EVENT = "message.im"
"""What a listener for `message` without a channel type listens to: people write to the bot directly."""

MESSAGE_KINDS = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}
"""A message event's `channel_type` to the manifest's name of the event."""

COMMAND_SCOPE = "commands"
"""Slash commands and shortcuts both need this scope."""

CUSTOM_FACE, FACE_SCOPE = "icon_emoji", "chat:write.customize"
"""A message that is posted under an emoji of its own, and what that takes."""
