"""Who may do what: the one module of law. Plain values, no query.

Writes: a permission is granted when in any of its rows all predicates hold.
Reads: each readable row has an audience label; `audiences(actor)` is the set of labels an actor reads.
Source of the table: domain 1.6, 1.7, 8.3.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sgdocs.base.actor import Actor, Kind
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed


@dataclass(frozen=True)
class Scope:
    """Where an act happens. group: canonical path (`T/SG13/Q2`) or ""; owner_id: the person whose thing it is."""

    group: str = ""
    owner_id: int | None = None
    organisation_id: int | None = None


NOWHERE = Scope()
Predicate = Callable[[Actor, Scope], bool]


class Permission(StrEnum):
    """Every permission; the word after the dot is the verb."""

    ADMINISTER = "service.administer"
    READ_JOBS = "service.read-jobs"
    MANAGE_PEOPLE = "people.manage"
    CONFIRM_ACCOUNT = "people.confirm-account"
    INVITE = "people.invite"
    EDIT_OWN_ACCOUNT = "people.edit-own-account"
    FORGET_PERSON = "people.forget"
    VIEW_AS = "people.view-as"
    MANAGE_GROUPS = "groups.manage"
    APPOINT = "groups.appoint"
    EDIT_RECOMMENDATION = "recommendations.edit"
    IMPORT_RECOMMENDATIONS = "recommendations.import"
    EDIT_VOCABULARY = "search.edit-vocabulary"
    CONVENE_MEETING = "meetings.convene"
    SET_DEADLINE = "meetings.set-deadline"
    SEE_REMOTE_LINK = "meetings.see-remote-link"
    REGISTER = "meetings.register"
    DECIDE_REGISTRATION = "meetings.decide-registration"
    EDIT_AGENDA = "meetings.edit-agenda"
    ALLOT = "documents.allot"
    KEEP_PROCEEDINGS = "proceedings.keep"
    COMPLETE_ACTION = "proceedings.complete-action"
    SUBMIT_CONTRIBUTION = "documents.submit-contribution"
    SUBMIT_TD = "documents.submit-td"
    TAKE_PART = "documents.take-part"
    REVISE_DOCUMENT = "documents.revise"
    WITHDRAW_DOCUMENT = "documents.withdraw"
    DIRECT_DOCUMENTS = "documents.direct"
    ADMIT_LATE = "documents.admit-late"
    SET_AUDIENCE = "documents.set-audience"
    OBJECT_TO_PUBLICATION = "documents.object-to-publication"
    MANAGE_DOCUMENTS = "documents.manage"
    STAMP_DOCUMENT = "documents.stamp"
    KEEP_TEXT = "documents.keep-text"
    TIDY_DOCUMENTS = "documents.tidy"
    PROPOSE_ITEM = "work.propose"
    EDIT_ITEM = "work.edit"
    DECIDE_ITEM = "work.decide"
    SUPPORT_ITEM = "work.support"
    IMPORT_ITEMS = "work.import"
    DECIDE_TEXT = "approval.decide"
    PROVIDE_TEXT = "approval.provide-text"
    JUDGE = "approval.judge"
    ANNOUNCE = "approval.announce"
    CLOSE_WINDOW = "approval.close-window"
    HOLD_CLOSING = "approval.hold-closing"
    COMMENT = "approval.comment"
    DISPOSE_COMMENT = "approval.dispose-comment"
    REPLY = "approval.reply"
    TAKE_POSITION = "approval.take-position"
    SET_RULING = "approval.set-ruling"
    POST_PAPER = "approval.post-paper"
    DRAFT_STATEMENT = "liaison.draft"
    APPROVE_STATEMENT = "liaison.approve"
    SEND_STATEMENT = "liaison.send"
    RECEIVE_STATEMENT = "liaison.receive"
    ALLOT_STATEMENT = "liaison.allot"
    CONSIDER_STATEMENT = "liaison.consider"
    CONFIRM_ARRIVAL = "liaison.confirm-arrival"
    RECEIVE_MAIL = "liaison.receive-mail"
    IMPORT_STATEMENTS = "liaison.import"
    MANAGE_BODIES = "liaison.manage-bodies"
    REMIND_OF_STATEMENT = "liaison.remind"
    KEEP_OWN = "workspace.keep-own"
    MIND_WORKSPACES = "workspace.mind"
    OPEN_LIST = "lists.open"
    MANAGE_LIST = "lists.manage"
    JOIN_LIST = "lists.join"
    DISCUSS = "discussions.write"
    EDIT_MESSAGE = "discussions.edit"
    MODERATE = "discussions.moderate"
    KEEP_TASKS = "tasks.keep"
    MANAGE_EVENT = "events.manage"
    JOIN_EVENT = "events.join"
    ANNOUNCE_SERVICE = "announcements.post"
    ASK_TRANSLATION = "translation.ask"
    TRANSLATE = "translation.translate"
    FOLLOW = "notices.follow"
    TELL = "notices.tell"


class Role(StrEnum):
    """System roles of domain 1.6 and 1.7; a grant is scoped to a group and dated."""

    SECRETARIAT = "secretariat"
    ADMIN = "admin"
    DIRECTOR = "director"
    COUNSELLOR = "counsellor"
    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    SG_CHAIR = "sg-chair"
    SG_VICE_CHAIR = "sg-vice-chair"
    WP_CHAIR = "wp-chair"
    WP_VICE_CHAIR = "wp-vice-chair"
    RAPPORTEUR = "rapporteur"
    CO_RAPPORTEUR = "co-rapporteur"
    ASSOCIATE_RAPPORTEUR = "associate-rapporteur"
    LIAISON_OFFICER = "liaison-officer"
    EDITOR = "editor"
    CONVENER = "convener"
    FOCAL_POINT = "focal-point"
    DELEGATE = "delegate"
    GUEST = "guest"


def is_operator(actor: Actor, scope: Scope) -> bool:
    return actor.kind is Kind.OPERATOR


def is_clock(actor: Actor, scope: Scope) -> bool:
    return actor.kind is Kind.CLOCK


def is_secretariat(actor: Actor, scope: Scope) -> bool:
    return actor.has_role(Role.SECRETARIAT, Role.ADMIN)


def is_admin(actor: Actor, scope: Scope) -> bool:
    return actor.has_role(Role.ADMIN)


def is_counsellor(actor: Actor, scope: Scope) -> bool:
    return bool(scope.group) and actor.has_role(Role.COUNSELLOR, group=scope.group)


LEADERS = (
    Role.SG_CHAIR,
    Role.CHAIR,
    Role.WP_CHAIR,
    Role.RAPPORTEUR,
    Role.CO_RAPPORTEUR,
    Role.CONVENER,
)
MEETING_OFFICERS = (
    *LEADERS,
    Role.COUNSELLOR,
    Role.SG_VICE_CHAIR,
    Role.VICE_CHAIR,
    Role.WP_VICE_CHAIR,
    Role.ASSOCIATE_RAPPORTEUR,
)


def is_leader(actor: Actor, scope: Scope) -> bool:
    """Chair or rapporteur of the group, or of one above it."""
    return bool(scope.group) and actor.has_role(*LEADERS, group=scope.group)


def is_meeting_officer(actor: Actor, scope: Scope) -> bool:
    """Whoever leads the work of the group, or of one above it: chairs, rapporteurs, conveners; its counsellor."""
    return bool(scope.group) and actor.has_role(*MEETING_OFFICERS, group=scope.group)


def is_focal_point(actor: Actor, scope: Scope) -> bool:
    """The focal point of the very organisation that the act concerns."""
    return (
        actor.has_role(Role.FOCAL_POINT)
        and actor.organisation_id is not None
        and actor.organisation_id == scope.organisation_id
    )


def is_owner(actor: Actor, scope: Scope) -> bool:
    return actor.person_id is not None and actor.person_id == scope.owner_id


CONTRIBUTORS = ("member-state", "sector-member", "academia")
MEMBER_STATE = "member-state"


def is_member_there(actor: Actor, scope: Scope) -> bool:
    """A delegate of a member of the Sector, or of an Associate of that study group. Source: domain 1.7."""
    if not scope.group or actor.organisation_id is None:
        return False
    if actor.category in CONTRIBUTORS:
        return scope.group[0] in actor.sectors
    return actor.category == ASSOCIATE and has_place_there(actor, scope)


def has_place_there(actor: Actor, scope: Scope) -> bool:
    """An Associate of the group, or its guest."""
    return bool(scope.group) and any(scope.group == own or scope.group.startswith(own + "/") for own in actor.groups)


def writes_for_group(actor: Actor, scope: Scope) -> bool:
    """Whoever issues the group's own papers: its officers and editors. Source: domain 1.6, 4.1."""
    return is_meeting_officer(actor, scope) or (bool(scope.group) and actor.has_role(*WRITERS, group=scope.group))


