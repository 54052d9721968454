"""How much a conversation's write-up tells, counted when it is written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was written before is not counted, and 0: it is told as ever."""
    with op.batch_alter_table("interviews") as interviews:
        interviews.add_column(
            sa.Column("substance", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )


def downgrade() -> None:
    """Nothing is counted any more."""
    with op.batch_alter_table("interviews") as interviews:
        interviews.drop_column("substance")
