"""What is asked of mailing lists: one by its address, its members, its threads."""

from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.groups.models import Group
from sgdocs.groups.queries import actor_for, audiences
from sgdocs.mailing_lists.models import ListMember, ListMessage, MailingList
from sgdocs.mailing_lists.rows import ListRow, MemberRow, ThreadRow
from sgdocs.mailing_lists.rules import MessageState
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Permission, Scope


def visible(act: Act) -> ColumnElement[bool]:
    """The lists whose archive the actor may read: those of groups whose papers it reads. Source: domain 8.2."""
    return col(MailingList.audience).in_(audiences(act))


def by_local(act: Act, local: str) -> MailingList:
    """The list of that address (its part before the @, whatever the case), or NotFound."""
    wanted = select(MailingList).where(MailingList.local == local.lower()[:100], visible(act))
    return act.session.exec(wanted).first() or missing("mailing list", local)


def listing(act: Act) -> list[ListRow]:
    """The open lists that the actor may read, by group."""
    found = select(MailingList, Group).join(Group, col(Group.id) == col(MailingList.group_id))
    found = found.where(visible(act), col(MailingList.closed_at).is_(None))
    own = _own(act)
    rows = act.session.exec(found.order_by(col(Group.sort_key), col(MailingList.local))).all()
    ids = [row.id for row, _ in rows]
    members = _members(act.session, ids)
    posts = _posts(act.session, ids)
    return [
        ListRow(row, group, members.get(row.id, 0), *posts.get(row.id, (0, None)), is_mine=row.id in own)
        for row, group in rows
    ]


def _own(act: Act) -> set[int]:
    mine = select(ListMember.list_id).where(ListMember.person_id == act.actor.person_id)
    return set(act.session.exec(mine)) if act.actor.person_id is not None else set()


def _members(session: Session, ids: list[int | None]) -> dict[int | None, int]:
    counted = select(ListMember.list_id, func.count()).where(col(ListMember.list_id).in_(ids))
    return dict(session.exec(counted.group_by(col(ListMember.list_id))).all())


def _posts(session: Session, ids: list[int | None]) -> dict[int | None, tuple[int, datetime | None]]:
    told = select(ListMessage.list_id, func.count(), func.max(ListMessage.at)).where(
        col(ListMessage.list_id).in_(ids), ListMessage.state == MessageState.POSTED
    )
    return {id: (n, at) for id, n, at in session.exec(told.group_by(col(ListMessage.list_id)))}


def scope_of(session: Session, row: MailingList) -> Scope:
    """Where acts on the list happen: at its group."""
    group = session.get(Group, row.group_id) or missing("group", row.group_id)
    return Scope(group.path)


def is_member(session: Session, row: MailingList, person_id: int | None) -> bool:
    return person_id is not None and session.get(ListMember, (row.id, person_id)) is not None


def reads(act: Act, row: MailingList, person: Person) -> bool:
    """Whether the person may read the archive now. Costs up to three queries."""
    return row.audience in audiences(Act(act.session, actor_for(act.session, person, act.now), act.now))


def may_see_members(act: Act, row: MailingList) -> bool:
    """Rapporteurs and other officers of the group, and the secretariat. Source: domain 8.2."""
    return policy.may_read(act.actor, Permission.MANAGE_LIST, scope_of(act.session, row))


def members_of(session: Session, row: MailingList) -> list[MemberRow]:
    found = (
        select(Person, Organisation, ListMember)
        .join(ListMember, col(ListMember.person_id) == col(Person.id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(ListMember.list_id == row.id)
        .order_by(col(Person.sort_name), col(Person.id))
    )
    return [MemberRow(*each) for each in session.exec(found)]


def threads(act: Act, row: MailingList, *, q: str = "", number: int = 1, size: int = 50) -> Page[ThreadRow]:
    """Threads of the archive, the liveliest first. q: words that stand in subject, text or the sender's name of any
    message of the thread; all must stand in one message."""
    posted = [col(ListMessage.list_id) == row.id, col(ListMessage.state) == MessageState.POSTED]
    newest = func.max(ListMessage.number)
    grouped = select(ListMessage.thread, func.count(), newest).where(*posted).group_by(col(ListMessage.thread))
    if q.strip():
        matching = select(ListMessage.thread).where(*posted, *(_holds(word) for word in q.split()[:10]))
        grouped = grouped.where(col(ListMessage.thread).in_(matching))
    total = act.session.exec(select(func.count()).select_from(grouped.subquery())).one()
    page = act.session.exec(grouped.order_by(newest.desc()).limit(size).offset((number - 1) * size)).all()
    wanted = {n for thread, _, last in page for n in (thread, last)}
    rows = select(ListMessage).where(*posted, col(ListMessage.number).in_(wanted))
    known = {each.number: each for each in act.session.exec(rows)}
    found = [
        ThreadRow(known.get(thread, known[last]), count, known[last].at, known[last].from_name)
        for thread, count, last in page
    ]
    return Page(found, total, number, size)


def _holds(word: str) -> ColumnElement[bool]:
    like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    columns = (ListMessage.subject, ListMessage.text, ListMessage.from_name)
    return or_(*(col(each).ilike(like, escape="\\") for each in columns))


def message(act: Act, row: MailingList, number: int) -> ListMessage:
    """A message by its number; one that is held or refused is for officers and its sender alone."""
    found = act.session.exec(
        select(ListMessage).where(ListMessage.list_id == row.id, ListMessage.number == number)
    ).first()
    if found is None or (found.state != MessageState.POSTED and not _sees_held(act, row, found)):
        missing("message", f"{row.local} {number}")
    return found


def _sees_held(act: Act, row: MailingList, found: ListMessage) -> bool:
    return may_see_members(act, row) or (act.actor.person_id is not None and found.person_id == act.actor.person_id)


def thread_of(act: Act, row: MailingList, thread: int) -> list[ListMessage]:
    """The messages of a thread in the order in which they came, at most 2,000."""
    found = select(ListMessage).where(
        ListMessage.list_id == row.id, ListMessage.thread == thread, ListMessage.state == MessageState.POSTED
    )
    return list(act.session.exec(found.order_by(col(ListMessage.number)).limit(2000)))


def held(act: Act, row: MailingList) -> list[ListMessage]:
    """What waits for an officer; [] for others."""
    if not may_see_members(act, row):
        return []
    found = select(ListMessage).where(ListMessage.list_id == row.id, ListMessage.state == MessageState.HELD)
    return list(act.session.exec(found.order_by(col(ListMessage.number))))


def of_address(session: Session, local: str) -> MailingList | None:
    """For mail that comes in: the list of that address, whoever asks."""
    return session.exec(select(MailingList).where(MailingList.local == local.lower()[:100])).first()
