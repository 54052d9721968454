"""The mapped classes of the centre on the web: screens that show it, and browsers that somebody signed in."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id
from storage.tables_stories import InterviewRow


class ScreenRow(Base):
    """A link with which a screen shows the centre; of its secret only a hash is kept."""

    __tablename__ = "screens"
    __table_args__ = own_id(UniqueConstraint("public_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    name: Mapped[str]
    public_id: Mapped[str]
    secret_hash: Mapped[str]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[datetime | None]


class WebSessionRow(Base):
    """A browser in which somebody signed in with Slack; of its secret only a hash is kept."""

    __tablename__ = "web_sessions"
    __table_args__ = (of_workspace(), UniqueConstraint("public_id"), Index(None, "workspace_id", "user_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str]
    user_id: Mapped[str]
    begun_at: Mapped[datetime]
    ends_at: Mapped[datetime]


# The conversations of one week, however many there ever were.
Index("ix_interviews_workspace_id_talked_on", InterviewRow.workspace_id, InterviewRow.talked_on)
