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
    _budget_attention()
    _follow_stories()
    _keep_pace()
    _take_events_in()
    engine.bring()


def downgrade() -> None:
    engine.take_away()
    op.drop_column("receipts", "attempts")
    op.drop_column("receipts", "body")
    op.drop_table("rests")
    op.drop_index(op.f("ix_notice_stories_workspace_id_story_id"), table_name="notice_stories")
    op.drop_table("notice_stories")
    op.drop_index(op.f("ix_home_stories_workspace_id_story_id"), table_name="home_stories")
    op.drop_table("home_stories")
    op.drop_index("ix_due_homes_behind", table_name="due_homes")
    op.drop_table("due_homes")
    op.drop_table("unasked")
    op.drop_index("ix_deliveries_trouble", table_name="deliveries")
    op.drop_index("ix_deliveries_attention", table_name="deliveries")
    op.drop_column("deliveries", "attention_seat")
    op.drop_column("deliveries", "attention_window")


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


def _take_events_in() -> None:
    op.add_column("receipts", sa.Column("body", sa.LargeBinary(), nullable=True))
    op.add_column("receipts", sa.Column("attempts", sa.Integer(), nullable=False, server_default="1"))


def _follow_stories() -> None:
    op.create_table(
        "due_homes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("followed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_due_homes_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_due_homes")),
    )
    op.create_index(
        "ix_due_homes_behind",
        "due_homes",
        ["workspace_id", "user_id"],
        sqlite_where=sa.text("changes > followed"),
        postgresql_where=sa.text("changes > followed"),
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
        "INSERT INTO due_homes (workspace_id, user_id, changes, followed) "
        "SELECT workspace_id, user_id, 1, 0 FROM people WHERE home_hash IS NOT NULL"
    )


_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _budget_attention() -> None:
    op.add_column("deliveries", sa.Column("attention_window", sa.Text(), nullable=True))
    op.add_column("deliveries", sa.Column("attention_seat", sa.Integer(), nullable=True))
    budgeted, trouble = sa.text("attention_window IS NOT NULL"), sa.text("state IN ('in_doubt', 'failed')")
    op.create_index(
        "ix_deliveries_attention",
        "deliveries",
        ["workspace_id", "channel_id", "attention_window", "attention_seat"],
        unique=True,
        sqlite_where=budgeted,
        postgresql_where=budgeted,
    )
    op.create_index(
        "ix_deliveries_trouble",
        "deliveries",
        ["workspace_id", "state"],
        sqlite_where=trouble,
        postgresql_where=trouble,
    )
    op.create_table(
        "unasked",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot_key", sa.Text(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery_id", _ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["deliveries.workspace_id", "deliveries.id"],
            name=op.f("fk_unasked_workspace_id_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_unasked_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unasked")),
        sa.UniqueConstraint(
            "workspace_id",
            "place",
            "kind",
            "slot_key",
            name=op.f("uq_unasked_workspace_id_place_kind_slot_key"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unasked_workspace_id_delivery_id"), "unasked", ["workspace_id", "delivery_id"])
    waiting = sa.text("state = 'waiting'")
    for name, column in (("ix_unasked_due", "next_at"), ("ix_unasked_waiting", "place")):
        op.create_index(
            name, "unasked", ["workspace_id", column], sqlite_where=waiting, postgresql_where=waiting
        )
