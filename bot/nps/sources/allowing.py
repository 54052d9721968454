"""What a source's comments and scores may be used for: an admin's yes, taken back as easily, and audited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit, nps_sources
from storage.nps_sources import Source
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What is allowed from now on, and for the past too; None leaves it as it is.

    `verbatims`: comments may be shown. `avatars`: a project's avatar may quote them as long as they may be
    shown. `counted`: scores are part of NPS.
    """

    verbatims: bool | None = None
    avatars: bool | None = None
    counted: bool | None = None


async def allow(
    session: AsyncSession, workspace_id: str, source: Source, said: Allowed, *, by: str, now: datetime
) -> bool:
    """Set what differs, with a line in the audit log; tells whether anything did.

    Posts that quote such comments follow with the next round.
    """
    changed = []
    if said.verbatims is not None and said.verbatims != source.verbatims_shared:
        await nps_sources.share_verbatims(session, workspace_id, source.id, shared=said.verbatims)
        changed.append("verbatims" if said.verbatims else "no_verbatims")
    if said.avatars is not None and said.avatars != source.avatars_quote:
        await nps_sources.let_avatars_quote(session, workspace_id, source.id, allowed=said.avatars)
        changed.append("avatars" if said.avatars else "no_avatars")
    if said.counted is not None and said.counted != source.counted:
        await nps_sources.count_in(session, workspace_id, source.id, counted=said.counted)
        changed.append("counted" if said.counted else "not_counted")
    if changed:
        entry = audit.Entry(
            at=now,
            actor_id=by,
            act="allow_source",
            object_kind="source",
            object_id=source.name,
            detail={"allowed": changed},
        )
        await audit.note(session, workspace_id, entry)
    return bool(changed)
