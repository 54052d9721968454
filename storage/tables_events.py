"""The mapped classes of events with customers and speakers, and of days to remember why."""

from datetime import date, datetime

from sqlalchemy import Date, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class EventRow(Base):
    """An event. `wall` is its time as clocks in `time_zone` show it ("2027-03-29T15:00"), `starts_at` the
    instant that this was when it was last reckoned. `behind`: messages to those who signed up are to follow.
    `step` and `next_at` are what is done about it next.
    """

    __tablename__ = "events"
    __table_args__ = own_id(
        owned("customers", "customer_id"),
        Index(None, "workspace_id", "customer_id"),
        Index(None, "workspace_id", "starts_at"),
        Index(
            "ix_events_due",
            "workspace_id",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    host_id: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[int | None] = mapped_column(RowId)
    speaker: Mapped[str] = mapped_column(default="")
    wall: Mapped[str]
    time_zone: Mapped[str]
    minutes: Mapped[int]
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    seats: Mapped[int | None]
    language: Mapped[str] = mapped_column(default="")
    channels: Mapped[list[str]]
    state: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    recording: Mapped[str] = mapped_column(default="")
    thanked_at: Mapped[datetime | None]
    behind: Mapped[bool] = mapped_column(default=False)
    told: Mapped[int] = mapped_column(default=0)
    step: Mapped[str | None]
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class EventSeatRow(Base):
    """Somebody who signed up for an event; whoever stepped back keeps their row, so that messages follow."""

    __tablename__ = "event_seats"
    __table_args__ = own_id(
        owned("events", "event_id"),
        UniqueConstraint("workspace_id", "event_id", "user_id"),
        Index(None, "workspace_id", "user_id"),
        Index(
            "ix_event_seats_due",
            "workspace_id",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    event_id: Mapped[int] = mapped_column(RowId)
    user_id: Mapped[str]
    place: Mapped[str]
    time_zone: Mapped[str]
    since: Mapped[datetime]
    step: Mapped[str | None]
    next_at: Mapped[datetime | None]


class EventQuestionRow(Base):
    """What somebody would like to hear answered; others see who asked only where it is not anonymous."""

    __tablename__ = "event_questions"
    __table_args__ = own_id(owned("events", "event_id"), Index(None, "workspace_id", "event_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    event_id: Mapped[int] = mapped_column(RowId)
    asker_id: Mapped[str]
    anonymous: Mapped[bool]
    words: Mapped[str]
    asked: Mapped[str]
    created_at: Mapped[datetime]


class EventVoteRow(Base):
    """Somebody would like to hear this question answered, too."""

    __tablename__ = "event_votes"
    __table_args__ = (of_workspace(), owned("event_questions", "question_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)


class EventDraftRow(Base):
    """A write-up that was begun from an event; once stored it is known by its draft's number."""

    __tablename__ = "event_drafts"
    __table_args__ = (of_workspace(), owned("events", "event_id"), Index(None, "workspace_id", "draft_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    author_id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(RowId)


class RememberDayRow(Base):
    """A day on which channels that follow hear of the difference that was made, each year."""

    __tablename__ = "remember_days"
    __table_args__ = own_id(owned("customers", "customer_id"), Index(None, "workspace_id", "customer_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    day_of: Mapped[str]
    since: Mapped[date] = mapped_column(Date)
    words: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(RowId)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class RememberLookRow(Base):
    """When it is next looked for such days."""

    __tablename__ = "remember_looks"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
