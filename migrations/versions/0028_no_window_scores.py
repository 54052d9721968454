"""The scores of single windows of talk are kept no longer: nothing asked for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What listening goes by stands in `project_listening`, and stays."""
    op.drop_index("ix_project_windows_workspace_id_project_id_on_day", table_name="project_windows")
    op.drop_table("project_windows")


def downgrade() -> None:
    """An empty table: an earlier version only ever added to it."""
    op.create_table(
        "project_windows",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("project_id", _NUMBER, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name=op.f("fk_project_windows_workspace_id_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_project_windows_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_windows")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_project_windows_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_project_windows_workspace_id_project_id_on_day"),
        "project_windows",
        ["workspace_id", "project_id", "on_day"],
        unique=False,
    )
