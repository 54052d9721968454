"""Keys of the push endpoint, of which only hashes are kept, and requests that were answered."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import connections
from storage.rows import add, add_many
from storage.tables_nps_intake import NpsKeyRow, NpsPushRow
from stories.values import dataclass

PREFIX = "fhnps"
_REMEMBERED_FOR = timedelta(days=7)
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that was made, without its secret. `public_id` is the part that may be shown."""

    id: int
    workspace_id: str
    source_id: int
    name: str
    public_id: str
    created_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A request that was answered: the hash of its body, and the answer."""

    body_hash: str
    answer: dict[str, Any]


async def make(session: AsyncSession, workspace_id: str, source_id: int, *, name: str, now: datetime) -> str:
    """A new key for pushing answers into a source, in full: it is shown once and known to nobody after."""
    public_id, secret = secrets.token_hex(8), secrets.token_urlsafe(_SECRET_BYTES)
    await add(
        session,
        NpsKeyRow,
        workspace_id=workspace_id,
        source_id=source_id,
        name=name,
        public_id=public_id,
        secret_hash=_hash(secret),
        created_at=now,
    )
    return f"{PREFIX}.{public_id}.{secret}"


async def check(session: AsyncSession, presented: str) -> Key | None:
    """The key that this is; None for one that is unknown, wrong, revoked, or of who has left.

    Compared in constant time. The secret is 256 random bits, so that one round of SHA-256 is enough.
    """
    prefix, _, rest = presented.partition(".")
    public_id, _, secret = rest.partition(".")
    query = select(NpsKeyRow).where(NpsKeyRow.public_id == public_id)
    row = (await session.execute(query)).scalar_one_or_none()
    fits = hmac.compare_digest(row.secret_hash if row else _hash(""), _hash(secret))
    if row is None or not fits or prefix != PREFIX or row.revoked_at is not None:
        return None
    return None if await connections.has_left(session, row.workspace_id) else _key(row)


async def every(session: AsyncSession, workspace_id: str) -> tuple[Key, ...]:
    """All keys of a workspace, the oldest first."""
    query = select(NpsKeyRow).where(NpsKeyRow.workspace_id == workspace_id).order_by(NpsKeyRow.id)
    return tuple(_key(row) for row in (await session.execute(query)).scalars())


async def revoke(session: AsyncSession, workspace_id: str, public_id: str, *, now: datetime) -> bool:
    """Let a key open nothing more; False when there is none that does."""
    own = (NpsKeyRow.workspace_id == workspace_id) & (NpsKeyRow.public_id == public_id)
    changed = await session.execute(
        update(NpsKeyRow)
        .where(own, NpsKeyRow.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(NpsKeyRow.id)
    )
    return changed.first() is not None


async def used(session: AsyncSession, key: Key, *, now: datetime) -> None:
    """Note that a key was used."""
    own = (NpsKeyRow.workspace_id == key.workspace_id) & (NpsKeyRow.id == key.id)
    await session.execute(update(NpsKeyRow).where(own).values(used_at=now))


async def answered(session: AsyncSession, key: Key, idempotency_key: str) -> Push | None:
    """How a request with this idempotency key was answered within the last week; None when it is new.

    One that comes again later is worked through again, which doubles nothing: an answer is known by its
    source and its own id, a figure by its name, segment and month, an account by its name. It counts as the
    same where nothing was changed since; else the last to come stands, as with every request. Who was erased
    meanwhile is not taken in again.
    """
    own = (NpsPushRow.workspace_id == key.workspace_id) & (NpsPushRow.key_id == key.id)
    query = select(NpsPushRow).where(own, NpsPushRow.idempotency_key == idempotency_key)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else Push(body_hash=row.body_hash, answer=row.answer)


async def remember(
    session: AsyncSession, key: Key, idempotency_key: str, push: Push, *, now: datetime
) -> None:
    """Keep how a request was answered, in the transaction of what it brought; old ones are forgotten.

    Raises sqlalchemy.exc.IntegrityError when the same request is being answered at the same moment.
    """
    own = NpsPushRow.workspace_id == key.workspace_id
    await session.execute(delete(NpsPushRow).where(own, NpsPushRow.at < now - _REMEMBERED_FOR))
    row = {
        "workspace_id": key.workspace_id,
        "key_id": key.id,
        "idempotency_key": idempotency_key,
        "body_hash": push.body_hash,
        "answer": push.answer,
        "at": now,
    }
    await add_many(session, NpsPushRow, [row])


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: NpsKeyRow) -> Key:
    return Key(
        id=row.id,
        workspace_id=row.workspace_id,
        source_id=row.source_id,
        name=row.name,
        public_id=row.public_id,
        created_at=row.created_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
