"""The mapped classes of the series: who is followed, episodes with each sentence's source."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, RowId
from storage.tables import Base, of_workspace, own_id, owned


class SeasonRow(Base):
    """A season. `began_with`: how many customers it ever followed; `opened_at`: since when a yes counts."""

    __tablename__ = "series_seasons"
    __table_args__ = own_id(
        UniqueConstraint("workspace_id", "number"),
        Index(
            "ix_series_seasons_running",
            "workspace_id",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    state: Mapped[str]
    begins_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    every_days: Mapped[int]
    next_on: Mapped[date | None] = mapped_column(Date)
    format: Mapped[str]
    quotes: Mapped[int]
    began_with: Mapped[int] = mapped_column(default=0)
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FollowedRow(Base):
    """A customer whom a season follows; what they agreed to stands among their consents."""

    __tablename__ = "series_followed"
    __table_args__ = (
        of_workspace(),
        owned("series_seasons", "season_id"),
        owned("customers", "customer_id"),
        Index(None, "workspace_id", "customer_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    season_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    customer_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class EpisodeRow(Base):
    """An episode. It stays as a number when whom it told of is gone; `sentences`: how many it had."""

    __tablename__ = "series_episodes"
    __table_args__ = own_id(
        owned("series_seasons", "season_id"),
        Index(None, "workspace_id", "season_id", "number"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    season_id: Mapped[int] = mapped_column(RowId)
    number: Mapped[int]
    state: Mapped[str]
    format: Mapped[str]
    quotes: Mapped[int]
    sentences: Mapped[int] = mapped_column(default=0)
    next_on: Mapped[date | None] = mapped_column(Date)
    drafted_at: Mapped[datetime]
    published_by: Mapped[str | None]
    published_at: Mapped[datetime | None]


class SentenceRow(Base):
    """A sentence of an episode; with the customer, the talk or the promise that it rests on, it goes itself.

    `text` is empty for a customer's own words: these are read where they stand. What an editor signed is in
    `signed_words`, where names are looked for that have to go. `before_id` is the earlier of
    two talks that are compared. What rests on an answer to a survey points at it by source and key.
    """

    __tablename__ = "series_sentences"
    __table_args__ = own_id(
        owned("series_episodes", "episode_id"),
        owned("customers", "customer_id"),
        owned("interviews", "interview_id"),
        owned("interviews", "before_id"),
        owned("quotes", "quote_id"),
        owned("follow_ups", "follow_up_id"),
        ForeignKeyConstraint(
            ["workspace_id", "answer_source", "answer_key"],
            ["nps_answers.workspace_id", "nps_answers.source_id", "nps_answers.key"],
            ondelete="CASCADE",
        ),
        Index(None, "workspace_id", "episode_id", "position"),
        Index(None, "workspace_id", "customer_id"),
        Index(None, "workspace_id", "interview_id"),
        Index(None, "workspace_id", "before_id"),
        Index(None, "workspace_id", "quote_id"),
        Index(None, "workspace_id", "follow_up_id"),
        Index(None, "workspace_id", "answer_source", "answer_key"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    episode_id: Mapped[int] = mapped_column(RowId)
    position: Mapped[int]
    part: Mapped[str]
    source: Mapped[str]
    signed_by: Mapped[str | None]
    form: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(EncryptedText())
    signed_words: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[int | None] = mapped_column(RowId)
    interview_id: Mapped[int | None] = mapped_column(RowId)
    before_id: Mapped[int | None] = mapped_column(RowId)
    quote_id: Mapped[int | None] = mapped_column(RowId)
    follow_up_id: Mapped[int | None] = mapped_column(RowId)
    answer_source: Mapped[int | None] = mapped_column(RowId)
    answer_key: Mapped[str | None]


class TrendRow(Base):
    """What moved in a kind of customer, as it was reckoned on a day: what an episode's sentence rests on."""

    __tablename__ = "series_trends"
    __table_args__ = own_id(
        UniqueConstraint("workspace_id", "segment", "theme", "on_day"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    segment: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    before: Mapped[int]
    after: Mapped[int]
    days: Mapped[int]
    people: Mapped[int]
    on_day: Mapped[date] = mapped_column(Date)


class MediaRow(Base):
    """A customer's photo or their voice: a file of Slack's, and what is to be seen or heard, in words."""

    __tablename__ = "series_media"
    __table_args__ = own_id(
        owned("series_seasons", "season_id"),
        owned("customers", "customer_id"),
        Index(None, "workspace_id", "customer_id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    season_id: Mapped[int] = mapped_column(RowId)
    customer_id: Mapped[int] = mapped_column(RowId)
    kind: Mapped[str]
    file_id: Mapped[str]
    described: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class CarriedRow(Base):
    """A photo or a voice that an episode carries."""

    __tablename__ = "series_carried"
    __table_args__ = (
        of_workspace(),
        owned("series_episodes", "episode_id"),
        owned("series_media", "media_id"),
        Index(None, "workspace_id", "media_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    media_id: Mapped[int] = mapped_column(RowId, primary_key=True)


class FeedRow(Base):
    """A feed of the market's that the workspace reads; how reading it went."""

    __tablename__ = "series_feeds"
    __table_args__ = own_id(UniqueConstraint("workspace_id", "url"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    url: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    etag: Mapped[str] = mapped_column(default="")
    modified: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")


class HeadlineRow(Base):
    """An item of a feed: its title and where it stands, nothing more of it."""

    __tablename__ = "series_headlines"
    __table_args__ = own_id(
        owned("series_feeds", "feed_id"),
        UniqueConstraint("workspace_id", "feed_id", "key"),
        Index(None, "workspace_id", "on_day"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    feed_id: Mapped[int] = mapped_column(RowId)
    key: Mapped[str]
    title: Mapped[str]
    link: Mapped[str]
    on_day: Mapped[date] = mapped_column(Date)
