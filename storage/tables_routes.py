"""The mapped classes of routing: rules that bring customers' words to channels, and what they brought."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class RouteRow(Base):
    """A rule of a channel (`stories.routing.rule.as_kept`), looked at again at `next_at`.

    Texts up to the number `seen_text` were looked at before.
    """

    __tablename__ = "routes"
    __table_args__ = own_id(Index(None, "next_at"), Index(None, "workspace_id", "channel_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    seen_text: Mapped[int] = mapped_column(RowId)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime]


class RoutePostRow(Base):
    """What a channel's rules brought at a moment; `parts`: each rule as it stood, how many more fitted."""

    __tablename__ = "route_posts"
    __table_args__ = own_id(Index(None, "workspace_id", "channel_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    parts: Mapped[list[Any]] = mapped_column(JSON)
    at: Mapped[datetime]


class RouteItemRow(Base):
    """A comment or a story that was brought. `stands`: it could be shown when its post was last put right.

    Neither source nor answer is pointed at: the post has to be put right after both are gone.
    """

    __tablename__ = "route_items"
    __table_args__ = (
        of_workspace(),
        owned("route_posts", "post_id"),
        owned("stories", "story_id"),
        Index(None, "workspace_id", "story_id"),
        Index(None, "workspace_id", "source_id", "answer_key"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[int]
    source_id: Mapped[int | None] = mapped_column(RowId)
    answer_key: Mapped[str | None]
    story_id: Mapped[int | None] = mapped_column(RowId)
    stands: Mapped[bool]
