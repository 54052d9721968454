"""How follow-ups end and who hears of it, accounts and whose they are, the language that texts are in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TO_SPREAD = sa.text("outcome = 'done' AND spread_at IS NULL")
_UNKNOWN_OWNER = sa.text("owner_said <> '' AND asked_at IS NULL")
_LOOKED_UP_BY = ("folded", "owner_id", "renewal_on")
_OF_FOLLOW_UPS = (
    "reminded",
    "outcome",
    "closing",
    "untold",
    "link",
    "offered_to",
    "told_at",
    "spread_at",
)


def upgrade() -> None:
    _accounts()
    _follow_ups()
    op.add_column("interviews", sa.Column("language", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "interviews", sa.Column("language_said", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("channels", sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("channels", "languages")
    op.drop_column("interviews", "language_said")
    op.drop_column("interviews", "language")
    op.drop_index("ix_follow_ups_to_spread", table_name="follow_ups")
    for column in reversed(_OF_FOLLOW_UPS):
        op.drop_column("follow_ups", column)
    op.drop_index("ix_account_customers_workspace_id_account_id", table_name="account_customers")
    op.drop_table("account_customers")
    op.drop_index("ix_accounts_unknown_owner", table_name="accounts")
    for column in _LOOKED_UP_BY:
        op.drop_index(f"ix_accounts_workspace_id_{column}", table_name="accounts")
    op.drop_table("accounts")


def _follow_ups() -> None:
    """What ended before is over: nobody is told of it now."""
    for column in (
        sa.Column("reminded", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("closing", sa.Text(), server_default="", nullable=False),
        sa.Column("untold", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("offered_to", sa.Text(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spread_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("follow_ups", column)
    op.execute("UPDATE follow_ups SET outcome = 'done', spread_at = done_at WHERE done_at IS NOT NULL")
    op.create_index(
        "ix_follow_ups_to_spread",
        "follow_ups",
        ["workspace_id", "id"],
        sqlite_where=_TO_SPREAD,
        postgresql_where=_TO_SPREAD,
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("owner_said", sa.Text(), nullable=False),
        sa.Column("worth", sa.LargeBinary(), nullable=True),
        sa.Column("renewal_on", sa.Date(), nullable=True),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("noted_for", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_accounts_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_accounts_workspace_id_key"),
        sqlite_autoincrement=True,
    )
    for column in _LOOKED_UP_BY:
        op.create_index(f"ix_accounts_workspace_id_{column}", "accounts", ["workspace_id", column])
    op.create_index(
        "ix_accounts_unknown_owner",
        "accounts",
        ["workspace_id"],
        sqlite_where=_UNKNOWN_OWNER,
        postgresql_where=_UNKNOWN_OWNER,
    )
    _account_customers()


def _account_customers() -> None:
    op.create_table(
        "account_customers",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("belongs", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("account_customers"),
        _of("account_customers", "account_id", "accounts"),
        _of("account_customers", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("workspace_id", "customer_id", "account_id", name="pk_account_customers"),
    )
    op.create_index(
        "ix_account_customers_workspace_id_account_id", "account_customers", ["workspace_id", "account_id"]
    )


def _of_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id", ondelete="CASCADE"
    )


def _of(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{owner}.workspace_id", f"{owner}.id"],
        name=f"fk_{table}_workspace_id_{column}",
        ondelete="CASCADE",
    )
