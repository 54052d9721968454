"""The mapped classes of who hears the series: posts of episodes, what readers did, votes, who follows."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class EpisodePostRow(Base):
    """An episode as it was posted to a place. `readers` is how many people it reached when it was posted.

    `format` and `quotes` say how it was told there; `trial`: in a format that was being tried.
    """

    __tablename__ = "series_posts"
    __table_args__ = (
        of_workspace(),
        owned("series_episodes", "episode_id"),
        owned("deliveries", "delivery_id"),
        UniqueConstraint("workspace_id", "episode_id", "place"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    episode_id: Mapped[int] = mapped_column(RowId)
    place: Mapped[str]
    format: Mapped[str]
    quotes: Mapped[int]
    trial: Mapped[bool] = mapped_column(default=False, server_default=false())
    readers: Mapped[int]
    posted_at: Mapped[datetime]


class ClickRow(Base):
    """That a reader liked an episode, or opened another part of it: each once."""

    __tablename__ = "series_clicks"
    __table_args__ = (of_workspace(), owned("series_episodes", "episode_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    at: Mapped[datetime]


class QuestionRow(Base):
    """What the next conversation with a customer should ask. `episode_id` is where it was put to the vote.

    `answered_in` is the conversation that brought the answer.
    """

    __tablename__ = "series_questions"
    __table_args__ = own_id(
        owned("series_episodes", "episode_id"),
        owned("customers", "customer_id"),
        owned("interviews", "answered_in"),
        Index(None, "workspace_id", "episode_id"),
        Index(None, "workspace_id", "customer_id"),
        Index(None, "workspace_id", "answered_in"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    episode_id: Mapped[int] = mapped_column(RowId)
    customer_id: Mapped[int] = mapped_column(RowId)
    words: Mapped[str]
    offered_by: Mapped[str]
    state: Mapped[str]
    at: Mapped[datetime]
    answered_in: Mapped[int | None] = mapped_column(RowId)


class VoteRow(Base):
    """One reader's vote: one an episode."""

    __tablename__ = "series_votes"
    __table_args__ = (
        of_workspace(),
        owned("series_episodes", "episode_id"),
        owned("series_questions", "question_id"),
        Index(None, "workspace_id", "question_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(RowId)
    place: Mapped[str]
    at: Mapped[datetime]


class SeriesFollowRow(Base):
    """A channel or a person that follows the series."""

    __tablename__ = "series_follows"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    since: Mapped[datetime]
