"""Texts that can be found by words and by meaning, and the themes that they are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _mark_what_is_not_yet_found()
    op.create_table(
        "search_texts",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("interview_id", ROW_ID, nullable=True),
        sa.Column("source_id", ROW_ID, nullable=True),
        sa.Column("answer_key", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.Column("encoder", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interview_id"],
            ["interviews.workspace_id", "interviews.id"],
            name=op.f("fk_search_texts_workspace_id_interview_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "source_id", "answer_key"],
            ["nps_answers.workspace_id", "nps_answers.source_id", "nps_answers.key"],
            name=op.f("fk_search_texts_workspace_id_source_id_answer_key"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_search_texts_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_texts")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_search_texts_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "interview_id",
            "kind",
            "position",
            name=op.f("uq_search_texts_workspace_id_interview_id_kind_position"),
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "source_id",
            "answer_key",
            name=op.f("uq_search_texts_workspace_id_source_id_answer_key"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_search_texts_workspace_id_encoder_id"), "search_texts", ["workspace_id", "encoder", "id"]
    )
    op.create_table(
        "search_vectors",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("text_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("sorted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "text_id"],
            ["search_texts.workspace_id", "search_texts.id"],
            name=op.f("fk_search_vectors_workspace_id_text_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_search_vectors_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "text_id", name=op.f("pk_search_vectors")),
    )
    op.create_index(
        "ix_search_vectors_unsorted",
        "search_vectors",
        ["workspace_id", "text_id"],
        sqlite_where=sa.text("sorted = 0"),
        postgresql_where=sa.text("NOT sorted"),
    )
    _create_full_text()
    _create_themes()


def downgrade() -> None:
    op.drop_index(op.f("ix_theme_texts_workspace_id_theme_id_how"), table_name="theme_texts")
    op.drop_table("theme_texts")
    op.drop_index(op.f("ix_themes_workspace_id_state"), table_name="themes")
    op.drop_table("themes")
    if _embedded():
        for trigger in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER search_words_{trigger}")
        op.execute("DROP TABLE search_words")
        op.execute("DROP TABLE search_words_purge")
    op.drop_index("ix_search_vectors_unsorted", table_name="search_vectors")
    op.drop_table("search_vectors")
    op.drop_index(op.f("ix_search_texts_workspace_id_encoder_id"), table_name="search_texts")
    op.drop_table("search_texts")
    op.drop_index("ix_nps_answers_unsought", table_name="nps_answers")
    op.drop_column("nps_answers", "searchable")
    op.drop_index("ix_stories_unsought", table_name="stories")
    op.drop_column("stories", "searchable_revision")


def _embedded() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _mark_what_is_not_yet_found() -> None:
    """Everything that is there already counts as not yet findable: the worker goes through it."""
    op.add_column(
        "stories", sa.Column("searchable_revision", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.create_index(
        "ix_stories_unsought",
        "stories",
        ["workspace_id", "id"],
        sqlite_where=sa.text("searchable_revision <> revision"),
        postgresql_where=sa.text("searchable_revision <> revision"),
    )
    op.add_column(
        "nps_answers", sa.Column("searchable", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(
        "ix_nps_answers_unsought",
        "nps_answers",
        ["workspace_id"],
        sqlite_where=sa.text("searchable = 0 AND comment <> ''"),
        postgresql_where=sa.text("NOT searchable AND comment <> ''"),
    )


def _create_themes() -> None:
    op.create_table(
        "themes",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("encoder", sa.Text(), nullable=False),
        sa.Column("described", sa.LargeBinary(), nullable=False),
        sa.Column("named_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_themes_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_themes_workspace_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_themes_workspace_id_state"), "themes", ["workspace_id", "state"])
    op.create_table(
        "theme_texts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("text_id", ROW_ID, nullable=False),
        sa.Column("theme_id", ROW_ID, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "text_id"],
            ["search_texts.workspace_id", "search_texts.id"],
            name=op.f("fk_theme_texts_workspace_id_text_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "theme_id"],
            ["themes.workspace_id", "themes.id"],
            name=op.f("fk_theme_texts_workspace_id_theme_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_theme_texts_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "text_id", "theme_id", name=op.f("pk_theme_texts")),
    )
    op.create_index(
        op.f("ix_theme_texts_workspace_id_theme_id_how"), "theme_texts", ["workspace_id", "theme_id", "how"]
    )


def _create_full_text() -> None:
    if not _embedded():
        op.execute(
            "ALTER TABLE search_texts ADD COLUMN tsv tsvector GENERATED ALWAYS AS ("
            "to_tsvector('english', words) || array_to_tsvector(string_to_array(facets, ' '))) STORED"
        )
        op.execute("CREATE INDEX ix_search_texts_tsv ON search_texts USING gin (tsv)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, facets, content = 'search_texts', "
        "content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    # A row stands here while deleted words may linger in the index: FTS5 before 3.42 merges them out later.
    op.execute("CREATE TABLE search_words_purge (id INTEGER PRIMARY KEY CHECK (id = 1))")
    version = op.get_bind().exec_driver_sql("SELECT sqlite_version()").scalar_one()
    at_once = tuple(int(part) for part in version.split(".")[:2]) >= (3, 42)
    if at_once:
        op.execute("INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)")
    take_out = (
        "INSERT INTO search_words (search_words, rowid, words, facets) "
        "VALUES ('delete', old.id, old.words, old.facets);"
    )
    put_in = "INSERT INTO search_words (rowid, words, facets) VALUES (new.id, new.words, new.facets);"
    linger = "" if at_once else "INSERT OR IGNORE INTO search_words_purge (id) VALUES (1);"
    op.execute(f"CREATE TRIGGER search_words_added AFTER INSERT ON search_texts BEGIN {put_in} END")
    op.execute(
        f"CREATE TRIGGER search_words_removed AFTER DELETE ON search_texts BEGIN {take_out} {linger} END"
    )
    op.execute(
        "CREATE TRIGGER search_words_changed AFTER UPDATE OF words, facets ON search_texts "
        f"BEGIN {take_out} {put_in} {linger} END"
    )
