"""The mapped classes of what follows a story besides its posts: private notes and App Homes."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, owned


class NoticeStoryRow(Base):
    """A story that a private note speaks of."""

    __tablename__ = "notice_stories"
    __table_args__ = (
        of_workspace(),
        owned("deliveries", "delivery_id"),
        owned("stories", "story_id"),
        Index(None, "workspace_id", "story_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    story_id: Mapped[int] = mapped_column(RowId, primary_key=True)


class HomeStoryRow(Base):
    """A story that stands on somebody's App Home, or stood there last."""

    __tablename__ = "home_stories"
    __table_args__ = (of_workspace(), owned("stories", "story_id"), Index(None, "workspace_id", "story_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(RowId, primary_key=True)


class DueHomeRow(Base):
    """How often something changed on an App Home, and how many of these changes it has followed."""

    __tablename__ = "due_homes"
    __table_args__ = (
        of_workspace(),
        Index(
            "ix_due_homes_behind",
            "workspace_id",
            "user_id",
            sqlite_where=text("changes > followed"),
            postgresql_where=text("changes > followed"),
        ),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    changes: Mapped[int] = mapped_column(default=1)
    followed: Mapped[int] = mapped_column(default=0)
