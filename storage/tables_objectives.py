"""The mapped classes of objectives, of thanks that reach authors, and of the monthly letter."""

from datetime import date, datetime

from sqlalchemy import Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class ObjectiveRow(Base):
    """What somebody set out to do about customers, until when, and which lines they want on no page of it."""

    __tablename__ = "objectives"
    __table_args__ = own_id(Index(None, "workspace_id", "user_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    user_id: Mapped[str]
    aim: Mapped[str]
    words: Mapped[str]
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    struck: Mapped[list[str]]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class StoryThanksRow(Base):
    """How often the author of a story was told how far it went, when last, and what was told then."""

    __tablename__ = "story_thanks"
    __table_args__ = (of_workspace(), owned("stories", "story_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    times: Mapped[int]
    told_at: Mapped[datetime]
    people: Mapped[int]
    changes: Mapped[int]


class MomentumRoundRow(Base):
    """When it is next looked at whether somebody is to be thanked, or a letter is due."""

    __tablename__ = "momentum_rounds"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


class LetterRow(Base):
    """A place (a channel, or a person) that wants the monthly letter of a part of the business, "" for all.

    `stopped_at`: since when it wants none any more, which is remembered.
    """

    __tablename__ = "letters"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(default="")
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
