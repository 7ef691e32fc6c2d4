"""Where a webhook may go: https, to addresses of the public internet. Pure."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

HTTPS = rule(
    "webhooks.https",
    "“{url}” will not do: an address begins with https://, names a host, and has no user name and no #part.",
)
PUBLIC = rule(
    "webhooks.public",
    "{host} is at {address}, which is no address of the public internet. Webhooks go to public addresses only.",
    "RFC 6890 (special-purpose addresses)",
)
ENDED = rule("webhooks.ended", "This webhook has ended. Make a new one.")
MANY = rule("webhooks.many", "You have {number} webhooks; end one that is not used any more.")
REPEATED = rule(
    "webhooks.repeated-failure",
    "A webhook ends after {number} failures in a row.",
    settings=("webhook_failures",),
)
LONGEST: Final = 500
HTTPS_PORT: Final = 443
EMBEDDING: Final = tuple(ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""Ways in which an IPv6 address stands for an IPv4 one: NAT64, 6to4, Teredo. Nothing public needs them here."""
Address = IPv4Address | IPv6Address


def why_not_url(url: str) -> Refusal | None:
    """None when the address has the right form. What its name stands for is asked at each connection."""
    refused = Refusal(HTTPS, {"url": url[:100]}, field="url")
    if len(url) > LONGEST or not url.isascii() or any(c.isspace() or c in '\\"<>`' for c in url):
        return refused
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return refused
    is_right = parts.scheme == "https" and host and port != 0 and parts.username is None and not parts.fragment
    if not is_right or parts.password is not None or host is None:
        return refused
    literal = _literal(host)
    if literal is not None and not is_public(literal):
        return Refusal(PUBLIC, {"host": host, "address": str(literal)}, field="url")
    return None if literal is not None or "." in host.strip(".") else refused


def is_public(address: Address) -> bool:
    """Whether it is one of the public internet, and hides no other one in itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in net for net in EMBEDDING) or address.scope_id is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
