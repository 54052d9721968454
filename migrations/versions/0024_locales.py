"""The language of people, as Slack tells it, and of channels, as they chose it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's is known yet: it is learnt when they next come, and asked of channels."""
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("locale", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("channels") as channels:
        channels.add_column(sa.Column("language", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Everybody reads English again."""
    with op.batch_alter_table("channels") as channels:
        channels.drop_column("language")
    with op.batch_alter_table("people") as people:
        people.drop_column("locale")
