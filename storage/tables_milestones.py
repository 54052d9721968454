"""The mapped classes of milestones: which messages are one, and when what came of them is looked at."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class ProjectMarkRow(Base):
    """The emoji that marks milestones in a project's channel, where it chose another than the usual one."""

    __tablename__ = "project_marks"
    __table_args__ = (of_workspace(), owned("projects", "project_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    emoji: Mapped[str]


class MilestoneRow(Base):
    """A message that somebody marked as a milestone, by its stamp; never a word of it."""

    __tablename__ = "project_milestones"
    __table_args__ = own_id(
        owned("projects", "project_id"),
        UniqueConstraint("workspace_id", "project_id", "message_ts"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    project_id: Mapped[int] = mapped_column(RowId)
    message_ts: Mapped[str]
    thread_ts: Mapped[str]
    kind: Mapped[str]
    marked_by: Mapped[str]
    marked_at: Mapped[datetime]


class MilestoneLookRow(Base):
    """When it is looked at what happened after a milestone; `due_at` None once that was done."""

    __tablename__ = "milestone_looks"
    __table_args__ = (of_workspace(), owned("project_milestones", "milestone_id"), Index(None, "due_at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    weeks: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_at: Mapped[datetime | None]
