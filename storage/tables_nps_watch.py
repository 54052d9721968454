"""The mapped classes of NPS in channels (who follows it, what was told), and of figures set beside it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id


class NpsFollowRow(Base):
    """A channel that hears when NPS moves: of which cells (lists of property and value), and how readily."""

    __tablename__ = "nps_follows"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    cells: Mapped[list[Any]] = mapped_column(JSON)
    every_segment: Mapped[bool]
    sensitivity: Mapped[str]
    quiet_line: Mapped[bool]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]


class NpsWatchRow(Base):
    """When a workspace's weeks are looked at next."""

    __tablename__ = "nps_watches"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


class NpsMovementRow(Base):
    """A movement that a channel is told of, with its counts on both sides.

    `cell_key` tells cells apart. `voices` are the answers (source and key) whose comments the post quotes.
    `outcome` is empty until the weeks of silence are over.
    """

    __tablename__ = "nps_movements"
    __table_args__ = own_id(
        UniqueConstraint("workspace_id", "channel_id", "cell_key", "week_end"),
        Index(None, "workspace_id", "channel_id", "week_end"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    cell: Mapped[list[Any]] = mapped_column(JSON)
    cell_key: Mapped[str]
    week_end: Mapped[date] = mapped_column(Date)
    before: Mapped[list[Any]] = mapped_column(JSON)
    after: Mapped[list[Any]] = mapped_column(JSON)
    voices: Mapped[list[Any]] = mapped_column(JSON)
    outcome: Mapped[str]
    later: Mapped[list[Any]] = mapped_column(JSON)
    found_at: Mapped[datetime]


class NpsFigureRow(Base):
    """A business figure of one month, of everybody (no property) or of one segment."""

    __tablename__ = "nps_figures"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(primary_key=True)
    property: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    amount: Mapped[float]


class NpsWorthRow(Base):
    """A channel that hears when the answer about a figure changes; `property` "" is everybody.

    `answer` is what it heard last (see `bot.nps.worth_kept`), `before` what it had heard before that. It is
    looked at again at `next_at`.
    """

    __tablename__ = "nps_worth"
    __table_args__ = (of_workspace(), Index(None, "workspace_id", "next_at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(primary_key=True)
    property: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime]
