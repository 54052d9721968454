"""What is held of conversations with customers, and of what came of telling them."""

from storage.holdings.registry import Holding, Via

_BY_INTERVIEW = Via("interview_id", "interviews")
_BY_STORY = Via("story_id", "stories")

HOLDINGS = (
    Holding(
        table="customers",
        customer="id",
        names=("created_by",),
        tells=("name", "folded_name", "alias", "company", "segment", "former_names", "former_companies"),
        secret=("contact",),
    ),
    Holding(
        table="consents",
        customer="customer_id",
        names=("recorded_by",),
        tells=("words",),
        plain=("purpose",),
    ),
    Holding(
        table="interviews",
        customer="customer_id",
        names=("author_id",),
        tells=("title", "trying_to", "happened", "meaning", "themes", "hidden"),
        plain=("source_key", "how", "language"),
    ),
    Holding(table="quotes", customer=_BY_INTERVIEW, tells=("text",)),
    Holding(table="stories", customer=_BY_INTERVIEW, plain=("state",)),
    Holding(
        table="story_terms",
        customer=_BY_STORY,
        names=("asked_by", "approved_by"),
        tells=("reason",),
        plain=("waits_for",),
    ),
    Holding(table="story_topics", customer=_BY_STORY, tells=("topic",)),
    Holding(
        table="reactions",
        customer=_BY_STORY,
        names=("user_id",),
        plain=("kind", "channel_id"),
    ),
    Holding(
        table="follow_ups",
        customer=_BY_INTERVIEW,
        names=("owner_id", "offered_to"),
        tells=("what", "closing", "link"),
        plain=("kind", "outcome"),
    ),
    Holding(
        table="accounts",
        names=("owner_id",),
        tells=("name", "key", "folded", "owner_said", "segment"),
        secret=("worth",),
    ),
    Holding(table="account_customers", customer="customer_id", names=("said_by",)),
    Holding(
        table="reports",
        customer=_BY_STORY,
        names=("reporter_id", "settled_by"),
        tells=("reason",),
        plain=("outcome",),
    ),
    Holding(
        table="drafts",
        customer=_BY_INTERVIEW,
        employee="author_id",
        tells=("form",),
        plain=("step", "thread_channel", "thread_ts"),
    ),
    Holding(
        table="draft_notes",
        customer=Via("draft_id", "drafts"),
        employee=Via("draft_id", "drafts"),
        tells=("text",),
        plain=("slack_ts",),
    ),
    Holding(
        table="draft_talks",
        customer=Via("draft_id", "drafts"),
        employee=Via("draft_id", "drafts"),
        tells=("talk",),
    ),
    Holding(
        table="customer_links",
        customer=_BY_STORY,
        names=("given_by",),
        plain=("public_id", "secret_hash"),
    ),
    Holding(
        table="corrections",
        customer=_BY_INTERVIEW,
        names=("settled_by",),
        tells=("before", "words"),
        plain=("outcome",),
    ),
    Holding(
        table="search_texts",
        customer=_BY_INTERVIEW,
        tells=("words", "facets"),
        plain=("kind", "answer_key", "encoder"),
        afresh=("encoder",),
    ),
    Holding(
        table="search_vectors",
        customer=Via("text_id", "search_texts"),
        plain=("kind", "code", "vector"),
    ),
    Holding(
        table="themes",
        names=("named_by",),
        tells=("name", "sentence"),
        plain=("state", "encoder", "described"),
    ),
    Holding(
        table="theme_texts",
        customer=Via("text_id", "search_texts"),
        names=("said_by",),
        plain=("how",),
    ),
    Holding(
        table="priorities",
        names=("owner_id", "chosen_by"),
        tells=("theme_name", "done_means", "segment"),
        plain=("state",),
    ),
    Holding(table="priority_rounds"),
    Holding(table="priority_notes", names=("by",), tells=("words",), plain=("what",)),
    Holding(
        table="customer_colleagues",
        customer="customer_id",
        employee="user_id",
        names=("named_by",),
    ),
    Holding(table="customer_absences", customer="customer_id", plain=("channel_id",)),
)
"""One line a table."""
