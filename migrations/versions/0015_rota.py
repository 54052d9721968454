"""The rota: who joined, customers who agreed to be asked, who meets whom, and each part's rhythm."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five tables, all of them new."""
    op.create_table(
        "rota_parts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_rota_parts_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "part", name=op.f("pk_rota_parts")),
    )
    op.create_table(
        "rota_people",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("seniority", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=True),
        sa.Column("pairs", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_rota_people_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_rota_people")),
    )
    op.create_table(
        "rota_rounds",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_rota_rounds_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_rota_rounds")),
    )
    op.create_table(
        "contacts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("rests_until", sa.Date(), nullable=True),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name=op.f("fk_contacts_workspace_id_customer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_contacts_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "customer_id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_contacts_workspace_id_key")),
    )
    op.create_table(
        "rota_talks",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=True),
        sa.Column("with_talk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name=op.f("fk_rota_talks_workspace_id_customer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_rota_talks_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_talks")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_rota_talks_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_rota_talks_due",
        "rota_talks",
        ["workspace_id", "next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_rota_talks_workspace_id_customer_id"),
        "rota_talks",
        ["workspace_id", "customer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_rota_talks_workspace_id_draft_id"), "rota_talks", ["workspace_id", "draft_id"], unique=False
    )
    op.create_index(
        op.f("ix_rota_talks_workspace_id_user_id"), "rota_talks", ["workspace_id", "user_id"], unique=False
    )


def downgrade() -> None:
    """And gone again, with what people chose."""
    op.drop_index(op.f("ix_rota_talks_workspace_id_user_id"), table_name="rota_talks")
    op.drop_index(op.f("ix_rota_talks_workspace_id_draft_id"), table_name="rota_talks")
    op.drop_index(op.f("ix_rota_talks_workspace_id_customer_id"), table_name="rota_talks")
    op.drop_index(
        "ix_rota_talks_due",
        table_name="rota_talks",
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.drop_table("rota_talks")
    op.drop_table("contacts")
    op.drop_table("rota_rounds")
    op.drop_table("rota_people")
    op.drop_table("rota_parts")
