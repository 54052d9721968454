"""What is held of projects and their avatars."""

from storage.holdings.registry import Holding, Via

_BY_QUOTE = Via("quote_id", "quotes")

HOLDINGS = (
    Holding(
        table="projects",
        words="projects",
        names=("owner_id", "listens_by", "ended_by", "created_by"),
        tells=("name", "goal", "segment", "avatar_name", "outcome"),
        plain=("channel_id", "avatar_emoji", "avatar_picture", "manner", "rhythm", "state"),
    ),
    Holding(table="project_reasons", words="reasons of projects", names=("added_by",), tells=("words",)),
    Holding(
        table="reason_evidence",
        words="quotes that reasons rest on",
        customer=_BY_QUOTE,
        names=("added_by",),
    ),
    Holding(
        table="project_changes",
        words="changes of projects",
        names=("by",),
        tells=("words", "why"),
        plain=("what",),
    ),
    Holding(
        table="avatar_lines",
        words="lines of avatars",
        customer=_BY_QUOTE,
        names=("answered_by",),
        tells=("about", "answer"),
        plain=("kind",),
    ),
    Holding(table="project_listening", words="listening, in numbers", plain=("state", "kick_off")),
    Holding(table="project_windows", words="scores of listening"),
    Holding(table="project_marks", words="marks of milestones", plain=("emoji",)),
    Holding(
        table="project_milestones",
        words="milestones",
        names=("marked_by",),
        plain=("message_ts", "thread_ts", "kind"),
    ),
    Holding(table="milestone_looks", words="looks back at milestones"),
    Holding(table="project_pins", words="pinned messages", plain=("message_ts", "trouble")),
    Holding(
        table="avatar_pictures",
        words="pictures of avatars",
        names=("added_by",),
        tells=("name",),
        plain=("content_type", "data"),
    ),
    Holding(
        table="trackers",
        words="places in trackers",
        names=("outsiders_allowed_by", "set_up_by"),
        tells=("label", "trouble"),
        plain=("kind", "site", "place", "place_key", "key", "account", "state"),
        secret=("token", "secret"),
    ),
    Holding(
        table="wanted_talks",
        words="talks that a project wants",
        names=("asked_by", "owner_id"),
        tells=("question", "segment"),
    ),
)
"""One line a table."""
