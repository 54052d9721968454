"""What became of a post in plain sentences: Slack's error words with their fix, states, places."""

from __future__ import annotations

from collections.abc import Callable

from bot.messages.blocks import escaped
from bot.messages.tracker_trouble import BEYOND
from stories.kept_sentences import read
from stories.language import _
from stories.trackers import tracker_in

Said = Callable[[], str]

_UNMADE = "cannot be made: "
_UNREADABLE = "history unreadable: "


def reason_said(error: str | None) -> str:
    """Why a post did not go, and what to do about it: from `last_error` of the outbox, as plain text."""
    if not error:
        return _("Nothing speaks against it.")
    if error.startswith(_UNMADE):
        return _(
            "It could not be put together ({trouble}). The fault is Firsthand’s: the server’s log says more."
        ).format(trouble=error.removeprefix(_UNMADE))
    if error.startswith(BEYOND):
        return read(error.removeprefix(BEYOND))
    if error.startswith(_UNREADABLE):
        word = error.removeprefix(_UNREADABLE)
        why = _UNREAD[word]() if word in _UNREAD else _("Slack says “{error}”").format(error=word)
        return _(
            "Slack’s answer was lost, and the channel’s history can’t be read ({why}). Look there, and say "
            "whether the post stands."
        ).format(why=why)
    for words, said in _PATTERNS:
        if error.startswith(words):
            return said()
    known = _SAID.get(error)
    return known() if known else _("Slack says “{error}”, which I don’t know.").format(error=error)


def state_said(state: str) -> str:
    """A delivery's state in a word or two."""
    known = _STATES.get(state)
    return known() if known else state


def became_said(state: str, *, revises: bool, taken_down: bool) -> str:
    """The same of a delivery that may have gone out: a change or a deletion is done, a post may be gone."""
    if state == "sent" and revises:
        return _("done")
    return _("taken down") if state == "sent" and taken_down else state_said(state)


def place_said(channel_id: str) -> str:
    """Where it goes, as Slack shows it: a channel's or a person's mention; an item of a tracker in words."""
    if "#" in channel_id or tracker_in(channel_id) is not None:
        return escaped(channel_id)
    mark = "@" if channel_id.startswith(("U", "W")) else "#"
    return f"<{mark}{escaped(channel_id)}>"


_PATTERNS: tuple[tuple[str, Said], ...] = (
    (
        "not in the last ",
        lambda: _(
            "Slack’s answer was lost, and so much was said in the channel since that the post was not found. "
            "Look there, and say whether the post stands."
        ),
    ),
    (
        "in doubt: not in the history",
        lambda: _("Slack’s answer was lost and the post is not in the channel: it is posted again."),
    ),
    ("in doubt: made again", lambda: _("Slack’s answer was lost: the change is made again.")),
    ("Cannot connect", lambda: _("Slack can’t be reached from here. Posts go out once it can.")),
)

_UNREAD: dict[str, Said] = {
    "missing_scope": lambda: _("Firsthand lacks the permission"),
    "not_in_channel": lambda: _("Firsthand is not in it"),
    "channel_not_found": lambda: _("Slack does not find it"),
    "is_archived": lambda: _("it is archived"),
}

_TOKEN: Said = lambda: _(  # noqa: E731 one sentence for several words of Slack's
    "Slack refuses Firsthand’s token, so nothing can be posted. An admin has to install the app again."
)

_SAID: dict[str, Said] = {
    "channel_not_found": lambda: _(
        "Slack does not find the channel: it was deleted, or it is private and Firsthand was taken out. "
        "Invite Firsthand there (/invite), then retry."
    ),
    "is_archived": lambda: _("The channel is archived. Unarchive it, then retry, or give the post up."),
    "not_in_channel": lambda: _("Firsthand is not in the channel. Invite it there (/invite), then retry."),
    "user_not_found": lambda: _("Slack does not know this person any more. Give the post up."),
    "user_disabled": lambda: _("This person’s account was deactivated. Give the post up."),
    "cannot_dm_bot": lambda: _("This is an app, and apps can’t be written to. Give the post up."),
    "messages_tab_disabled": lambda: _(
        "The app’s Messages tab is switched off. Switch it on (app settings, App Home), then retry."
    ),
    "invalid_blocks": lambda: _(
        "Slack does not take the message as it was put together. The fault is Firsthand’s: please report it."
    ),
    "invalid_blocks_format": lambda: _(
        "Slack does not take the message as it was put together. The fault is Firsthand’s: please report it."
    ),
    "msg_too_long": lambda: _(
        "The message is longer than Slack allows. Have fewer stories in the digest, then wait for the next."
    ),
    "no_text": lambda: _("The message was empty. The fault is Firsthand’s: please report it."),
    "msg_blocks_too_long": lambda: _(
        "The message is longer than Slack allows. Have fewer stories in the digest, then wait for the next."
    ),
    "restricted_action": lambda: _(
        "A setting of the workspace keeps Firsthand from posting here. A workspace admin can allow it: "
        "channel settings, Posting permissions. Then retry."
    ),
    "restricted_action_read_only_channel": lambda: _(
        "Only some people may post in this channel. A workspace admin can let Firsthand in: "
        "channel settings, Posting permissions. Then retry."
    ),
    "restricted_action_thread_only_channel": lambda: _(
        "This channel only takes answers in threads. Choose another one for the digest, and give this one up."
    ),
    "restricted_action_non_threadable_channel": lambda: _(
        "This channel takes no answers in threads. Give the post up."
    ),
    "missing_scope": lambda: _(
        "Firsthand lacks a permission for this. Install the app again with the manifest of this version (see "
        "docs/scopes.md), then retry."
    ),
    "no_permission": lambda: _(
        "Firsthand may not do this here. A workspace admin can see what holds it back; then retry."
    ),
    "not_allowed_token_type": lambda: _(
        "The token is of the wrong kind. Set the bot’s token (xoxb-…), then retry."
    ),
    "team_access_not_granted": lambda: _(
        "The organisation has not let Firsthand into this workspace. An org admin can; then retry."
    ),
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "invalid_auth": _TOKEN,
    "account_inactive": _TOKEN,
    "not_authed": _TOKEN,
    "ratelimited": lambda: _("Slack asked for a slower pace. It goes out by itself, a little later."),
    "message_not_found": lambda: _("The message is not there any more: somebody deleted it. Give this up."),
    "cant_update_message": lambda: _(
        "Slack does not let Firsthand change this message. Somebody has to delete it."
    ),
    "cant_delete_message": lambda: _(
        "Slack does not let Firsthand delete this message. An admin has to do it."
    ),
    "edit_window_closed": lambda: _(
        "The workspace allows changes for a while only, and that has passed. An admin can delete the message."
    ),
    "channel_is_limited_access": lambda: _("Few people may use this channel. Let Firsthand in, then retry."),
    "ekm_access_denied": lambda: _("The organisation’s key management holds messages back. Retry later."),
}

_STATES: dict[str, Said] = {
    "pending": lambda: _("waits"),
    "sending": lambda: _("on its way"),
    "sent": lambda: _("stands"),
    "failed": lambda: _("failed"),
    "cancelled": lambda: _("called off"),
    "in_doubt": lambda: _("in doubt"),
}
