"""What is held of colleagues: settings, roles, what they dropped on the bot, who did what."""

from storage.holdings.registry import Holding

HOLDINGS = (
    Holding(
        table="people",
        employee="user_id",
        tells=("settings",),
        plain=("home_hash", "locale"),
    ),
    Holding(
        table="roles",
        employee="user_id",
        names=("granted_by",),
        plain=("role",),
    ),
    Holding(table="parts", employee="user_id", names=("manager_id",)),
    Holding(
        table="screens",
        names=("issued_by", "revoked_by"),
        tells=("name",),
        plain=("public_id", "secret_hash"),
    ),
    Holding(table="lesson_places", employee="user_id", plain=("lesson", "state")),
    Holding(table="web_sessions", employee="user_id", plain=("public_id", "secret_hash")),
    Holding(
        table="account_teams",
        employee="user_id",
        names=("owner_id",),
        tells=("account",),
    ),
    Holding(table="channel_members", employee="user_id", plain=("channel_id",)),
    Holding(table="channel_rolls", plain=("channel_id",)),
    Holding(table="file_arrivals", plain=("file_id", "slack_ts")),
    Holding(
        table="file_receipts",
        employee="author_id",
        plain=("fingerprint",),
    ),
    Holding(
        table="nps_uploads",
        employee="user_id",
        tells=("file", "mapping"),
        plain=("file_id", "state"),
    ),
    Holding(
        table="audit",
        names=("actor_id",),
        tells=("object_id", "detail"),
        plain=("act", "object_kind"),
    ),
    Holding(
        table="workspace_settings",
        names=("changed_by",),
        tells=("chosen",),
    ),
)
"""One line a table."""
