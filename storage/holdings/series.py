"""What is held of the series: seasons and who is followed, episodes, votes, the market's feeds."""

from storage.holdings.registry import Holding

HOLDINGS = (
    Holding(table="series_seasons", names=("opened_by",), tells=("title",), plain=("state", "format")),
    Holding(table="series_followed", customer="customer_id", names=("added_by",)),
    Holding(table="series_episodes", names=("published_by",), plain=("state", "format")),
    Holding(
        table="series_sentences",
        customer="customer_id",
        names=("signed_by",),
        tells=("signed_words",),
        plain=("part", "source", "form", "answer_key"),
        secret=("text",),
    ),
    Holding(table="series_trends", tells=("segment", "theme")),
    Holding(
        table="series_media",
        customer="customer_id",
        names=("added_by",),
        tells=("described",),
        plain=("kind", "file_id"),
    ),
    Holding(table="series_carried"),
    Holding(table="series_posts", plain=("place", "format")),
    Holding(table="series_clicks", names=("user_id",), plain=("kind", "place")),
    Holding(
        table="series_questions",
        customer="customer_id",
        names=("offered_by",),
        tells=("words",),
        plain=("state",),
    ),
    Holding(table="series_votes", names=("user_id",), plain=("place",)),
    Holding(table="series_follows", employee="place", names=("by",)),
    Holding(
        table="series_feeds",
        names=("added_by",),
        tells=("title",),
        plain=("url", "etag", "modified", "trouble"),
    ),
    Holding(table="series_headlines", plain=("key", "title", "link")),
    Holding(table="series_feed_topics", plain=("topic",)),
)
"""One line a table."""
