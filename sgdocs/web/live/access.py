"""Whether those who listen may still: asked for each message, and every half minute where nothing is said.

Sessions and tokens are looked up each time, all in one query. What a person may read is kept until the journal tells of
anything that could have changed it, or for `stream_access_s`.
"""

import time
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.discussions import following
from sgdocs.groups.queries import actor_for
from sgdocs.journal.tail import Line
from sgdocs.people import holding
from sgdocs.people.holding import Held
from sgdocs.web.live.connection import Connection, Holder, Sight

RIGHTS: Final = frozenset({"accounts", "people", "organisations", "groups"})
"""First words of verbs after which somebody may have other rights."""
QUIET: Final = frozenset(
    [
        "discussions",
        "tasks",
        "events",
        "announcements",
        "translation",
        "notices",
        "search",
        "mail",
        "webhooks",
        "journal",
        "workspace",
        "lists",
    ]
)
"""First words of verbs after which nobody reads more or fewer threads."""


def hear(lines: Iterable[Line], connections: Collection[Connection]) -> None:
    """Forget what the journal's new lines make doubtful."""
    for line in lines:
        about = line.verb.partition(".")[0]
        if about in QUIET:
            continue
        is_one = about in RIGHTS and line.subject_kind == "person"
        for each in connections:
            if is_one and each.holder.person_id != line.subject_id:
                continue
            each.sight.readable = None
            if about in RIGHTS:
                each.sight.actor = None


def due(connections: Iterable[Connection], every_s: float, most: int) -> list[Connection]:
    """Those whose rights were looked at so long ago that it is their turn, the longest ago first; so many at once."""
    late = [each for each in connections if each.sight.at < time.monotonic() - every_s]
    return sorted(late, key=lambda each: each.sight.at)[:most]


def forget(connections: Iterable[Connection]) -> None:
    """Look at these from the beginning: time itself takes rights away, and no entry tells of it."""
    for each in connections:
        each.sight = Sight()


def readable(session: Session, connections: Collection[Connection], now: datetime) -> dict[Connection, frozenset[int]]:
    """Which of its threads each may read now: none when what it came in with does not hold any more.

    One query for all sessions, one for tokens; up to five more for each connection about which something is in doubt.
    """
    alive = held(session, [each.holder for each in connections], now)
    actors: dict[tuple[int, frozenset[str] | None], Actor] = {}
    found: dict[Connection, frozenset[int]] = {}
    for each in connections:
        known = alive.get(each.holder)
        if known is None:
            found[each] = frozenset()
            continue
        sight = each.sight
        if sight.actor is None or sight.readable is None:
            key = (each.holder.person_id, known.scopes)
            actor = sight.actor or actors.get(key) or actor_for(session, known.person, now, scopes=known.scopes)
            sight.actor = actors[key] = actor
            sight.readable = following.readable(Act(session, actor, now), each.threads)
            sight.at = time.monotonic()
        found[each] = sight.readable & each.threads
    return found


def held(session: Session, holders: Iterable[Holder], now: datetime) -> dict[Holder, Held]:
    """Those that still hold, and whose they are."""
    wanted = set(holders)
    by_session = holding.by_sessions(session, {h.session_id for h in wanted if h.session_id is not None}, now)
    by_token = holding.by_tokens(session, {h.token_id for h in wanted if h.token_id is not None}, now)
    found = {h: by_session.get(h.session_id or 0) or by_token.get(h.token_id or 0) for h in wanted}
    return {holder: each for holder, each in found.items() if each is not None}
