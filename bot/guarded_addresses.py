"""Which addresses of the network may be reached: those of the open internet, and what an operator adds."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from stories.values import dataclass

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64: the last 32 bits are an IPv4 address."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an operator lets through: places (a host with its port), and networks of private addresses."""

    places: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, entries: Collection[str]) -> Allowed:
        """From "host", "host:port" and "10.0.0.0/8". Raises ValueError for anything else."""
        places, networks = set(), []
        for entry in filter(None, (one.strip().lower() for one in entries)):
            if "/" in entry:
                networks.append(ipaddress.ip_network(entry, strict=False))
                continue
            host, colon, port = entry.rpartition(":")
            if colon and not (port.isdigit() and 0 < int(port) < 65_536):
                raise ValueError(f"“{entry}” is no host, no host:port and no network such as 10.0.0.0/8")
            places.add((host, int(port)) if colon else (entry, None))
        return cls(frozenset(places), tuple(networks))

    def place(self, host: str, port: int) -> bool:
        """Whether this host may be called without encryption, and at a private address."""
        return bool({(host.lower(), port), (host.lower(), None)} & self.places)

    def address(self, address: Address) -> bool:
        """Whether this address lies in a network that is let through, or in the open internet."""
        return any(address in network for network in self.networks) or is_open(address)


def is_open(address: Address) -> bool:
    """Whether an address is of the open internet, also where an IPv4 address is wrapped in it."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_open(inner)
    return address.is_global and not address.is_multicast
