"""What is held of projects and their avatars."""

from storage.holdings.registry import Holding, Via

_BY_QUOTE = Via("quote_id", "quotes")

HOLDINGS = (
    Holding(
        table="projects",
        names=("owner_id", "listens_by", "ended_by", "created_by"),
        tells=("name", "goal", "segment", "avatar_name", "outcome"),
        plain=("channel_id", "avatar_emoji", "avatar_picture", "manner", "rhythm", "state"),
    ),
    Holding(table="project_reasons", names=("added_by",), tells=("words",)),
    Holding(
        table="reason_evidence",
        customer=_BY_QUOTE,
        names=("added_by",),
    ),
    Holding(table="avatar_comments", plain=("answer_key",)),
    Holding(table="reason_comments", names=("added_by",)),
    Holding(table="avatar_line_comments"),
    Holding(
        table="project_changes",
        names=("by",),
        tells=("words", "why"),
        plain=("what",),
    ),
    Holding(
        table="avatar_lines",
        customer=_BY_QUOTE,
        names=("answered_by",),
        tells=("about", "answer"),
        plain=("kind",),
    ),
    Holding(table="project_listening", plain=("state", "kick_off")),
    Holding(table="project_marks", plain=("emoji",)),
    Holding(
        table="project_milestones",
        names=("marked_by",),
        plain=("message_ts", "thread_ts", "kind"),
    ),
    Holding(table="milestone_looks"),
    Holding(table="project_pins", plain=("message_ts", "trouble")),
    Holding(
        table="avatar_pictures",
        names=("added_by",),
        tells=("name",),
        plain=("content_type", "data"),
    ),
    Holding(
        table="trackers",
        names=("outsiders_allowed_by", "set_up_by"),
        tells=("label", "trouble"),
        plain=("kind", "site", "place", "place_key", "key", "account", "state"),
        secret=("token", "secret"),
    ),
    Holding(
        table="wanted_talks",
        names=("asked_by", "owner_id"),
        tells=("question", "segment"),
    ),
)
"""One line a table."""
