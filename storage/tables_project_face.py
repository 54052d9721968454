"""The mapped classes of what a project's avatar looks like, and of the message that stays pinned."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, owned


class AvatarPictureRow(Base):
    """The picture of an avatar: a drawing, never a customer's photo. `name` is what nobody can guess."""

    __tablename__ = "avatar_pictures"
    __table_args__ = (of_workspace(), owned("projects", "project_id"), UniqueConstraint("name"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str]
    content_type: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class ProjectPinRow(Base):
    """Whether the project's message is to be pinned, and which one (by its stamp) was.

    `due_at` is when it is looked at next, None while all is as it should be. `trouble` is what Slack said
    when it refused.
    """

    __tablename__ = "project_pins"
    __table_args__ = (of_workspace(), owned("projects", "project_id"), Index(None, "due_at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    wanted: Mapped[bool]
    message_ts: Mapped[str | None]
    trouble: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None]
