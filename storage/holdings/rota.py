"""What is held of the rota (who joined, who met whom), and of objectives, thanks and letters."""

from storage.holdings.registry import Holding, Via

HOLDINGS = (
    Holding(
        table="rota_people",
        employee="user_id",
        plain=("part", "seniority", "languages", "time_zone", "country"),
    ),
    Holding(table="rota_parts", names=("set_by",), plain=("part",)),
    Holding(table="rota_rounds"),
    Holding(
        table="contacts",
        customer="customer_id",
        names=("owner_id", "added_by"),
        tells=("key",),
        plain=("source", "time_zone", "country", "languages", "part"),
    ),
    Holding(
        table="rota_talks",
        customer="customer_id",
        employee="user_id",
        names=("partner_id",),
        plain=("kind", "state", "step"),
    ),
    Holding(table="objectives", employee="user_id", tells=("words", "note"), plain=("aim", "struck")),
    Holding(table="story_thanks", customer=Via("story_id", "stories")),
    Holding(table="momentum_rounds"),
    Holding(table="letters", employee="place", names=("set_by",), plain=("part",)),
)
"""One line a table."""
