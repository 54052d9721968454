"""All tables together: what migrations are proved against."""

from storage import (
    tables_accounts,
    tables_attention,
    tables_avatars,
    tables_erasing,
    tables_following,
    tables_installs,
    tables_milestones,
    tables_nps,
    tables_nps_intake,
    tables_nps_watch,
    tables_posts,
    tables_priorities,
    tables_private,
    tables_project_face,
    tables_search,
    tables_rota,
    tables_sending,
    tables_stories,
    tables_themes,
    tables_trackers,
    tables_trust,
    tables_uploads,
    tables_wanted,
)
from storage.tables import Base

metadata = Base.metadata
"""Every table that the product owns; full-text indexes stand apart (see `storage.search`)."""

__all__ = [
    "metadata",
    "tables_attention",
    "tables_accounts",
    "tables_avatars",
    "tables_erasing",
    "tables_following",
    "tables_installs",
    "tables_milestones",
    "tables_nps",
    "tables_nps_intake",
    "tables_nps_watch",
    "tables_posts",
    "tables_priorities",
    "tables_private",
    "tables_project_face",
    "tables_search",
    "tables_sending",
    "tables_rota",
    "tables_stories",
    "tables_themes",
    "tables_trackers",
    "tables_trust",
    "tables_uploads",
    "tables_wanted",
]
