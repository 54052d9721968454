"""The template with which a channel is told stories, as it chose it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has chosen yet: everybody is told the whole story."""
    with op.batch_alter_table("channels") as channels:
        channels.add_column(sa.Column("template", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """And everybody is again."""
    with op.batch_alter_table("channels") as channels:
        channels.drop_column("template")
