"""Which channels customers who work here are not in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "customer_absences",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customer_colleagues.workspace_id", "customer_colleagues.customer_id"],
            name="fk_customer_absences_workspace_id_customer_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name="fk_customer_absences_workspace_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "customer_id", "channel_id", name="pk_customer_absences"),
    )
    op.create_index(
        "ix_customer_absences_workspace_id_channel_id",
        "customer_absences",
        ["workspace_id", "channel_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_customer_absences_workspace_id_channel_id", table_name="customer_absences")
    op.drop_table("customer_absences")
