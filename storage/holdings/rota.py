"""What is held of the rota: who joined, whom they may ask, who met whom."""

from storage.holdings.registry import Holding

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
)
"""One line a table."""
