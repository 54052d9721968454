"""What is held of what is posted: channels, the outbox, and what was told where."""

from storage.holdings.registry import Holding, Via

_BY_STORY = Via("story_id", "stories")

HOLDINGS = (
    Holding(
        table="channels",
        names=("set_up_by", "managers", "guests_allowed_by"),
        tells=("segments", "themes"),
        plain=(
            "channel_id",
            "state",
            "kinds",
            "days",
            "time_zone",
            "country",
            "languages",
            "language",
            "template",
            "stopped_because",
        ),
    ),
    Holding(
        table="deliveries",
        employee="channel_id",
        tells=("payload", "slot_key", "last_error"),
        plain=("kind", "method", "thread_ts", "state", "owner", "posted_in", "slack_ts", "attention_window"),
    ),
    Holding(table="delivery_subjects", customer="customer_id"),
    Holding(table="tellings", customer=_BY_STORY, plain=("channel_id",)),
    Holding(table="routes", names=("asked_by",), tells=("rule",), plain=("channel_id",)),
    Holding(table="route_posts", tells=("parts",), plain=("channel_id",)),
    Holding(table="route_items", customer=_BY_STORY, plain=("answer_key",)),
    Holding(table="notice_stories", customer=_BY_STORY),
    Holding(
        table="home_stories",
        customer=_BY_STORY,
        employee="user_id",
    ),
    Holding(table="due_homes", employee="user_id"),
    Holding(
        table="unasked",
        employee="place",
        tells=("slot_key", "about"),
        plain=("kind", "state", "reason"),
    ),
    Holding(table="receipts", plain=("key",), secret=("body",)),
    Holding(table="rests", plain=("what",)),
    Holding(
        table="erasures",
        names=("asked_by",),
        plain=("about", "object_key", "step", "position", "counts"),
        secret=("needles",),
    ),
    Holding(table="erasure_posts", plain=("how", "state", "reason")),
    Holding(table="retention", plain=("kind",)),
    Holding(
        table="exports",
        names=("asked_by",),
        plain=("about", "object_key", "files"),
    ),
)
"""One line a table."""
