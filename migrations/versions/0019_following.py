"""Who is in the channels that hear something, so that App Home follows what people are near."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A channel's roll, and who is on it."""
    op.create_table(
        "channel_rolls",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id"),
    )
    op.create_index("ix_channel_rolls_workspace_id_read_at", "channel_rolls", ["workspace_id", "read_at"])
    op.create_table(
        "channel_members",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "user_id"),
    )
    op.create_index("ix_channel_members_workspace_id_user_id", "channel_members", ["workspace_id", "user_id"])


def downgrade() -> None:
    """Without both."""
    op.drop_table("channel_members")
    op.drop_table("channel_rolls")
