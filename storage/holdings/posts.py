"""What is held of what is posted: channels, the outbox, and what was told where."""

from storage.holdings.registry import Holding, Via

_BY_STORY = Via("story_id", "stories")

HOLDINGS = (
    Holding(
        table="channels",
        words="settings of channels",
        names=("set_up_by", "managers", "guests_allowed_by"),
        tells=("segments", "themes"),
        plain=("channel_id", "state", "kinds", "days", "time_zone", "country", "stopped_because"),
    ),
    Holding(
        table="deliveries",
        words="posts",
        employee="channel_id",
        tells=("payload", "slot_key", "last_error"),
        plain=("kind", "method", "thread_ts", "state", "owner", "posted_in", "slack_ts", "attention_window"),
    ),
    Holding(table="delivery_subjects", words="notes of whose words a post carries", customer="customer_id"),
    Holding(table="tellings", words="stories told in channels", customer=_BY_STORY, plain=("channel_id",)),
    Holding(table="notice_stories", words="private notes about stories", customer=_BY_STORY),
    Holding(
        table="home_stories",
        words="stories on App Homes",
        customer=_BY_STORY,
        employee="user_id",
    ),
    Holding(table="due_homes", words="App Homes that follow", employee="user_id"),
    Holding(
        table="unasked",
        words="posts that wait for room",
        employee="place",
        tells=("slot_key", "about"),
        plain=("kind", "state", "reason"),
    ),
    Holding(table="receipts", words="clicks being worked through", plain=("key",), secret=("body",)),
    Holding(table="rests", words="pauses that Slack asked for", plain=("what",)),
    Holding(
        table="erasures",
        words="erasures",
        names=("asked_by",),
        plain=("about", "object_key", "step", "position", "counts"),
        secret=("needles",),
    ),
    Holding(table="erasure_posts", words="posts of erasures", plain=("how", "state", "reason")),
    Holding(table="retention", words="marks of retention", plain=("kind",)),
    Holding(
        table="exports",
        words="exports handed out",
        names=("asked_by",),
        plain=("about", "object_key", "files"),
    ),
)
"""One line a table."""
