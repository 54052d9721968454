"""Answers, their daily counts and their sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nps_erased",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_erased_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person", name=op.f("pk_nps_erased")),
    )

    op.create_table(
        "nps_properties",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_nps_properties_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nps_properties")),
        sa.UniqueConstraint("workspace_id", "folded", name=op.f("uq_nps_properties_workspace_id_folded")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_nps_properties_workspace_id_id")),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "nps_settings",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("year_begins", sa.Integer(), nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=False),
        sa.Column("pepper", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_settings_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_nps_settings")),
    )

    op.create_table(
        "nps_sources",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("verbatims_shared", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("cursor", sa.JSON(), nullable=False),
        sa.Column("pulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_sources_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nps_sources")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_nps_sources_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_nps_sources_workspace_id_name")),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "nps_uploads",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_uploads_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nps_uploads")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_nps_uploads_workspace_id_id")),
        sqlite_autoincrement=True,
    )

    op.create_index(
        op.f("ix_nps_uploads_workspace_id_at"), "nps_uploads", ["workspace_id", "at"], unique=False
    )

    op.create_table(
        "nps_answers",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "source_id"],
            ["nps_sources.workspace_id", "nps_sources.id"],
            name=op.f("fk_nps_answers_workspace_id_source_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "source_id", "key", name=op.f("pk_nps_answers")),
    )

    op.create_index(
        "ix_nps_answers_person",
        "nps_answers",
        ["workspace_id", "person"],
        unique=False,
        sqlite_where=sa.text("person IS NOT NULL"),
        postgresql_where=sa.text("person IS NOT NULL"),
    )

    op.create_index(
        op.f("ix_nps_answers_workspace_id_source_id_day"),
        "nps_answers",
        ["workspace_id", "source_id", "day"],
        unique=False,
    )

    op.create_table(
        "nps_days",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "cell", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("promoters", sa.Integer(), nullable=False),
        sa.Column("passives", sa.Integer(), nullable=False),
        sa.Column("detractors", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "source_id"],
            ["nps_sources.workspace_id", "nps_sources.id"],
            name=op.f("fk_nps_days_workspace_id_source_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "source_id", "cell", "day", name=op.f("pk_nps_days")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "nps_imports",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "source_id"],
            ["nps_sources.workspace_id", "nps_sources.id"],
            name=op.f("fk_nps_imports_workspace_id_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_imports_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nps_imports")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_nps_imports_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "source_id",
            "fingerprint",
            name=op.f("uq_nps_imports_workspace_id_source_id_fingerprint"),
        ),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "nps_keys",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "source_id"],
            ["nps_sources.workspace_id", "nps_sources.id"],
            name=op.f("fk_nps_keys_workspace_id_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_keys_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nps_keys")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nps_keys_public_id")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_nps_keys_workspace_id_id")),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "nps_segments",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("property_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "property_id"],
            ["nps_properties.workspace_id", "nps_properties.id"],
            name=op.f("fk_nps_segments_workspace_id_property_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_segments_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nps_segments")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_nps_segments_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "property_id",
            "folded",
            name=op.f("uq_nps_segments_workspace_id_property_id_folded"),
        ),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "nps_weeks",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "cell", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("promoters", sa.Integer(), nullable=False),
        sa.Column("passives", sa.Integer(), nullable=False),
        sa.Column("detractors", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "source_id"],
            ["nps_sources.workspace_id", "nps_sources.id"],
            name=op.f("fk_nps_weeks_workspace_id_source_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "source_id", "cell", "week", name=op.f("pk_nps_weeks")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "nps_pushes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "key_id"],
            ["nps_keys.workspace_id", "nps_keys.id"],
            name=op.f("fk_nps_pushes_workspace_id_key_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_pushes_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key_id", "idempotency_key", name=op.f("pk_nps_pushes")),
    )

    op.create_index(op.f("ix_nps_pushes_workspace_id_at"), "nps_pushes", ["workspace_id", "at"], unique=False)

    _add_movements()


def _add_movements() -> None:
    op.create_table(
        "nps_follows",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("every_segment", sa.Boolean(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("quiet_line", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_follows_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_nps_follows")),
    )

    op.create_table(
        "nps_watches",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_watches_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_nps_watches")),
    )

    op.create_table(
        "nps_movements",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("cell", sa.JSON(), nullable=False),
        sa.Column("cell_key", sa.Text(), nullable=False),
        sa.Column("week_end", sa.Date(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("voices", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("later", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_nps_movements_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nps_movements")),
        sa.UniqueConstraint(
            "workspace_id",
            "channel_id",
            "cell_key",
            "week_end",
            name=op.f("uq_nps_movements_workspace_id_channel_id_cell_key_week_end"),
        ),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_nps_movements_workspace_id_id")),
        sqlite_autoincrement=True,
    )

    op.create_index(
        op.f("ix_nps_movements_workspace_id_channel_id_week_end"),
        "nps_movements",
        ["workspace_id", "channel_id", "week_end"],
        unique=False,
    )

    op.create_table(
        "nps_figures",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_figures_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "figure", "property", "value", "month", name=op.f("pk_nps_figures")
        ),
    )


def downgrade() -> None:
    op.drop_table("nps_figures")
    op.drop_table("nps_movements")
    op.drop_table("nps_watches")
    op.drop_table("nps_follows")
    op.drop_table("nps_pushes")
    op.drop_table("nps_weeks")
    op.drop_table("nps_segments")
    op.drop_table("nps_keys")
    op.drop_table("nps_imports")
    op.drop_table("nps_days")
    op.drop_table("nps_answers")
    op.drop_table("nps_uploads")
    op.drop_table("nps_sources")
    op.drop_table("nps_settings")
    op.drop_table("nps_properties")
    op.drop_table("nps_erased")
