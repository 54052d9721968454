"""Who is in the channels that hear something, which App Home follows; the language of surveys' comments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A channel's roll, and who is on it; the language of each comment, and how far it was looked for."""
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
    op.create_table(
        "language_rounds",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("upto", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id"),
    )
    # Neither database writes its rows anew for a column that may be empty, however many answers there are.
    op.add_column("nps_answers", sa.Column("language", sa.Text(), nullable=True))
    op.create_index(
        "ix_nps_answers_of_no_language",
        "nps_answers",
        ["workspace_id"],
        sqlite_where=sa.text("language IS NULL AND comment <> ''"),
        postgresql_where=sa.text("language IS NULL AND comment <> ''"),
    )


def downgrade() -> None:
    """Without any of it."""
    op.drop_index("ix_nps_answers_of_no_language", table_name="nps_answers")
    op.drop_column("nps_answers", "language")
    op.drop_table("language_rounds")
    op.drop_table("channel_members")
    op.drop_table("channel_rolls")
