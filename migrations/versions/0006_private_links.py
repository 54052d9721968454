"""Private links for customers and their corrections, account teams, colleagues who are customers, parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _customers()
    _colleagues()
    op.add_column("story_terms", sa.Column("approved_by", sa.Text(), nullable=True))
    op.add_column("story_terms", sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("story_terms", "approved_at")
    op.drop_column("story_terms", "approved_by")
    op.drop_index("ix_parts_workspace_id_manager_id", table_name="parts")
    op.drop_table("parts")
    op.drop_index("ix_customer_colleagues_workspace_id_user_id", table_name="customer_colleagues")
    op.drop_table("customer_colleagues")
    op.drop_index("ix_account_teams_workspace_id_user_id", table_name="account_teams")
    op.drop_table("account_teams")
    op.drop_index("ix_corrections_workspace_id_interview_id", table_name="corrections")
    op.drop_index("ix_corrections_open", table_name="corrections")
    op.drop_table("corrections")
    op.drop_index("ix_customer_links_workspace_id_story_id", table_name="customer_links")
    op.drop_table("customer_links")


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


def _customers() -> None:
    op.create_table(
        "customer_links",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        _of_workspace("customer_links"),
        _of("customer_links", "story_id", "stories"),
        sa.PrimaryKeyConstraint("id", name="pk_customer_links"),
        sa.UniqueConstraint("public_id", name="uq_customer_links_public_id"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_customer_links_workspace_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_customer_links_workspace_id_story_id", "customer_links", ["workspace_id", "story_id"])
    op.create_table(
        "corrections",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("interview_id", _ID, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hide", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        _of_workspace("corrections"),
        _of("corrections", "interview_id", "interviews"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_corrections_workspace_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_corrections_open",
        "corrections",
        ["workspace_id", "interview_id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_corrections_workspace_id_interview_id", "corrections", ["workspace_id", "interview_id"]
    )


def _colleagues() -> None:
    op.create_table(
        "account_teams",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("account_teams"),
        sa.PrimaryKeyConstraint("workspace_id", "owner_id", "account", "user_id", name="pk_account_teams"),
    )
    op.create_index("ix_account_teams_workspace_id_user_id", "account_teams", ["workspace_id", "user_id"])
    op.create_table(
        "customer_colleagues",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("named_by", sa.Text(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("customer_colleagues"),
        _of("customer_colleagues", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("workspace_id", "customer_id", name="pk_customer_colleagues"),
    )
    op.create_index(
        "ix_customer_colleagues_workspace_id_user_id", "customer_colleagues", ["workspace_id", "user_id"]
    )
    op.create_table(
        "parts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("manager_id", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        _of_workspace("parts"),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_parts"),
    )
    op.create_index("ix_parts_workspace_id_manager_id", "parts", ["workspace_id", "manager_id"])
