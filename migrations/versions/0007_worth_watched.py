"""What a point is worth, looked at again each month for the channels that asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


_STRETCH = {
    "sqlite": "max(date(day, 'weekday 0', '-6 days'), date(day, 'start of month'))",
    "postgresql": "CAST(greatest(date_trunc('week', day), date_trunc('month', day)) AS date)",
}
_WEEK = {
    "sqlite": "date(day, 'weekday 0', '-6 days')",
    "postgresql": "CAST(date_trunc('week', day) AS date)",
}


def _count_weeks_anew(begins: str) -> None:
    """Reckon the weekly counts from the daily ones; `begins` is the first day of a day's week, in SQL."""
    op.execute("DELETE FROM nps_weeks")
    op.execute(
        "INSERT INTO nps_weeks (workspace_id, source_id, cell, week, promoters, passives, detractors) "
        f"SELECT workspace_id, source_id, cell, {begins}, "
        "sum(promoters), sum(passives), sum(detractors) "
        "FROM nps_days GROUP BY workspace_id, source_id, cell, 4"
    )


def upgrade() -> None:
    _count_weeks_anew(_STRETCH[op.get_bind().dialect.name])
    op.create_table(
        "nps_worth",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_nps_worth_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "channel_id", "figure", "property", "value", name=op.f("pk_nps_worth")
        ),
    )
    op.create_index(
        op.f("ix_nps_worth_workspace_id_next_at"), "nps_worth", ["workspace_id", "next_at"], unique=False
    )


def downgrade() -> None:
    _count_weeks_anew(_WEEK[op.get_bind().dialect.name])
    op.drop_index(op.f("ix_nps_worth_workspace_id_next_at"), table_name="nps_worth")
    op.drop_table("nps_worth")
