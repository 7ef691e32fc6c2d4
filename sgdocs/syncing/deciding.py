"""What to do with one file, from three digests: on the server, as it was last fetched, and here. Pure."""

from enum import StrEnum


class Do(StrEnum):
    """keep: as on the server. fetch: not here. replace: here is what was fetched, the server has another.

    leave: a person changed it here, the server did not. aside: both did, or the file here never came from the server:
    it keeps its content under a name beside, and the server's takes its place.
    """

    KEEP = "keep"
    FETCH = "fetch"
    REPLACE = "replace"
    LEAVE = "leave"
    ASIDE = "aside"


def decide(server: str, fetched: str | None, here: str | None) -> Do:
    """here: None when there is no such file; fetched: None when it was never fetched."""
    if here is None:
        return Do.FETCH
    if here == server:
        return Do.KEEP
    if here == fetched:
        return Do.REPLACE
    return Do.LEAVE if fetched == server else Do.ASIDE
