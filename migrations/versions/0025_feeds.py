"""What a market feed is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, a new one."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "series_feed_topics",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("feed_id", number, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "feed_id"],
            ["series_feeds.workspace_id", "series_feeds.id"],
            name=op.f("fk_series_feed_topics_workspace_id_feed_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_series_feed_topics_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "feed_id", "topic", name=op.f("pk_series_feed_topics")),
    )


def downgrade() -> None:
    """And gone again; feeds are about anything then."""
    op.drop_table("series_feed_topics")
