"""The mapped classes of how NPS answers arrive: files being taken in, keys of the push endpoint."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class NpsImportRow(Base):
    """A file that is being taken in, or was: how its columns are read, and how many of its rows are done.

    `fingerprint` is of the file's bytes and the mapping; `upload` is what is needed to fetch it again from
    Slack, for a file that was dropped there.
    """

    __tablename__ = "nps_imports"
    __table_args__ = own_id(
        owned("nps_sources", "source_id"), UniqueConstraint("workspace_id", "source_id", "fingerprint")
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    source_id: Mapped[int] = mapped_column(RowId)
    fingerprint: Mapped[str]
    file: Mapped[str]
    rows_done: Mapped[int] = mapped_column(default=0)
    tally: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class NpsUploadRow(Base):
    """A table that was dropped on the bot and waits for somebody to say how it is to be read."""

    __tablename__ = "nps_uploads"
    __table_args__ = own_id(Index(None, "workspace_id", "at"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    user_id: Mapped[str]
    file_id: Mapped[str]
    file: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    state: Mapped[str]
    at: Mapped[datetime]


class NpsKeyRow(Base):
    """A key of the push endpoint: only its hash is known here."""

    __tablename__ = "nps_keys"
    __table_args__ = own_id(owned("nps_sources", "source_id"), UniqueConstraint("public_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    source_id: Mapped[int] = mapped_column(RowId)
    name: Mapped[str]
    public_id: Mapped[str]
    secret_hash: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class NpsPushRow(Base):
    """A request that was answered, by its idempotency key: sent again, it gets the same answer."""

    __tablename__ = "nps_pushes"
    __table_args__ = (of_workspace(), owned("nps_keys", "key_id"), Index(None, "workspace_id", "at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    key_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime]
