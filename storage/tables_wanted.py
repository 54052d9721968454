"""The mapped class of conversations that somebody wants to be had with a customer."""

from datetime import date, datetime

from sqlalchemy import Date, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, own_id, owned


class WantedTalkRow(Base):
    """A question that no customer has answered yet: who will ask it, of which kind of customer, by when.

    `draft_id` is the write-up that waits for it; the talk is wanted for as long as that draft is one.
    `remind_at` is the morning of its day where its owner is, `reminded_at` set when that is over.
    """

    __tablename__ = "wanted_talks"
    __table_args__ = own_id(
        owned("projects", "project_id"),
        Index(None, "workspace_id", "owner_id"),
        Index(None, "workspace_id", "draft_id"),
        Index(
            "ix_wanted_talks_untimed",
            "workspace_id",
            "due_on",
            sqlite_where=text("remind_at IS NULL"),
            postgresql_where=text("remind_at IS NULL"),
        ),
        Index(
            "ix_wanted_talks_to_remind",
            "workspace_id",
            "remind_at",
            sqlite_where=text("reminded_at IS NULL"),
            postgresql_where=text("reminded_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    project_id: Mapped[int | None] = mapped_column(RowId)
    question: Mapped[str]
    segment: Mapped[str]
    asked_by: Mapped[str]
    owner_id: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(Date)
    draft_id: Mapped[int] = mapped_column(RowId)
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