WRITERS = (Role.LIAISON_OFFICER, Role.EDITOR)
CHAIRS = (Role.SG_CHAIR, Role.CHAIR, Role.WP_CHAIR)


def is_chair(actor: Actor, scope: Scope) -> bool:
    """Chair of the group, or of one above it. Source: domain 1.6."""
    return bool(scope.group) and actor.has_role(*CHAIRS, group=scope.group)


def is_own_entity(actor: Actor, scope: Scope) -> bool:
    """Of the very organisation whose thing it is."""
    return actor.organisation_id is not None and actor.organisation_id == scope.organisation_id


def is_director(actor: Actor, scope: Scope) -> bool:
    return actor.has_role(Role.DIRECTOR)


def is_member_state(actor: Actor, scope: Scope) -> bool:
    return actor.category == MEMBER_STATE and is_member_there(actor, scope)


def has_full_session(actor: Actor, scope: Scope) -> bool:
    """Signed in by a session, not by a token."""
    return actor.scopes is None


_OFFICE: tuple[tuple[Predicate, ...], ...] = ((is_operator,), (is_secretariat,))

PERMISSIONS: dict[Permission, tuple[tuple[Predicate, ...], ...]] = {
    Permission.ADMINISTER: ((is_operator,), (is_admin, has_full_session)),
    Permission.READ_JOBS: _OFFICE,
    Permission.MANAGE_PEOPLE: ((is_operator,), (is_secretariat, has_full_session)),
    Permission.CONFIRM_ACCOUNT: (*_OFFICE, (is_focal_point, has_full_session)),
    Permission.INVITE: (*_OFFICE, (is_focal_point, has_full_session)),
    Permission.EDIT_OWN_ACCOUNT: ((is_operator,), (is_owner, has_full_session)),
    Permission.FORGET_PERSON: ((is_operator,), (is_secretariat, has_full_session), (is_owner, has_full_session)),
    Permission.VIEW_AS: ((is_secretariat, has_full_session),),
    Permission.MANAGE_GROUPS: _OFFICE,
    Permission.APPOINT: (*_OFFICE, (is_counsellor, has_full_session)),
    Permission.EDIT_RECOMMENDATION: (*_OFFICE, (is_clock,), (is_counsellor,)),
    Permission.IMPORT_RECOMMENDATIONS: _OFFICE,
    Permission.EDIT_VOCABULARY: (*_OFFICE, (is_clock,)),
    Permission.CONVENE_MEETING: (*_OFFICE, (is_counsellor,), (is_leader,)),
    Permission.SET_DEADLINE: (*_OFFICE, (is_counsellor,)),
    Permission.SEE_REMOTE_LINK: (*_OFFICE, (is_meeting_officer,)),
    Permission.REGISTER: (*_OFFICE, (is_owner,)),
    Permission.DECIDE_REGISTRATION: (*_OFFICE, (is_counsellor,), (is_focal_point,)),
    Permission.EDIT_AGENDA: (*_OFFICE, (is_meeting_officer,)),
    Permission.ALLOT: (*_OFFICE, (is_clock,), (is_meeting_officer,)),
    Permission.KEEP_PROCEEDINGS: (*_OFFICE, (is_meeting_officer,)),
    Permission.COMPLETE_ACTION: (*_OFFICE, (is_owner,)),
    Permission.SUBMIT_CONTRIBUTION: (*_OFFICE, (is_counsellor,), (is_member_there,)),
    Permission.SUBMIT_TD: (*_OFFICE, (writes_for_group,)),
    Permission.TAKE_PART: (*_OFFICE, (writes_for_group,), (is_member_there,), (has_place_there,)),
    Permission.REVISE_DOCUMENT: (*_OFFICE, (is_meeting_officer,), (is_owner,), (is_own_entity,)),
    Permission.WITHDRAW_DOCUMENT: (*_OFFICE, (is_counsellor,), (is_owner,), (is_own_entity,)),
    Permission.DIRECT_DOCUMENTS: (*_OFFICE, (is_meeting_officer,)),
    Permission.ADMIT_LATE: (*_OFFICE, (is_director,)),
    Permission.SET_AUDIENCE: (*_OFFICE, (is_meeting_officer,)),
    Permission.OBJECT_TO_PUBLICATION: (*_OFFICE, (is_member_state,)),
    Permission.MANAGE_DOCUMENTS: (*_OFFICE, (is_counsellor,)),
    Permission.STAMP_DOCUMENT: (*_OFFICE, (is_clock,), (writes_for_group,), (is_owner,), (is_own_entity,)),
    Permission.KEEP_TEXT: (*_OFFICE, (is_clock,), (writes_for_group,), (is_owner,), (is_own_entity,)),
    Permission.TIDY_DOCUMENTS: (*_OFFICE, (is_clock,)),
    Permission.PROPOSE_ITEM: (*_OFFICE, (writes_for_group,), (is_member_there,)),
    Permission.EDIT_ITEM: (*_OFFICE, (is_clock,), (writes_for_group,), (is_owner,)),
    Permission.DECIDE_ITEM: (*_OFFICE, (is_counsellor,), (is_chair,)),
    Permission.SUPPORT_ITEM: (*_OFFICE, (is_member_there,)),
    Permission.IMPORT_ITEMS: _OFFICE,
    Permission.DECIDE_TEXT: (*_OFFICE, (is_counsellor,), (is_chair,)),
    Permission.PROVIDE_TEXT: (*_OFFICE, (writes_for_group,), (is_owner,)),
    Permission.JUDGE: (*_OFFICE, (is_chair,)),
    Permission.ANNOUNCE: (*_OFFICE, (is_clock,)),
    Permission.CLOSE_WINDOW: (*_OFFICE, (is_clock,)),
    Permission.HOLD_CLOSING: _OFFICE,
    Permission.COMMENT: (*_OFFICE, (is_member_there,)),
    Permission.DISPOSE_COMMENT: (*_OFFICE, (writes_for_group,), (is_owner,)),
    Permission.REPLY: (*_OFFICE, (is_member_state,)),
    Permission.TAKE_POSITION: (*_OFFICE, (is_counsellor,), (is_chair,), (is_member_there,)),
    Permission.SET_RULING: ((is_operator,), (is_secretariat, has_full_session)),
    Permission.POST_PAPER: (*_OFFICE, (is_clock,)),
    Permission.DRAFT_STATEMENT: (*_OFFICE, (writes_for_group,)),
    Permission.APPROVE_STATEMENT: (*_OFFICE, (is_leader,)),
    Permission.SEND_STATEMENT: (*_OFFICE, (is_counsellor,)),
    Permission.RECEIVE_STATEMENT: (*_OFFICE, (is_meeting_officer,)),
    Permission.ALLOT_STATEMENT: (*_OFFICE, (is_clock,), (is_meeting_officer,)),
    Permission.CONSIDER_STATEMENT: (*_OFFICE, (writes_for_group,)),
    Permission.CONFIRM_ARRIVAL: _OFFICE,
    Permission.RECEIVE_MAIL: (*_OFFICE, (is_clock,)),
    Permission.IMPORT_STATEMENTS: _OFFICE,
    Permission.MANAGE_BODIES: (*_OFFICE, (is_counsellor,)),
    Permission.REMIND_OF_STATEMENT: (*_OFFICE, (is_clock,)),
    Permission.KEEP_OWN: ((is_owner,),),
    Permission.MIND_WORKSPACES: (*_OFFICE, (is_clock,)),
    Permission.OPEN_LIST: (*_OFFICE, (is_counsellor,)),
    Permission.MANAGE_LIST: (*_OFFICE, (is_meeting_officer,)),
    Permission.JOIN_LIST: ((is_operator,), (is_owner,)),
    Permission.DISCUSS: (*_OFFICE, (writes_for_group,), (is_member_there,), (has_place_there,)),
    Permission.EDIT_MESSAGE: ((is_owner,),),
    Permission.MODERATE: (*_OFFICE, (is_meeting_officer,)),
    Permission.KEEP_TASKS: (*_OFFICE, (writes_for_group,), (is_owner,)),
    Permission.MANAGE_EVENT: (*_OFFICE, (is_counsellor,), (is_leader,)),
    Permission.JOIN_EVENT: ((is_operator,), (is_owner,)),
    Permission.ANNOUNCE_SERVICE: _OFFICE,
    Permission.ASK_TRANSLATION: (*_OFFICE, (is_owner,)),
    Permission.TRANSLATE: (*_OFFICE, (is_clock,)),
    Permission.FOLLOW: ((is_operator,), (is_owner,)),
    Permission.TELL: (*_OFFICE, (is_clock,)),
}

