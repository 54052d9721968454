"""The mapped class of what a market feed is about."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, owned


class FeedTopicRow(Base):
    """A topic, or a kind of customers, that a feed was added for; `position` keeps their order."""

    __tablename__ = "series_feed_topics"
    __table_args__ = (of_workspace(), owned("series_feeds", "feed_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
