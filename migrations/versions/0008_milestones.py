"""Milestones, avatars’ pictures and pins, and conversations that are wanted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "avatar_pictures",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name=op.f("fk_avatar_pictures_workspace_id_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_avatar_pictures_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "project_id", name=op.f("pk_avatar_pictures")),
        sa.UniqueConstraint("name", name=op.f("uq_avatar_pictures_name")),
    )
    op.create_table(
        "project_marks",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", ROW_ID, nullable=False),
        sa.Column("emoji", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name=op.f("fk_project_marks_workspace_id_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_project_marks_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "project_id", name=op.f("pk_project_marks")),
    )
    op.create_table(
        "project_milestones",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", ROW_ID, nullable=False),
        sa.Column("message_ts", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name=op.f("fk_project_milestones_workspace_id_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_project_milestones_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_milestones")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_project_milestones_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "project_id",
            "message_ts",
            name=op.f("uq_project_milestones_workspace_id_project_id_message_ts"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "project_pins",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", ROW_ID, nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("message_ts", sa.Text(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name=op.f("fk_project_pins_workspace_id_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_project_pins_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "project_id", name=op.f("pk_project_pins")),
    )
    op.create_index(op.f("ix_project_pins_due_at"), "project_pins", ["due_at"], unique=False)
    op.create_table(
        "wanted_talks",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", ROW_ID, nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("draft_id", ROW_ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name=op.f("fk_wanted_talks_workspace_id_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_wanted_talks_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted_talks")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_wanted_talks_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_wanted_talks_workspace_id_draft_id"),
        "wanted_talks",
        ["workspace_id", "draft_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wanted_talks_workspace_id_owner_id"),
        "wanted_talks",
        ["workspace_id", "owner_id"],
        unique=False,
    )
    op.create_table(
        "milestone_looks",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("milestone_id", ROW_ID, nullable=False),
        sa.Column("weeks", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "milestone_id"],
            ["project_milestones.workspace_id", "project_milestones.id"],
            name=op.f("fk_milestone_looks_workspace_id_milestone_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_milestone_looks_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "milestone_id", "weeks", name=op.f("pk_milestone_looks")),
    )
    op.create_index(op.f("ix_milestone_looks_due_at"), "milestone_looks", ["due_at"], unique=False)
    _trackers()


def downgrade() -> None:
    op.drop_index(
        "ix_trackers_on",
        table_name="trackers",
        sqlite_where=sa.text("state = 'on'"),
        postgresql_where=sa.text("state = 'on'"),
    )
    op.drop_table("trackers")
    op.drop_index(op.f("ix_milestone_looks_due_at"), table_name="milestone_looks")
    op.drop_table("milestone_looks")
    op.drop_index(op.f("ix_wanted_talks_workspace_id_owner_id"), table_name="wanted_talks")
    op.drop_index(op.f("ix_wanted_talks_workspace_id_draft_id"), table_name="wanted_talks")
    op.drop_table("wanted_talks")
    op.drop_index(op.f("ix_project_pins_due_at"), table_name="project_pins")
    op.drop_table("project_pins")
    op.drop_table("project_milestones")
    op.drop_table("project_marks")
    op.drop_table("avatar_pictures")


def _trackers() -> None:
    op.create_table(
        "trackers",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("place_key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("trouble_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outsiders_allowed_by", sa.Text(), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_up_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name=op.f("fk_trackers_workspace_id_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_trackers_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trackers")),
        sa.UniqueConstraint("key", name=op.f("uq_trackers_key")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_trackers_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_trackers_on",
        "trackers",
        ["workspace_id", "project_id"],
        unique=True,
        sqlite_where=sa.text("state = 'on'"),
        postgresql_where=sa.text("state = 'on'"),
    )