OWN = frozenset(
    {
        Permission.EDIT_OWN_ACCOUNT,
        Permission.FORGET_PERSON,
        Permission.KEEP_OWN,
        Permission.FOLLOW,
        Permission.EDIT_MESSAGE,
    }
)
"""What is a person's own: not held through other eyes, neither to change it nor to see it."""

PUBLIC = "public"
ASSOCIATE = "associate"
WRITE_SCOPE = "write"
READ_SCOPE = "read"
FILES_SCOPE = "files:read"


def may(actor: Actor, permission: Permission, scope: Scope = NOWHERE) -> bool:
    """Whether the actor holds the permission there. A token must carry the scope `write` besides."""
    if actor.scopes is not None and WRITE_SCOPE not in actor.scopes:
        return False
    return _holds(actor, permission, scope)


def may_read(actor: Actor, permission: Permission, scope: Scope = NOWHERE) -> bool:
    """Whether the actor holds a permission to see something there: for a token, `read` is enough."""
    if actor.scopes is not None and actor.scopes.isdisjoint((READ_SCOPE, WRITE_SCOPE)):
        return False
    return _holds(actor, permission, scope)


def _holds(actor: Actor, permission: Permission, scope: Scope) -> bool:
    if actor.is_viewed and permission in OWN:
        return False
    return any(all(holds(actor, scope) for holds in row) for row in PERMISSIONS[permission])


