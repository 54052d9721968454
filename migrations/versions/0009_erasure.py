"""Erasures on their way, exports handed out, how far retention has come, and what finds a person's rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_FOUND_BY = (
    ("avatar_lines", "reason_id"),
    ("consents", "interview_id"),
    ("delivery_subjects", "quote_id"),
    ("drafts", "interview_id"),
    ("story_topics", "story_id"),
)
"""What goes with another row is found by an index, or each erasure would read whole tables."""


def upgrade() -> None:
    _erasures()
    _kept_for_a_time()
    for table, column in _FOUND_BY:
        op.create_index(f"ix_{table}_workspace_id_{column}", table, ["workspace_id", column])
    for name, column, where in (
        ("ending", "valid_until", "valid_until IS NOT NULL"),
        ("beginning", "valid_from", "valid_from > recorded_at"),
    ):
        op.create_index(
            f"ix_consents_{name}",
            "consents",
            ["workspace_id", column],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    op.drop_index("ix_consents_ending", table_name="consents")
    op.drop_index("ix_consents_beginning", table_name="consents")
    for table, column in _FOUND_BY:
        op.drop_index(f"ix_{table}_workspace_id_{column}", table_name=table)
    op.drop_index("ix_erasure_posts_workspace_id_erasure_id_state", table_name="erasure_posts")
    op.drop_index("ix_erasure_posts_workspace_id_delivery_id", table_name="erasure_posts")
    op.drop_table("erasure_posts")
    op.drop_table("retention")
    op.drop_index("ix_exports_workspace_id_delete_on", table_name="exports")
    op.drop_table("exports")
    op.drop_index("ix_erasures_open", table_name="erasures")
    op.drop_table("erasures")


def _of_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id", ondelete="CASCADE"
    )


def _of(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{owner}.workspace_id", f"{owner}.id"],
        name=f"fk_{table}_workspace_id_{column}",
        ondelete="CASCADE",
    )


def _asked(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The columns of what somebody asked for about somebody."""
    return (
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace(table),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("workspace_id", "id", name=f"uq_{table}_workspace_id_id"),
    )


def _erasures() -> None:
    op.create_table(
        "erasures",
        *_asked("erasures"),
        sa.Column("needles", sa.LargeBinary(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_erasures_open",
        "erasures",
        ["workspace_id", "id"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "erasure_posts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("erasure_id", _ID, nullable=False),
        sa.Column("delivery_id", _ID, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _of_workspace("erasure_posts"),
        _of("erasure_posts", "erasure_id", "erasures"),
        _of("erasure_posts", "delivery_id", "deliveries"),
        sa.PrimaryKeyConstraint("workspace_id", "erasure_id", "delivery_id", name="pk_erasure_posts"),
    )
    op.create_index(
        "ix_erasure_posts_workspace_id_delivery_id", "erasure_posts", ["workspace_id", "delivery_id"]
    )
    op.create_index(
        "ix_erasure_posts_workspace_id_erasure_id_state",
        "erasure_posts",
        ["workspace_id", "erasure_id", "state"],
    )


def _kept_for_a_time() -> None:
    op.create_table(
        "exports",
        *_asked("exports"),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("delete_on", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exports_workspace_id_delete_on", "exports", ["workspace_id", "delete_on"])
    op.create_table(
        "retention",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        _of_workspace("retention"),
        sa.PrimaryKeyConstraint("workspace_id", "kind", name="pk_retention"),
    )
