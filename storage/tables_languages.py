"""The mapped class of how far the languages of conversations from before they had one were found out."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace


class LanguageRoundRow(Base):
    """Conversations up to the number `upto` were looked at: those later ones have their language at once."""

    __tablename__ = "language_rounds"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    upto: Mapped[int] = mapped_column(RowId)
