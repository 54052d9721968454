"""The mapped class of trackers outside Slack in which a project's avatar comments."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, RowId
from storage.tables import Base, own_id, owned


class TrackerRow(Base):
    """A place in a tracker (a repository) where a project's avatar comments; a project has at most one on.

    `place_key` is what the place stays known by when it is renamed. `key` is part of the address that the
    tracker calls, `account` whose name stands on comments. `trouble` says in words what has to be mended,
    since `trouble_since`. One that is off keeps its token until its comments are gone. What is said there
    stands in the outbox, in `avatar_lines` and in `delivery_subjects`.
    """

    __tablename__ = "trackers"
    __table_args__ = own_id(
        owned("projects", "project_id"),
        UniqueConstraint("key"),
        Index(
            "ix_trackers_on",
            "workspace_id",
            "project_id",
            unique=True,
            sqlite_where=text("state = 'on'"),
            postgresql_where=text("state = 'on'"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    project_id: Mapped[int] = mapped_column(RowId)
    kind: Mapped[str]
    site: Mapped[str]
    place: Mapped[str]
    place_key: Mapped[str]
    label: Mapped[str]
    key: Mapped[str]
    token: Mapped[str | None] = mapped_column(EncryptedText())
    secret: Mapped[str] = mapped_column(EncryptedText())
    account: Mapped[str]
    state: Mapped[str]
    trouble: Mapped[str] = mapped_column(default="")
    trouble_since: Mapped[datetime | None]
    outsiders_allowed_by: Mapped[str | None]
    heard_at: Mapped[datetime | None]
    set_up_by: Mapped[str]
    created_at: Mapped[datetime]
