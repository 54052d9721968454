"""The first schema: workspaces, people, customers and consent, conversations, stories, the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("installed_by", sa.Text(), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "audit",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_audit_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_audit_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_workspace_id_at", "audit", ["workspace_id", "at"], unique=False)

    op.create_table(
        "channels",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("set_up_by", sa.Text(), nullable=False),
        sa.Column("managers", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("retell", sa.Boolean(), nullable=False),
        sa.Column("guests_allowed_by", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_because", sa.Text(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_channels_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_channels")),
    )
    op.create_index("ix_channels_next_at", "channels", ["next_at"], unique=False)
    op.create_index("ix_channels_workspace_id_next_at", "channels", ["workspace_id", "next_at"], unique=False)

    op.create_table(
        "customers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("former_names", sa.JSON(), nullable=False),
        sa.Column("former_companies", sa.JSON(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_customers_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_customers_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_customers_workspace_id_folded_name", "customers", ["workspace_id", "folded_name"], unique=False
    )

    op.create_table(
        "deliveries",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot_key", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("target_delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("thread_ts", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_in", sa.Text(), nullable=True),
        sa.Column("slack_ts", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "target_delivery_id"],
            ["deliveries.workspace_id", "deliveries.id"],
            name=op.f("fk_deliveries_workspace_id_target_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_deliveries_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "workspace_id",
            "channel_id",
            "kind",
            "slot_key",
            name=op.f("uq_deliveries_workspace_id_channel_id_kind_slot_key"),
        ),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_deliveries_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_pending",
        "deliveries",
        ["workspace_id", "not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_deliveries_sending",
        "deliveries",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_deliveries_workspace_id_posted_in_slack_ts",
        "deliveries",
        ["workspace_id", "posted_in", "slack_ts"],
        unique=False,
    )
    op.create_index(
        "ix_deliveries_workspace_id_target_delivery_id",
        "deliveries",
        ["workspace_id", "target_delivery_id"],
        unique=False,
    )

    op.create_table(
        "file_arrivals",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("slack_ts", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_file_arrivals_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "file_id", "slack_ts", name=op.f("pk_file_arrivals")),
    )
    op.create_index("ix_file_arrivals_workspace_id_at", "file_arrivals", ["workspace_id", "at"], unique=False)

    op.create_table(
        "file_receipts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_file_receipts_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "fingerprint", name=op.f("pk_file_receipts")),
    )
    op.create_table(
        "people",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("home_hash", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_people_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_people")),
    )
    op.create_table(
        "receipts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_receipts_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_receipts")),
    )
    op.create_index("ix_receipts_at", "receipts", ["at"], unique=False)

    op.create_table(
        "roles",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_roles_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "role", name=op.f("pk_roles")),
    )
    op.create_table(
        "interviews",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("trying_to", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name=op.f("fk_interviews_workspace_id_customer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_interviews_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_interviews_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "source_key", name=op.f("uq_interviews_workspace_id_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_interviews_workspace_id_author_id_id",
        "interviews",
        ["workspace_id", "author_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_interviews_workspace_id_customer_id", "interviews", ["workspace_id", "customer_id"], unique=False
    )

    op.create_table(
        "consents",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interview_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name=op.f("fk_consents_workspace_id_customer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interview_id"],
            ["interviews.workspace_id", "interviews.id"],
            name=op.f("fk_consents_workspace_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_consents_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_consents_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consents_workspace_id_customer_id", "consents", ["workspace_id", "customer_id"], unique=False
    )

    op.create_table(
        "drafts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("thread_channel", sa.Text(), nullable=True),
        sa.Column("thread_ts", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interview_id"],
            ["interviews.workspace_id", "interviews.id"],
            name=op.f("fk_drafts_workspace_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_drafts_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_drafts_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_drafts_workspace_id_author_id_updated_at",
        "drafts",
        ["workspace_id", "author_id", "updated_at"],
        unique=False,
    )
    op.create_index(
        "ix_drafts_workspace_id_thread_channel_thread_ts",
        "drafts",
        ["workspace_id", "thread_channel", "thread_ts"],
        unique=False,
    )

    op.create_table(
        "follow_ups",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interview_id"],
            ["interviews.workspace_id", "interviews.id"],
            name=op.f("fk_follow_ups_workspace_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_follow_ups_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_follow_ups_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_follow_ups_to_remind",
        "follow_ups",
        ["workspace_id", "remind_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND reminded_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND reminded_at IS NULL"),
    )
    op.create_index(
        "ix_follow_ups_untimed",
        "follow_ups",
        ["workspace_id", "due_on"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND remind_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND remind_at IS NULL"),
    )
    op.create_index(
        "ix_follow_ups_workspace_id_interview_id",
        "follow_ups",
        ["workspace_id", "interview_id"],
        unique=False,
    )
    op.create_index(
        "ix_follow_ups_workspace_id_owner_id_done_at",
        "follow_ups",
        ["workspace_id", "owner_id", "done_at"],
        unique=False,
    )

    op.create_table(
        "quotes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interview_id"],
            ["interviews.workspace_id", "interviews.id"],
            name=op.f("fk_quotes_workspace_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_quotes_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_quotes_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "interview_id",
            "position",
            name=op.f("uq_quotes_workspace_id_interview_id_position"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stories",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("appreciation", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interview_id"],
            ["interviews.workspace_id", "interviews.id"],
            name=op.f("fk_stories_workspace_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_stories_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_stories_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id", "interview_id", name=op.f("uq_stories_workspace_id_interview_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_stories_workspace_id_state_appreciation_id",
        "stories",
        ["workspace_id", "state", "appreciation", "id"],
        unique=False,
    )
    op.create_index(
        "ix_stories_workspace_id_state_published_at_id",
        "stories",
        ["workspace_id", "state", "published_at", "id"],
        unique=False,
    )

    op.create_table(
        "delivery_subjects",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quote_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customers.workspace_id", "customers.id"],
            name=op.f("fk_delivery_subjects_workspace_id_customer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["deliveries.workspace_id", "deliveries.id"],
            name=op.f("fk_delivery_subjects_workspace_id_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "quote_id"],
            ["quotes.workspace_id", "quotes.id"],
            name=op.f("fk_delivery_subjects_workspace_id_quote_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_delivery_subjects_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_subjects")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_delivery_subjects_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_delivery_subjects_workspace_id_customer_id",
        "delivery_subjects",
        ["workspace_id", "customer_id"],
        unique=False,
    )
    op.create_index(
        "ix_delivery_subjects_workspace_id_delivery_id",
        "delivery_subjects",
        ["workspace_id", "delivery_id"],
        unique=False,
    )

    op.create_table(
        "draft_notes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slack_ts", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"],
            ["drafts.workspace_id", "drafts.id"],
            name=op.f("fk_draft_notes_workspace_id_draft_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_draft_notes_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "draft_id", "slack_ts", name=op.f("pk_draft_notes")),
    )
    op.create_table(
        "draft_talks",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("talk", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"],
            ["drafts.workspace_id", "drafts.id"],
            name=op.f("fk_draft_talks_workspace_id_draft_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_draft_talks_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "draft_id", name=op.f("pk_draft_talks")),
    )
    op.create_table(
        "reactions",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "story_id"],
            ["stories.workspace_id", "stories.id"],
            name=op.f("fk_reactions_workspace_id_story_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_reactions_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "story_id", "user_id", "kind", name=op.f("pk_reactions")),
    )
    op.create_index(
        "ix_reactions_workspace_id_channel_id_at",
        "reactions",
        ["workspace_id", "channel_id", "at"],
        unique=False,
    )

    op.create_table(
        "reports",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reporter_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "story_id"],
            ["stories.workspace_id", "stories.id"],
            name=op.f("fk_reports_workspace_id_story_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_reports_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_reports_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_reports_open",
        "reports",
        ["workspace_id", "story_id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )

    op.create_table(
        "story_topics",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "story_id"],
            ["stories.workspace_id", "stories.id"],
            name=op.f("fk_story_topics_workspace_id_story_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_story_topics_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "topic", "story_id", name=op.f("pk_story_topics")),
    )
    op.create_table(
        "tellings",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retold", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["deliveries.workspace_id", "deliveries.id"],
            name=op.f("fk_tellings_workspace_id_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "story_id"],
            ["stories.workspace_id", "stories.id"],
            name=op.f("fk_tellings_workspace_id_story_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_tellings_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "delivery_id", "story_id", name=op.f("pk_tellings")),
    )
    op.create_index(
        "ix_tellings_workspace_id_channel_id_story_id_told_at",
        "tellings",
        ["workspace_id", "channel_id", "story_id", "told_at"],
        unique=False,
    )
    op.create_index(
        "ix_tellings_workspace_id_channel_id_told_at",
        "tellings",
        ["workspace_id", "channel_id", "told_at"],
        unique=False,
    )
    op.create_index(
        "ix_tellings_workspace_id_story_id", "tellings", ["workspace_id", "story_id"], unique=False
    )

    _create_full_text()


def downgrade() -> None:
    op.execute("DROP TABLE story_words")
    op.drop_index("ix_tellings_workspace_id_story_id", table_name="tellings")
    op.drop_index("ix_tellings_workspace_id_channel_id_told_at", table_name="tellings")
    op.drop_index("ix_tellings_workspace_id_channel_id_story_id_told_at", table_name="tellings")

    op.drop_table("tellings")
    op.drop_table("story_topics")
    op.drop_index(
        "ix_reports_open",
        table_name="reports",
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )

    op.drop_table("reports")
    op.drop_index("ix_reactions_workspace_id_channel_id_at", table_name="reactions")

    op.drop_table("reactions")
    op.drop_table("draft_talks")
    op.drop_table("draft_notes")
    op.drop_index("ix_delivery_subjects_workspace_id_delivery_id", table_name="delivery_subjects")
    op.drop_index("ix_delivery_subjects_workspace_id_customer_id", table_name="delivery_subjects")

    op.drop_table("delivery_subjects")
    op.drop_index("ix_stories_workspace_id_state_published_at_id", table_name="stories")
    op.drop_index("ix_stories_workspace_id_state_appreciation_id", table_name="stories")

    op.drop_table("stories")
    op.drop_table("quotes")
    op.drop_index("ix_follow_ups_workspace_id_owner_id_done_at", table_name="follow_ups")
    op.drop_index("ix_follow_ups_workspace_id_interview_id", table_name="follow_ups")
    op.drop_index(
        "ix_follow_ups_untimed",
        table_name="follow_ups",
        sqlite_where=sa.text("done_at IS NULL AND remind_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND remind_at IS NULL"),
    )
    op.drop_index(
        "ix_follow_ups_to_remind",
        table_name="follow_ups",
        sqlite_where=sa.text("done_at IS NULL AND reminded_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND reminded_at IS NULL"),
    )

    op.drop_table("follow_ups")
    op.drop_index("ix_drafts_workspace_id_thread_channel_thread_ts", table_name="drafts")
    op.drop_index("ix_drafts_workspace_id_author_id_updated_at", table_name="drafts")

    op.drop_table("drafts")
    op.drop_index("ix_consents_workspace_id_customer_id", table_name="consents")

    op.drop_table("consents")
    op.drop_index("ix_interviews_workspace_id_customer_id", table_name="interviews")
    op.drop_index("ix_interviews_workspace_id_author_id_id", table_name="interviews")

    op.drop_table("interviews")
    op.drop_table("roles")
    op.drop_index("ix_receipts_at", table_name="receipts")

    op.drop_table("receipts")
    op.drop_table("people")
    op.drop_table("file_receipts")
    op.drop_index("ix_file_arrivals_workspace_id_at", table_name="file_arrivals")

    op.drop_table("file_arrivals")
    op.drop_index("ix_deliveries_workspace_id_target_delivery_id", table_name="deliveries")
    op.drop_index("ix_deliveries_workspace_id_posted_in_slack_ts", table_name="deliveries")
    op.drop_index(
        "ix_deliveries_sending",
        table_name="deliveries",
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.drop_index(
        "ix_deliveries_pending",
        table_name="deliveries",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )

    op.drop_table("deliveries")
    op.drop_index("ix_customers_workspace_id_folded_name", table_name="customers")

    op.drop_table("customers")
    op.drop_index("ix_channels_workspace_id_next_at", table_name="channels")
    op.drop_index("ix_channels_next_at", table_name="channels")

    op.drop_table("channels")
    op.drop_index("ix_audit_workspace_id_at", table_name="audit")

    op.drop_table("audit")
    op.drop_table("workspaces")


def _create_full_text() -> None:
    """Words of published stories, to be searched: FTS5 on SQLite, tsvector on PostgreSQL."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE story_words ("
            "workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE, "
            "story_id BIGINT NOT NULL, words TEXT NOT NULL, "
            "tsv tsvector GENERATED ALWAYS AS (to_tsvector('english', words)) STORED, "
            "PRIMARY KEY (workspace_id, story_id), "
            "FOREIGN KEY (workspace_id, story_id) REFERENCES stories (workspace_id, id) ON DELETE CASCADE)"
        )
        op.execute("CREATE INDEX ix_story_words_tsv ON story_words USING gin (tsv)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE story_words USING fts5("
        "words, workspace_id UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    version = op.get_bind().exec_driver_sql("SELECT sqlite_version()").scalar_one()
    if tuple(int(part) for part in version.split(".")[:2]) >= (3, 42):
        # Deleted words leave the index at once; older versions are merged after each deletion instead.
        op.execute("INSERT INTO story_words (story_words, rank) VALUES ('secure-delete', 1)")
