"""The mapped class of what wants to be posted unasked: what waits, what went, and why the rest did not."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, owned

_WAITING = text("state = 'waiting'")


class UnaskedRow(Base):
    """One unasked post as it was offered, decided once a slot. `place` is a channel's or a person's id.

    `about` names what it tells of and holds none of its words: those are put together when it goes.
    `delivery_id` is the post that it became, or rides along with. `next_at`: when it is decided anew.
    """

    __tablename__ = "unasked"
    __table_args__ = (
        of_workspace(),
        owned("deliveries", "delivery_id"),
        UniqueConstraint("workspace_id", "place", "kind", "slot_key"),
        Index(
            "ix_unasked_due",
            "workspace_id",
            "next_at",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_unasked_waiting",
            "workspace_id",
            "place",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(None, "workspace_id", "delivery_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    place: Mapped[str]
    kind: Mapped[str]
    slot_key: Mapped[str]
    about: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str | None]
    since: Mapped[datetime]
    fresh_until: Mapped[datetime]
    next_at: Mapped[datetime | None]
    delivery_id: Mapped[int | None] = mapped_column(RowId)
