"""Surveys' comments behind projects' reasons, reminders of wanted conversations, and routing rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "nps_sources", sa.Column("avatars_quote", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _number_comments()
    _tie_comments()
    _remind_of_talks()
    _route()


def downgrade() -> None:
    _route_no_more()
    for name in ("ix_wanted_talks_to_remind", "ix_wanted_talks_untimed"):
        op.drop_index(name, table_name="wanted_talks")
    op.drop_column("wanted_talks", "reminded_at")
    op.drop_column("wanted_talks", "remind_at")
    for table in ("avatar_line_comments", "reason_comments"):
        op.drop_index(op.f(f"ix_{table}_workspace_id_comment_id"), table_name=table)
        op.drop_table(table)
    op.drop_table("avatar_comments")
    op.drop_column("nps_sources", "avatars_quote")


def _number_comments() -> None:
    op.create_table(
        "avatar_comments",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source_id", ROW_ID, nullable=False),
        sa.Column("answer_key", sa.Text(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        _of_workspace("avatar_comments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avatar_comments")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_avatar_comments_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "source_id",
            "answer_key",
            name=op.f("uq_avatar_comments_workspace_id_source_id_answer_key"),
        ),
        sqlite_autoincrement=True,
    )


def _tie_comments() -> None:
    op.create_table(
        "reason_comments",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("reason_id", ROW_ID, nullable=False),
        sa.Column("comment_id", ROW_ID, nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("reason_comments"),
        _owned("reason_comments", "reason_id", "project_reasons"),
        _owned("reason_comments", "comment_id", "avatar_comments"),
        sa.PrimaryKeyConstraint("workspace_id", "reason_id", "comment_id", name=op.f("pk_reason_comments")),
    )
    op.create_table(
        "avatar_line_comments",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("line_id", ROW_ID, nullable=False),
        sa.Column("comment_id", ROW_ID, nullable=False),
        _of_workspace("avatar_line_comments"),
        _owned("avatar_line_comments", "line_id", "avatar_lines"),
        _owned("avatar_line_comments", "comment_id", "avatar_comments"),
        sa.PrimaryKeyConstraint("workspace_id", "line_id", name=op.f("pk_avatar_line_comments")),
    )
    for table in ("reason_comments", "avatar_line_comments"):
        op.create_index(
            op.f(f"ix_{table}_workspace_id_comment_id"), table, ["workspace_id", "comment_id"], unique=False
        )


def _remind_of_talks() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("wanted_talks", sa.Column("remind_at", moment, nullable=True))
    op.add_column("wanted_talks", sa.Column("reminded_at", moment, nullable=True))
    for name, column, where in (
        ("ix_wanted_talks_untimed", "due_on", "remind_at IS NULL"),
        ("ix_wanted_talks_to_remind", "remind_at", "reminded_at IS NULL"),
    ):
        op.create_index(
            name,
            "wanted_talks",
            ["workspace_id", column],
            unique=False,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def _route() -> None:
    op.create_table(
        "routes",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("seen_text", ROW_ID, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("routes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routes")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_routes_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_routes_next_at"), "routes", ["next_at"], unique=False)
    op.create_table(
        "route_posts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("route_posts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_posts")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_route_posts_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    for table in ("routes", "route_posts"):
        name = op.f(f"ix_{table}_workspace_id_channel_id")
        op.create_index(name, table, ["workspace_id", "channel_id"], unique=False)
    _keep_items()


def _keep_items() -> None:
    op.create_table(
        "route_items",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("post_id", ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("source_id", ROW_ID, nullable=True),
        sa.Column("answer_key", sa.Text(), nullable=True),
        sa.Column("story_id", ROW_ID, nullable=True),
        sa.Column("stands", sa.Boolean(), nullable=False),
        _of_workspace("route_items"),
        _owned("route_items", "post_id", "route_posts"),
        _owned("route_items", "story_id", "stories"),
        sa.PrimaryKeyConstraint("workspace_id", "post_id", "position", name=op.f("pk_route_items")),
    )
    for columns in (["story_id"], ["source_id", "answer_key"]):
        name = op.f(f"ix_route_items_workspace_id_{'_'.join(columns)}")
        op.create_index(name, "route_items", ["workspace_id", *columns], unique=False)


def _route_no_more() -> None:
    for columns in ("story_id", "source_id_answer_key"):
        op.drop_index(op.f(f"ix_route_items_workspace_id_{columns}"), table_name="route_items")
    op.drop_table("route_items")
    for table in ("routes", "route_posts"):
        op.drop_index(op.f(f"ix_{table}_workspace_id_channel_id"), table_name=table)
    op.drop_table("route_posts")
    op.drop_index(op.f("ix_routes_next_at"), table_name="routes")
    op.drop_table("routes")


def _of_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id"), ondelete="CASCADE"
    )


def _owned(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{owner}.workspace_id", f"{owner}.id"],
        name=op.f(f"fk_{table}_workspace_id_{column}"),
        ondelete="CASCADE",
    )
