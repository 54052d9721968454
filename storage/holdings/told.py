"""What is held of conversations with customers, and of what came of telling them."""

from storage.holdings.registry import Holding, Via

_BY_INTERVIEW = Via("interview_id", "interviews")
_BY_STORY = Via("story_id", "stories")

HOLDINGS = (
    Holding(
        table="customers",
        words="customers",
        customer="id",
        names=("created_by",),
        tells=("name", "folded_name", "alias", "company", "segment", "former_names", "former_companies"),
        secret=("contact",),
    ),
    Holding(
        table="consents",
        words="records of consent",
        customer="customer_id",
        names=("recorded_by",),
        tells=("words",),
        plain=("purpose",),
    ),
    Holding(
        table="interviews",
        words="conversations",
        customer="customer_id",
        names=("author_id",),
        tells=("title", "trying_to", "happened", "meaning", "themes", "hidden"),
        plain=("source_key", "how"),
    ),
    Holding(table="quotes", words="quotes", customer=_BY_INTERVIEW, tells=("text",)),
    Holding(table="stories", words="stories", customer=_BY_INTERVIEW, plain=("state",)),
    Holding(
        table="story_terms",
        words="labels of stories",
        customer=_BY_STORY,
        names=("asked_by", "approved_by"),
        tells=("reason",),
        plain=("waits_for",),
    ),
    Holding(table="story_topics", words="topics of stories", customer=_BY_STORY, tells=("topic",)),
    Holding(
        table="reactions",
        words="reactions",
        customer=_BY_STORY,
        names=("user_id",),
        plain=("kind", "channel_id"),
    ),
    Holding(
        table="follow_ups",
        words="promises and things taken on",
        customer=_BY_INTERVIEW,
        names=("owner_id",),
        tells=("what",),
        plain=("kind",),
    ),
    Holding(
        table="reports",
        words="reports about stories",
        customer=_BY_STORY,
        names=("reporter_id", "settled_by"),
        tells=("reason",),
        plain=("outcome",),
    ),
    Holding(
        table="drafts",
        words="drafts",
        customer=_BY_INTERVIEW,
        employee="author_id",
        tells=("form",),
        plain=("step", "thread_channel", "thread_ts"),
    ),
    Holding(
        table="draft_notes",
        words="messages that went into a draft",
        customer=Via("draft_id", "drafts"),
        employee=Via("draft_id", "drafts"),
        tells=("text",),
        plain=("slack_ts",),
    ),
    Holding(
        table="draft_talks",
        words="files read for a draft",
        customer=Via("draft_id", "drafts"),
        employee=Via("draft_id", "drafts"),
        tells=("talk",),
    ),
    Holding(
        table="customer_links",
        words="links given to customers",
        customer=_BY_STORY,
        names=("given_by",),
        plain=("public_id", "secret_hash"),
    ),
    Holding(
        table="corrections",
        words="corrections by customers",
        customer=_BY_INTERVIEW,
        names=("settled_by",),
        tells=("before", "words"),
        plain=("outcome",),
    ),
    Holding(
        table="search_texts",
        words="texts that can be found",
        customer=_BY_INTERVIEW,
        tells=("words", "facets"),
        plain=("kind", "answer_key", "encoder"),
        afresh=("encoder",),
    ),
    Holding(
        table="search_vectors",
        words="texts as numbers",
        customer=Via("text_id", "search_texts"),
        plain=("kind", "code", "vector"),
    ),
    Holding(
        table="customer_colleagues",
        words="account teams of customers",
        customer="customer_id",
        employee="user_id",
        names=("named_by",),
    ),
)
"""One line a table."""
