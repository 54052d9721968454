"""The mapped class of lessons: where somebody is in each. What they answered is kept nowhere."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base, of_workspace


class LessonPlaceRow(Base):
    """The screen (from 0) of a lesson at which somebody is; `state` is begun, done or not_now."""

    __tablename__ = "lesson_places"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True)
    screen: Mapped[int]
    state: Mapped[str]
    at: Mapped[datetime]
