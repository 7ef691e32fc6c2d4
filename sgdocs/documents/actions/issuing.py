"""Which kinds of documents the actor may bring to a meeting now: what buttons and forms offer. Writes nothing."""

from dataclasses import dataclass

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.documents import numbering
from sgdocs.documents.actions import _rights
from sgdocs.documents.bodies import Body, body_of
from sgdocs.documents.rules import DocumentKind
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting


@dataclass(frozen=True)
class Way:
    """A kind that may be brought, and to which series (`GEN`, `WP1` …; one "" where there are none)."""

    kind: DocumentKind
    streams: tuple[str, ...]


def ways_in(act: Act, meeting: Meeting) -> list[Way]:
    """What the actor may bring, the usual kind first; [] for an anonymous visitor and for a meeting that is over."""
    if not act.actor.is_known:
        return []
    body = body_of(act.session, meeting)
    own = _own_groups(act)
    ways = [_way(act, body, kind, own) for kind in numbering.kinds_of(body.place)]
    return [way for way in ways if way.streams]


def require_ways(act: Act, meeting: Meeting) -> list[Way]:
    """As `ways_in`; where there is none it refuses as submitting the usual kind would: Closed or NotAllowed."""
    ways = ways_in(act, meeting)
    if not ways:
        body = body_of(act.session, meeting)
        kind = numbering.kinds_of(body.place)[0]
        if act.actor.is_known:
            _rights.require_open(act, body, kind)
        _rights.permit(act, body, kind, _own_groups(act), _first(body, kind))
    return ways


def may_bring(act: Act, meeting: Meeting) -> bool:
    """Whether the actor may bring anything there now. Costs two queries and one for who holds a role."""
    if not act.actor.is_known:
        return False
    body = body_of(act.session, meeting)
    own = _own_groups(act)
    within = [group for group in own if group.path.startswith(f"{body.group.path}/")]
    return any(_may(act, body, kind, _first(body, kind), within) for kind in numbering.kinds_of(body.place))


def _first(body: Body, kind: DocumentKind) -> str:
    form = numbering.form_of(body.place, kind)
    return form.streams[0] if form is not None else ""


def _own_groups(act: Act) -> list[Group]:
    """Where the actor holds a role: a rapporteur issues for the Question."""
    ids = {each.group_id for each in act.actor.appointments if each.group_id is not None}
    return list(act.session.exec(select(Group).where(col(Group.id).in_(ids)))) if ids else []


def _way(act: Act, body: Body, kind: DocumentKind, own: list[Group]) -> Way:
    form = numbering.form_of(body.place, kind)
    within = [group for group in own if group.path.startswith(f"{body.group.path}/")]
    streams = form.streams if form is not None else ()
    return Way(kind, tuple(stream for stream in streams if _may(act, body, kind, stream, within)))


def _may(act: Act, body: Body, kind: DocumentKind, stream: str, own: list[Group]) -> bool:
    try:
        _rights.permit(act, body, kind, own, stream)
        _rights.require_open(act, body, kind)
    except Refused:
        return False
    return True
