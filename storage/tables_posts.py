"""The mapped classes of what is posted: channels' settings, the outbox, and what was told where."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import Index, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, RowId
from storage.tables import Base, of_workspace, own_id, owned


class ChannelRow(Base):
    """What a channel wants to hear, and when it hears it next (`next_at`; None while it hears nothing).

    `language` is the one it is spoken to in; empty for the workspace's. `template` is how stories are told;
    empty for whole.
    """

    __tablename__ = "channels"
    __table_args__ = (of_workspace(), Index(None, "next_at"), Index(None, "workspace_id", "next_at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    set_up_by: Mapped[str]
    managers: Mapped[list[str]]
    kinds: Mapped[list[str]]
    days: Mapped[list[str]]
    at: Mapped[time] = mapped_column(Time)
    time_zone: Mapped[str]
    country: Mapped[str | None]
    how_many: Mapped[int]
    segments: Mapped[list[str]]
    themes: Mapped[list[str]]
    languages: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    language: Mapped[str] = mapped_column(default="", server_default="")
    template: Mapped[str] = mapped_column(default="", server_default="")
    retell: Mapped[bool]
    guests_allowed_by: Mapped[str | None]
    snoozed_until: Mapped[datetime | None]
    stopped_because: Mapped[str | None]
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class TellingRow(Base):
    """A story told in a channel by one delivery, in which place and why."""

    __tablename__ = "tellings"
    __table_args__ = (
        of_workspace(),
        owned("stories", "story_id"),
        owned("deliveries", "delivery_id"),
        Index(None, "workspace_id", "channel_id", "told_at"),
        Index(None, "workspace_id", "channel_id", "story_id", "told_at"),
        Index(None, "workspace_id", "story_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    story_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    channel_id: Mapped[str]
    position: Mapped[int]
    retold: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime]


class DeliveryRow(Base):
    """The outbox: one row for every call that posts, updates or deletes a message.

    `channel_id` is where it was planned for (a person's id for a private message), `posted_in` the
    conversation in which Slack put it. An unasked post holds a place (`attention_seat`, from 1) of a day or
    week (`attention_window`); what somebody asked for holds none.
    """

    __tablename__ = "deliveries"
    __table_args__ = own_id(
        owned("deliveries", "target_delivery_id"),
        UniqueConstraint("workspace_id", "channel_id", "kind", "slot_key"),
        Index(
            "ix_deliveries_pending",
            "workspace_id",
            "not_before",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_deliveries_sending",
            "lease_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        # The budget of attention: no place of a window is ever given away twice, whoever decides.
        Index(
            "ix_deliveries_attention",
            "workspace_id",
            "channel_id",
            "attention_window",
            "attention_seat",
            unique=True,
            sqlite_where=text("attention_window IS NOT NULL"),
            postgresql_where=text("attention_window IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_trouble",
            "workspace_id",
            "state",
            sqlite_where=text("state IN ('in_doubt', 'failed')"),
            postgresql_where=text("state IN ('in_doubt', 'failed')"),
        ),
        Index(None, "workspace_id", "target_delivery_id"),
        Index(None, "workspace_id", "posted_in", "slack_ts"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    kind: Mapped[str]
    slot_key: Mapped[str]
    method: Mapped[str]
    target_delivery_id: Mapped[int | None] = mapped_column(RowId)
    thread_ts: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    payload: Mapped[dict[str, Any]]
    state: Mapped[str]
    attempt: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    sending_at: Mapped[datetime | None]
    posted_in: Mapped[str | None]
    slack_ts: Mapped[str | None]
    last_error: Mapped[str | None]
    attention_window: Mapped[str | None]
    attention_seat: Mapped[int | None]
    created_at: Mapped[datetime]


class DeliverySubjectRow(Base):
    """Whose words a delivery carries: consent and erasure find their posts by it."""

    __tablename__ = "delivery_subjects"
    __table_args__ = own_id(
        owned("deliveries", "delivery_id"),
        owned("customers", "customer_id"),
        owned("quotes", "quote_id"),
        Index(None, "workspace_id", "customer_id"),
        Index(None, "workspace_id", "delivery_id"),
        Index(None, "workspace_id", "quote_id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    delivery_id: Mapped[int] = mapped_column(RowId)
    customer_id: Mapped[int] = mapped_column(RowId)
    quote_id: Mapped[int | None] = mapped_column(RowId)


class ReceiptRow(Base):
    """An event that has been taken in, so that it is not taken in twice; `body` while it is being handled."""

    __tablename__ = "receipts"
    __table_args__ = (of_workspace(), Index(None, "at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    body: Mapped[str | None] = mapped_column(EncryptedText())
    attempts: Mapped[int] = mapped_column(default=1)
