"""Posts at a pace, within a budget of attention; private notes and App Homes that follow their stories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations import engine

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _follow_stories()
    _keep_pace()
    engine.bring()


def downgrade() -> None:
    engine.take_away()
    op.drop_table("rests")
    op.drop_index(op.f("ix_notice_stories_workspace_id_story_id"), table_name="notice_stories")
    op.drop_table("notice_stories")
    op.drop_index(op.f("ix_home_stories_workspace_id_story_id"), table_name="home_stories")
    op.drop_table("home_stories")
    op.drop_table("due_homes")


def _follow_stories() -> None:
    op.create_table(
        "due_homes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_due_homes_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_due_homes")),
    )
    op.create_table(
        "home_stories",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("story_id", _ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "story_id"],
            ["stories.workspace_id", "stories.id"],
            name=op.f("fk_home_stories_workspace_id_story_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_home_stories_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "story_id", name=op.f("pk_home_stories")),
    )
    op.create_index(
        op.f("ix_home_stories_workspace_id_story_id"), "home_stories", ["workspace_id", "story_id"]
    )
    op.create_table(
        "notice_stories",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", _ROW_ID, nullable=False),
        sa.Column("story_id", _ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["deliveries.workspace_id", "deliveries.id"],
            name=op.f("fk_notice_stories_workspace_id_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "story_id"],
            ["stories.workspace_id", "stories.id"],
            name=op.f("fk_notice_stories_workspace_id_story_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_notice_stories_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "delivery_id", "story_id", name=op.f("pk_notice_stories")),
    )
    op.create_index(
        op.f("ix_notice_stories_workspace_id_story_id"), "notice_stories", ["workspace_id", "story_id"]
    )
    # Which stories stand on the Homes of today is found out by putting them there once more.
    op.execute(
        "INSERT INTO due_homes (workspace_id, user_id, changes) "
        "SELECT workspace_id, user_id, 1 FROM people WHERE home_hash IS NOT NULL"
    )


_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _keep_pace() -> None:
    op.create_table(
        "rests",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_rests_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "what", name=op.f("pk_rests")),
    )
