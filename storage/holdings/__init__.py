"""Where everything about people and customers is, and how it is found and taken back."""

from storage.holdings import avatars, connected, events, figures, people, posts, rota, series, told
from storage.holdings.registry import About, Holding, Registry, Via, keyed

HOLDINGS = Registry(
    (
        *told.HOLDINGS,
        *posts.HOLDINGS,
        *people.HOLDINGS,
        *avatars.HOLDINGS,
        *figures.HOLDINGS,
        *connected.HOLDINGS,
        *rota.HOLDINGS,
        *series.HOLDINGS,
        *events.HOLDINGS,
    )
)
"""What every table of the product holds."""

GONE = "gone"
"""What stands where the id of a colleague stood who was erased; a word of chance follows where rows have to
differ."""

__all__ = ["GONE", "HOLDINGS", "About", "Holding", "Registry", "Via", "keyed"]
