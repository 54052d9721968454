"""The mapped classes of files that people dropped on the bot."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, owned


class ArrivalRow(Base):
    """A file as it came in one message: Slack may tell of it several times, it is read once."""

    __tablename__ = "file_arrivals"
    __table_args__ = (of_workspace(), Index(None, "workspace_id", "at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str] = mapped_column(primary_key=True)
    slack_ts: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ReceiptRow(Base):
    """That a conversation was read from a file, by its words' fingerprint; none of its words.

    `draft_id` is the draft it became; it stays when the draft is sent, so that the file is known again.
    """

    __tablename__ = "file_receipts"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    author_id: Mapped[str]
    draft_id: Mapped[int] = mapped_column(RowId)
    at: Mapped[datetime]


class TalkRow(Base):
    """What was read from a file for a draft; it goes with the draft, sent or thrown away."""

    __tablename__ = "draft_talks"
    __table_args__ = (of_workspace(), owned("drafts", "draft_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    talk: Mapped[dict[str, Any]]
