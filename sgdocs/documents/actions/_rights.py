"""Who may issue a document of a kind: law, membership, registration."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Closed, Invalid, NotAllowed, Refusal, refuse
from sgdocs.documents import rules, timing
from sgdocs.documents.bodies import Body, occasion_of
from sgdocs.documents.models import Document
from sgdocs.documents.numbering import Place
from sgdocs.documents.rules import DocumentKind, Limits, Source
from sgdocs.groups.models import Group, Membership
from sgdocs.meetings import queries as meetings
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Permission, Scope

K = DocumentKind
_OFFICERS_TOO = (K.ADMINISTRATIVE, K.INFORMATION, K.REPORT)


def is_office(act: Act, body: Body) -> bool:
    """Whether the actor is the secretariat there."""
    return policy.may(act.actor, Permission.MANAGE_DOCUMENTS, Scope(body.meets.path))


def permit(act: Act, body: Body, kind: DocumentKind, questions: Sequence[Group], stream: str) -> None:
    """NotAllowed unless the actor may issue the kind there; who only takes part must be registered."""
    places = _places(act.session, body, questions, stream)
    needed = _needed(body, kind)
    if not any(policy.may(act.actor, each, Scope(path)) for path in places for each in needed):
        policy.require(act.actor, needed[-1], Scope(body.meets.path))
    if needed[-1] is Permission.TAKE_PART and not _speaks_there(act, body, places):
        facts = {"code": body.meeting.code if body.meeting else body.group.label}
        refuse(Refusal(rules.PARTICIPANTS, facts), NotAllowed)


def _needed(body: Body, kind: DocumentKind) -> tuple[Permission, ...]:
    """Any of these permits; the last is named in a refusal. Source: domain 1.7, 4.1, 5.4."""
    if body.place is Place.MEETING or body.meets.kind == "focus-group":
        return (Permission.TAKE_PART,)
    if kind is K.CONTRIBUTION:
        return (Permission.SUBMIT_CONTRIBUTION,)
    if kind is K.TEMPORARY:
        return (Permission.TAKE_PART,) if body.place is Place.RADIO else (Permission.SUBMIT_TD,)
    if kind in _OFFICERS_TOO:
        return (Permission.MANAGE_DOCUMENTS, Permission.DIRECT_DOCUMENTS)
    if kind in (K.CIRCULAR, K.LETTER):
        return (Permission.POST_PAPER, Permission.MANAGE_DOCUMENTS)
    return (Permission.MANAGE_DOCUMENTS,)


def _places(session: Session, body: Body, questions: Sequence[Group], stream: str) -> list[str]:
    """Where the actor may hold the right: the body, the group that meets, its Questions, the working party of a stream."""
    paths = [body.group.path, body.meets.path, *_own_paths(session, body, questions)]
    if stream.startswith("WP") and body.period is not None:
        of = select(Group.path).where(
            Group.parent_id == body.group.id, Group.period_id == body.period.id, Group.code == stream
        )
        paths += session.exec(of)
    return paths


def _own_paths(session: Session, body: Body, questions: Sequence[Group]) -> list[str]:
    """Of the Questions that the body has or that sit in the meeting: whoever leads another group's has no say here."""
    if not questions:
        return []
    sits = {each.id for each in meetings.groups_of(session, body.meeting)} if body.meeting else set()
    top = body.group if body.place is Place.MEETING else _study_group(session, body.group)
    return [each.path for each in questions if each.id in sits or f"{each.path}/".startswith(f"{top.path}/")]


def _speaks_there(act: Act, body: Body, places: Sequence[str]) -> bool:
    """Officers and editors of the group, the secretariat, and participants whose registration is approved."""
    if any(policy.may(act.actor, Permission.SUBMIT_TD, Scope(path)) for path in places):
        return True
    return body.meeting is not None and meetings.is_registered(act.session, body.meeting, act.actor.person_id)


def require_open(act: Act, body: Body, kind: DocumentKind) -> None:
    """Closed when the meeting takes no more documents; the secretariat still files reports and its own."""
    if body.meeting is None or (is_office(act, body) and kind is not K.CONTRIBUTION):
        return
    refuse(timing.why_over(occasion_of(body.meeting), act.now), Closed)


@dataclass(frozen=True)
class Sources:
    """organisations: members that submit; words: as they stand on the cover."""

    organisations: tuple[Organisation, ...] = ()
    words: str = ""


def sources_of(act: Act, body: Body, kind: DocumentKind, named: Sequence[str], limits: Limits) -> Sources:
    """Who submits. A contribution comes from members with the right, its submitter's own among them.

    Without a name it is the actor's own entity. Invalid: unknown, without the right, or others alone.
    """
    given = [name.strip() for name in named if name.strip()]
    found = [(name, _organisation(act.session, name)) for name in given]
    office = is_office(act, body)
    if not given and not office and act.actor.organisation_id is not None:
        own = act.session.get(Organisation, act.actor.organisation_id)
        found = [(own.name, own)] if own else []
    if kind is K.CONTRIBUTION and body.meets.kind != "focus-group":
        _require_members(act, body, found, limits, office=office)
    known = tuple({each.id: each for _, each in found if each is not None}.values())
    return Sources(known, ", ".join(each.name if each else name for name, each in found))


def _require_members(
    act: Act, body: Body, found: Sequence[tuple[str, Organisation | None]], limits: Limits, *, office: bool
) -> None:
    """In ITU-R the secretariat enters also what other groups send: words that name no organisation."""
    unknown = [name for name, each in found if each is None]
    if unknown and not (office and body.group.sector == "R"):
        raise Invalid(rules.SOURCE_UNKNOWN, field="sources", name=unknown[0])
    facts = [_source(act, body, each) for _, each in found if each is not None]
    if unknown and not facts:
        return
    own = None if office else _own(act)
    refuse(rules.why_not_contribute(facts, body.group.label, limits.categories(body.group.sector), own=own), Invalid)


def _own(act: Act) -> Source:
    entity = act.session.get(Organisation, act.actor.organisation_id) if act.actor.organisation_id else None
    return Source(entity.id or 0, entity.name, entity.category, True) if entity else Source(0, "", "", False)


def _source(act: Act, body: Body, organisation: Organisation) -> Source:
    """Whether it is a member on the day: of the Sector, or an Associate of the group that counts."""
    on = geneva_day(act.now)
    held = select(Membership.id).where(
        Membership.organisation_id == organisation.id,
        Membership.sector == body.group.sector,
        col(Membership.starts_on) <= on,
        or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= on),
    )
    if organisation.category == policy.ASSOCIATE:
        held = held.where(Membership.group_id == _study_group(act.session, body.group).id)
    else:
        held = held.where(col(Membership.group_id).is_(None))
    is_member = act.session.exec(held).first() is not None
    return Source(organisation.id or 0, organisation.name, organisation.category, is_member)


def _study_group(session: Session, group: Group) -> Group:
    """SG5 for WP 5D: an Associate is one of the study group."""
    while group.parent_id is not None:
        above = session.get(Group, group.parent_id)
        assert above is not None, "foreign key"
        group = above
    return group


def _organisation(session: Session, name: str) -> Organisation | None:
    if name.isdecimal() and len(name) < 10:
        return session.get(Organisation, int(name))
    return organisation_named(session, name)


def scope_of(session: Session, document: Document) -> Scope:
    """Where acts on the document happen, and whose it is."""
    group = session.get(Group, document.group_id)
    assert group is not None, "foreign key"
    return Scope(group.path, document.owner_id, document.organisation_id)
