"""The mapped classes of themes: what people named, and the texts that are about each."""

from datetime import date, datetime

from sqlalchemy import Date, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class ThemeRow(Base):
    """A theme: `proposed` until a person names it (`kept`), or `dropped`.

    `described` is its sentence and central texts as a vector by `encoder`. `rose_on` is the Sunday of the
    week at whose end it was last told that more customers speak of it.
    """

    __tablename__ = "themes"
    __table_args__ = own_id(Index(None, "workspace_id", "state"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    name: Mapped[str]
    sentence: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    encoder: Mapped[str]
    described: Mapped[bytes] = mapped_column(LargeBinary)
    named_by: Mapped[str | None]
    created_at: Mapped[datetime]
    rose_on: Mapped[date | None] = mapped_column(Date)


class ThemeTextRow(Base):
    """A text and the theme it is about.

    `how`: found with the theme, sorted by likeness, said by a person, or taken out by one. `rank` is 1 for
    the most central of a proposal, 0 where that is not known.
    """

    __tablename__ = "theme_texts"
    __table_args__ = (
        of_workspace(),
        owned("themes", "theme_id"),
        owned("search_texts", "text_id"),
        Index(None, "workspace_id", "theme_id", "how"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    theme_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    how: Mapped[str]
    rank: Mapped[int] = mapped_column(default=0)
    said_by: Mapped[str | None]
    at: Mapped[datetime]
