"""The mapped classes of taking back: erasures on their way, exports, and how far retention has come."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, RowId
from storage.tables import Base, of_workspace, own_id, owned

_OPEN = text("finished_at IS NULL")


class ErasureRow(Base):
    """An erasure that somebody asked for: how far it has come, and its receipt in numbers.

    `about` and `object_key` say of whom; `needles` are the words looked for in other people's texts. Both
    are emptied when it is finished: nothing in a receipt names anybody.
    """

    __tablename__ = "erasures"
    __table_args__ = own_id(
        Index("ix_erasures_open", "workspace_id", "id", sqlite_where=_OPEN, postgresql_where=_OPEN)
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    about: Mapped[str]
    object_key: Mapped[str]
    needles: Mapped[str | None] = mapped_column(EncryptedText())
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    step: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_at: Mapped[datetime | None]


class ErasurePostRow(Base):
    """A posted message that an erasure changes or takes down, and what became of that.

    `how`: made anew from what is left ("rows"), its words taken out ("words"), or taken down ("down").
    """

    __tablename__ = "erasure_posts"
    __table_args__ = (
        of_workspace(),
        owned("erasures", "erasure_id"),
        owned("deliveries", "delivery_id"),
        Index(None, "workspace_id", "delivery_id"),
        Index(None, "workspace_id", "erasure_id", "state"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    erasure_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    how: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class RetentionRow(Base):
    """How far a daily look has come: the last row or moment it has seen (`reached`), and when it is next."""

    __tablename__ = "retention"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    reached: Mapped[int] = mapped_column(BigInteger, default=0)
    next_at: Mapped[datetime | None]


class ExportRow(Base):
    """Files that were handed to somebody in Slack, of all that is held about one; deleted there on a day."""

    __tablename__ = "exports"
    __table_args__ = own_id(Index(None, "workspace_id", "delete_on"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    about: Mapped[str]
    object_key: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    files: Mapped[list[str]]
    delete_on: Mapped[datetime]
