"""The mapped classes of search: the texts that can be found, and what they mean as vectors."""

from datetime import date

from sqlalchemy import Date, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class SearchTextRow(Base):
    """A text that can be found: of a conversation or of an answer to NPS, with which it is deleted.

    `facets` are what it is filtered by (see `stories.search.facets`); `encoder` names what made its vector,
    "" while it has none. The full-text index follows this table by itself: on SQLite by triggers, on
    PostgreSQL as a column that is reckoned from the others.
    """

    __tablename__ = "search_texts"
    __table_args__ = own_id(
        owned("interviews", "interview_id"),
        ForeignKeyConstraint(
            ["workspace_id", "source_id", "answer_key"],
            ["nps_answers.workspace_id", "nps_answers.source_id", "nps_answers.key"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("workspace_id", "interview_id", "kind", "position"),
        UniqueConstraint("workspace_id", "source_id", "answer_key"),
        Index(None, "workspace_id", "encoder", "id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    kind: Mapped[str]
    interview_id: Mapped[int | None] = mapped_column(RowId)
    source_id: Mapped[int | None] = mapped_column(RowId)
    answer_key: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    day: Mapped[date] = mapped_column(Date)
    words: Mapped[str]
    facets: Mapped[str]
    encoder: Mapped[str] = mapped_column(default="")


class SearchVectorRow(Base):
    """What a text means: its vector in whole numbers of eight bits, and the signs of it as bits.

    `sorted`: it was held against the themes that there are.
    """

    __tablename__ = "search_vectors"
    __table_args__ = (
        of_workspace(),
        owned("search_texts", "text_id"),
        Index(
            "ix_search_vectors_unsorted",
            "workspace_id",
            "text_id",
            sqlite_where=text("sorted = 0"),
            postgresql_where=text("NOT sorted"),
        ),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[str]
    code: Mapped[bytes] = mapped_column(LargeBinary)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    sorted: Mapped[bool] = mapped_column(default=False)
