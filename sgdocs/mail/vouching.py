"""Whether a relay that we trust vouches for the sender of a message: Authentication-Results, RFC 8601. Pure."""

import re
from collections.abc import Collection, Sequence
from typing import Final

_RESULT: Final = re.compile(
    r"\s*(?P<method>[a-z0-9-]+)\s*=\s*(?P<result>[a-z]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
LONGEST: Final = 4_000
"""No relay says more of one message."""
_PROPERTY: Final = re.compile(r"\b([a-z]{1,40})\.([a-z-]{1,40})\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def vouched(results: Sequence[str], address: str, relays: Collection[str]) -> bool | None:
    """Whether the topmost result vouches for that address; None when no relay is configured.

    results: the topmost header alone, or nothing. dmarc for the domain of the address, else dkim signed by that domain or
    one above it. SPF alone says nothing of `From`.
    """
    if not relays:
        return None
    said = _without_comments(results[0][:LONGEST]) if results else ""
    server, _, rest = said.partition(";")
    if server.strip().split(" ")[0].lower() not in {each.lower() for each in relays} or "@" not in address:
        return False
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return any(_vouches(each, domain) for each in rest.split(";"))


def _without_comments(text: str) -> str:
    """Comments may hold anything, also what looks like a result, and comments. In one pass; what is not closed is one."""
    kept: list[str] = []
    depth = 0
    for letter in text:
        depth += letter == "("
        if depth == 0:
            kept.append(letter)
        elif letter == ")":
            depth -= 1
            kept.append(" ")
    return "".join(kept)


def _vouches(result: str, domain: str) -> bool:
    found = _RESULT.fullmatch(result)
    if found is None or found["result"].lower() != "pass":
        return False
    told: dict[str, str] = {
        f"{kind}.{name}".lower(): value.lower() for kind, name, value in _PROPERTY.findall(found["rest"])
    }
    method = found["method"].lower()
    if method == "dmarc":
        return told.get("header.from", "").rstrip(".") == domain
    if method == "dkim":
        signer = told.get("header.d", "").rstrip(".")
        return "." in signer and (signer == domain or domain.endswith(f".{signer}"))
    return False
