"""The newest comments of a source are found without looking at answers that have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of the answers with a comment, in the order in which the newest are read."""
    op.create_index(
        "ix_nps_answers_commented",
        "nps_answers",
        ["workspace_id", "source_id", "day", "answered_at", "key"],
        sqlite_where=sa.text("comment <> ''"),
        postgresql_where=sa.text("comment <> ''"),
    )


def downgrade() -> None:
    """Without it again."""
    op.drop_index("ix_nps_answers_commented", table_name="nps_answers")
