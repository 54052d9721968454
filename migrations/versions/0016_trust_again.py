"""Which channels customers who work here are not in; editors' approvals from before they stood by the story.

An approval given before 0006 is in the audit log alone. It counts where nobody changed the words after it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_AUDIT = sa.table(
    "audit",
    *(sa.column(name) for name in ("id", "workspace_id", "actor_id", "act", "object_kind", "object_id")),
    sa.column("at", sa.DateTime(timezone=True)),
)
_TERMS = sa.table(
    "story_terms",
    *(sa.column(name) for name in ("workspace_id", "story_id", "waits_for", "approved_by")),
    sa.column("approved_at", sa.DateTime(timezone=True)),
)
_OTHER_WORDS = ("edit", "take_correction", "send_back", "ask_editor", "recall")
"""Acts after which an approval does not hold any more."""


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
    put_approvals()


def put_approvals() -> None:
    """Write down beside each story the editor's yes that the audit log knows of."""
    connection, said = op.get_bind(), _AUDIT.c
    lines = connection.execute(
        sa.select(said.workspace_id, said.object_id, said.act, said.actor_id, said.at)
        .where(said.object_kind == "story", said.act.in_(("approve", *_OTHER_WORDS)))
        .order_by(said.at, said.id)
    )
    standing = {}
    for team, story, act, actor, at in lines:
        standing[team, story] = (actor, at) if act == "approve" else None
    for (team, story), approved in standing.items():
        if approved is None or not story.isdecimal():
            continue
        own = (_TERMS.c.workspace_id == team, _TERMS.c.story_id == int(story), _TERMS.c.waits_for != "editor")
        connection.execute(
            sa.update(_TERMS)
            .where(*own, _TERMS.c.approved_by.is_(None))
            .values(approved_by=approved[0], approved_at=approved[1])
        )


def downgrade() -> None:
    op.drop_index("ix_customer_absences_workspace_id_channel_id", table_name="customer_absences")
    op.drop_table("customer_absences")
