"""What is held of colleagues: settings, roles, what they dropped on the bot, who did what."""

from storage.holdings.registry import Holding

HOLDINGS = (
    Holding(
        table="people",
        words="settings of people",
        employee="user_id",
        tells=("settings",),
        plain=("home_hash",),
    ),
    Holding(
        table="roles",
        words="roles",
        employee="user_id",
        names=("granted_by",),
        plain=("role",),
    ),
    Holding(table="parts", words="parts of the company", employee="user_id", names=("manager_id",)),
    Holding(
        table="account_teams",
        words="members of account teams",
        employee="user_id",
        names=("owner_id",),
        tells=("account",),
    ),
    Holding(table="file_arrivals", words="files that arrived", plain=("file_id", "slack_ts")),
    Holding(
        table="file_receipts",
        words="marks of files that were read",
        employee="author_id",
        plain=("fingerprint",),
    ),
    Holding(
        table="nps_uploads",
        words="tables that wait to be read",
        employee="user_id",
        tells=("file", "mapping"),
        plain=("file_id", "state"),
    ),
    Holding(
        table="audit",
        words="lines of the audit log",
        names=("actor_id",),
        tells=("object_id", "detail"),
        plain=("act", "object_kind"),
    ),
    Holding(
        table="workspace_settings",
        words="settings for everybody",
        names=("changed_by",),
        tells=("chosen",),
    ),
)
"""One line a table."""
