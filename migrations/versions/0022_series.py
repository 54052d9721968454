"""The series: seasons, who is followed, episodes with each sentence's source, votes, the market's feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NEWEST_FIRST = (
    "series_votes",
    "series_sentences",
    "series_questions",
    "series_posts",
    "series_clicks",
    "series_carried",
    "series_media",
    "series_headlines",
    "series_followed",
    "series_episodes",
    "series_trends",
    "series_seasons",
    "series_follows",
    "series_feeds",
)


def upgrade() -> None:
    """In this order: what points at something comes after it."""
    _feeds()
    _follows()
    _seasons()
    _trends()
    _episodes()
    _followed()
    _headlines()
    _media()
    _carried()
    _clicks()
    _posts()
    _questions()
    _sentences()
    _votes()


def downgrade() -> None:
    for table in _NEWEST_FIRST:
        op.drop_table(table)


def _feeds() -> None:
    op.create_table(
        "series_feeds",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_feeds_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_feeds"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_feeds_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "url", name="uq_series_feeds_workspace_id_url"),
        sqlite_autoincrement=True,
    )


def _follows() -> None:
    op.create_table(
        "series_follows",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_follows_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "place", name="pk_series_follows"),
    )


def _seasons() -> None:
    op.create_table(
        "series_seasons",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("began_with", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_seasons_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_seasons"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_seasons_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "number", name="uq_series_seasons_workspace_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_series_seasons_running",
        "series_seasons",
        ["workspace_id"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )


def _trends() -> None:
    op.create_table(
        "series_trends",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_trends_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_trends"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_trends_workspace_id_id"),
        sa.UniqueConstraint(
            "workspace_id",
            "segment",
            "theme",
            "on_day",
            name="uq_series_trends_workspace_id_segment_theme_on_day",
        ),
        sqlite_autoincrement=True,
    )


def _episodes() -> None:
    op.create_table(
        "series_episodes",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("season_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "season_id"],
            ["series_seasons.workspace_id", "series_seasons.id"],
            name="fk_series_episodes_workspace_id_season_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_episodes_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_episodes"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_episodes_workspace_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_series_episodes_workspace_id_season_id_number",
        "series_episodes",
        ["workspace_id", "season_id", "number"],
        unique=False,
    )


def _followed() -> None:
    op.create_table(
        "series_followed",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("season_id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name="fk_series_followed_workspace_id_customer_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "season_id"],
            ["series_seasons.workspace_id", "series_seasons.id"],
            name="fk_series_followed_workspace_id_season_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_followed_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "season_id", "customer_id", name="pk_series_followed"),
    )
    op.create_index(
        "ix_series_followed_workspace_id_customer_id",
        "series_followed",
        ["workspace_id", "customer_id"],
        unique=False,
    )


def _headlines() -> None:
    op.create_table(
        "series_headlines",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("feed_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "feed_id"],
            ["series_feeds.workspace_id", "series_feeds.id"],
            name="fk_series_headlines_workspace_id_feed_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_headlines_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_headlines"),
        sa.UniqueConstraint(
            "workspace_id", "feed_id", "key", name="uq_series_headlines_workspace_id_feed_id_key"
        ),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_headlines_workspace_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_series_headlines_workspace_id_on_day",
        "series_headlines",
        ["workspace_id", "on_day"],
        unique=False,
    )


def _media() -> None:
    op.create_table(
        "series_media",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("season_id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("described", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name="fk_series_media_workspace_id_customer_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "season_id"],
            ["series_seasons.workspace_id", "series_seasons.id"],
            name="fk_series_media_workspace_id_season_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_media_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_media"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_media_workspace_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_series_media_workspace_id_customer_id",
        "series_media",
        ["workspace_id", "customer_id"],
        unique=False,
    )


def _carried() -> None:
    op.create_table(
        "series_carried",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("episode_id", _ID, nullable=False),
        sa.Column("media_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "episode_id"],
            ["series_episodes.workspace_id", "series_episodes.id"],
            name="fk_series_carried_workspace_id_episode_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "media_id"],
            ["series_media.workspace_id", "series_media.id"],
            name="fk_series_carried_workspace_id_media_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_carried_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "episode_id", "media_id", name="pk_series_carried"),
    )
    op.create_index(
        "ix_series_carried_workspace_id_media_id",
        "series_carried",
        ["workspace_id", "media_id"],
        unique=False,
    )


def _clicks() -> None:
    op.create_table(
        "series_clicks",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("episode_id", _ID, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "episode_id"],
            ["series_episodes.workspace_id", "series_episodes.id"],
            name="fk_series_clicks_workspace_id_episode_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_clicks_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "episode_id", "user_id", "kind", name="pk_series_clicks"),
    )


def _posts() -> None:
    op.create_table(
        "series_posts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", _ID, nullable=False),
        sa.Column("episode_id", _ID, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("trial", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["deliveries.workspace_id", "deliveries.id"],
            name="fk_series_posts_workspace_id_delivery_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "episode_id"],
            ["series_episodes.workspace_id", "series_episodes.id"],
            name="fk_series_posts_workspace_id_episode_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_posts_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "delivery_id", name="pk_series_posts"),
        sa.UniqueConstraint(
            "workspace_id", "episode_id", "place", name="uq_series_posts_workspace_id_episode_id_place"
        ),
    )


def _questions() -> None:
    op.create_table(
        "series_questions",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("episode_id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offered_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_in", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "answered_in"],
            ["interviews.workspace_id", "interviews.id"],
            name="fk_series_questions_workspace_id_answered_in",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name="fk_series_questions_workspace_id_customer_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "episode_id"],
            ["series_episodes.workspace_id", "series_episodes.id"],
            name="fk_series_questions_workspace_id_episode_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_questions_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_questions"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_questions_workspace_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_series_questions_workspace_id_answered_in",
        "series_questions",
        ["workspace_id", "answered_in"],
        unique=False,
    )
    op.create_index(
        "ix_series_questions_workspace_id_customer_id",
        "series_questions",
        ["workspace_id", "customer_id"],
        unique=False,
    )
    op.create_index(
        "ix_series_questions_workspace_id_episode_id",
        "series_questions",
        ["workspace_id", "episode_id"],
        unique=False,
    )


def _sentences() -> None:
    op.create_table(
        "series_sentences",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("episode_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("signed_words", sa.Text(), nullable=False),
        sa.Column("customer_id", _ID, nullable=True),
        sa.Column("interview_id", _ID, nullable=True),
        sa.Column("before_id", _ID, nullable=True),
        sa.Column("quote_id", _ID, nullable=True),
        sa.Column("follow_up_id", _ID, nullable=True),
        sa.Column("answer_source", _ID, nullable=True),
        sa.Column("answer_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "answer_source", "answer_key"],
            ["nps_answers.workspace_id", "nps_answers.source_id", "nps_answers.key"],
            name="fk_series_sentences_workspace_id_answer_source_answer_key",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "before_id"],
            ["interviews.workspace_id", "interviews.id"],
            name="fk_series_sentences_workspace_id_before_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name="fk_series_sentences_workspace_id_customer_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "episode_id"],
            ["series_episodes.workspace_id", "series_episodes.id"],
            name="fk_series_sentences_workspace_id_episode_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "follow_up_id"],
            ["follow_ups.workspace_id", "follow_ups.id"],
            name="fk_series_sentences_workspace_id_follow_up_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interview_id"],
            ["interviews.workspace_id", "interviews.id"],
            name="fk_series_sentences_workspace_id_interview_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "quote_id"],
            ["quotes.workspace_id", "quotes.id"],
            name="fk_series_sentences_workspace_id_quote_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_sentences_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_sentences"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_series_sentences_workspace_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_series_sentences_workspace_id_answer_source_answer_key",
        "series_sentences",
        ["workspace_id", "answer_source", "answer_key"],
        unique=False,
    )
    op.create_index(
        "ix_series_sentences_workspace_id_before_id",
        "series_sentences",
        ["workspace_id", "before_id"],
        unique=False,
    )
    op.create_index(
        "ix_series_sentences_workspace_id_customer_id",
        "series_sentences",
        ["workspace_id", "customer_id"],
        unique=False,
    )
    op.create_index(
        "ix_series_sentences_workspace_id_episode_id_position",
        "series_sentences",
        ["workspace_id", "episode_id", "position"],
        unique=False,
    )
    op.create_index(
        "ix_series_sentences_workspace_id_follow_up_id",
        "series_sentences",
        ["workspace_id", "follow_up_id"],
        unique=False,
    )
    op.create_index(
        "ix_series_sentences_workspace_id_interview_id",
        "series_sentences",
        ["workspace_id", "interview_id"],
        unique=False,
    )
    op.create_index(
        "ix_series_sentences_workspace_id_quote_id",
        "series_sentences",
        ["workspace_id", "quote_id"],
        unique=False,
    )


def _votes() -> None:
    op.create_table(
        "series_votes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("episode_id", _ID, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("question_id", _ID, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "episode_id"],
            ["series_episodes.workspace_id", "series_episodes.id"],
            name="fk_series_votes_workspace_id_episode_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "question_id"],
            ["series_questions.workspace_id", "series_questions.id"],
            name="fk_series_votes_workspace_id_question_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_series_votes_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "episode_id", "user_id", name="pk_series_votes"),
    )
    op.create_index(
        "ix_series_votes_workspace_id_question_id",
        "series_votes",
        ["workspace_id", "question_id"],
        unique=False,
    )
