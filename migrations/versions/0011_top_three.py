"""The top three: what people choose for a quarter, and what is said of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOT_DROPPED = sa.text("state <> 'dropped'")


def upgrade() -> None:
    op.create_table(
        "priorities",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("theme_id", ROW_ID, nullable=True),
        sa.Column("theme_name", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("done_means", sa.Text(), nullable=False),
        sa.Column("segment", sa.JSON(), nullable=False),
        sa.Column("start_promoters", sa.Integer(), nullable=True),
        sa.Column("start_passives", sa.Integer(), nullable=True),
        sa.Column("start_detractors", sa.Integer(), nullable=True),
        sa.Column("chosen_by", sa.Text(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_priorities_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priorities")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_priorities_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_priorities_places",
        "priorities",
        ["workspace_id", "quarter", "place"],
        unique=True,
        sqlite_where=NOT_DROPPED,
        postgresql_where=NOT_DROPPED,
    )
    op.create_index(op.f("ix_priorities_workspace_id_theme_id"), "priorities", ["workspace_id", "theme_id"])
    _create_notes()
    op.create_table(
        "priority_rounds",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_priority_rounds_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_priority_rounds")),
    )
    op.add_column("themes", sa.Column("rose_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("themes", "rose_on")
    op.drop_table("priority_rounds")
    op.drop_index(op.f("ix_priority_notes_workspace_id_priority_id"), table_name="priority_notes")
    op.drop_table("priority_notes")
    op.drop_index(op.f("ix_priorities_workspace_id_theme_id"), table_name="priorities")
    op.drop_index("ix_priorities_places", table_name="priorities")
    op.drop_table("priorities")


def _create_notes() -> None:
    op.create_table(
        "priority_notes",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("priority_id", ROW_ID, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "priority_id"],
            ["priorities.workspace_id", "priorities.id"],
            name=op.f("fk_priority_notes_workspace_id_priority_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_priority_notes_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_notes")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_priority_notes_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_priority_notes_workspace_id_priority_id"), "priority_notes", ["workspace_id", "priority_id"]
    )
