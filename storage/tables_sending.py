"""The mapped classes of how posts are sent at Slack's pace."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base, of_workspace


class RestRow(Base):
    """What Slack asked to be left alone until then: a channel by its id, or a method by its name."""

    __tablename__ = "rests"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]