def require(actor: Actor, permission: Permission, scope: Scope = NOWHERE) -> None:
    """Raise NotAllowed unless the actor holds the permission there."""
    if may(actor, permission, scope):
        return
    raise NotAllowed(NOT_PERMITTED if actor.is_known else NOT_SIGNED_IN, permission=permission.value)


def audiences(actor: Actor) -> frozenset[str]:
    """The labels whose rows the actor may read. Source: domain 1.7, 8.3.

    `public`; `T` for every group of a Sector the actor is a member of (Member States, Sector Members,
    Academia); `T/SG13` for one group (Associates, guests); `org:ID`; `person:ID`; `secretariat`; `members` for
    whoever's entity is one: a guest reads the group's papers, not the directory.
    A token that neither reads nor writes data (`files:read`) has the first alone. Through other eyes the secretariat
    reads nothing that is for one person or one entity alone.
    """
    if actor.scopes is not None and actor.scopes.isdisjoint((READ_SCOPE, WRITE_SCOPE)):
        return frozenset({PUBLIC})
    labels = {PUBLIC}
    if actor.person_id is not None and not actor.is_viewed:
        labels.add(f"person:{actor.person_id}")
    if actor.organisation_id is not None and not actor.is_viewed:
        labels.add(f"org:{actor.organisation_id}")
    if actor.kind in (Kind.OPERATOR, Kind.CLOCK) or is_secretariat(actor, NOWHERE):
        labels |= {"secretariat", "members", "T", "R", "D"}
    labels |= actor.sectors | actor.groups
    if actor.sectors or (actor.groups and actor.category == ASSOCIATE):
        labels.add("members")
    return frozenset(labels)


def for_files(actor: Actor) -> Actor:
    """The actor at a door of files: WebDAV, manifest, bundle, the file of a document.

    There, and there alone, a token with `files:read` reads what its holder reads: file managers keep such a token
    for months, so it must open nothing else. It permits no act at any door.
    """
    if actor.scopes is None or FILES_SCOPE not in actor.scopes:
        return actor
    return replace(actor, scopes=actor.scopes | {READ_SCOPE})


def reads(actor: Actor, audience: str) -> bool:
    """Whether a row with that audience may be shown: the label itself, or that of a group above it, or its Sector's."""
    labels = audiences(actor)
    parts = audience.split("/")
    return any("/".join(parts[:n]) in labels for n in range(1, len(parts) + 1))
