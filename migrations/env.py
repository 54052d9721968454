"""Runs the revisions on the database that the caller names (see `storage.migrating`)."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from storage.schema import metadata


def include_object(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Full-text tables are written by hand, with what SQLite keeps behind them; the engine's are its own."""
    if (kind, name) in _FULL_TEXT:
        return False
    return not (
        kind == "table" and (name or "").startswith(("story_words", "search_words", "procrastinate_"))
    )


_FULL_TEXT = {("column", "tsv"), ("index", "ix_search_texts_tsv")}


def run() -> None:
    """Bring the database to the revision asked for, in one transaction."""
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=include_object,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
