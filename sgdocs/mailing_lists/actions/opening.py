"""Open a list for a group, end it, carry the members over to the next period. Source: domain 8.2."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, missing
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Continuation, Group, StudyPeriod
from sgdocs.groups.rights import audience_of
from sgdocs.journal.record import record
from sgdocs.mailing_lists import rules
from sgdocs.mailing_lists.models import ListMember, MailingList
from sgdocs.mailing_lists.queries import scope_of
from sgdocs.mailing_lists.rules import ListKind
from sgdocs.policy import Permission, Scope, require


def open_list(act: Act, group: Group, kind: ListKind = ListKind.GROUP, *, carries: bool = False) -> MailingList:
    """The list of the group in its own period, or in today's. Conflict when there is one.

    carries: the lists of the period before end, and their members come along.
    """
    require(act.actor, Permission.OPEN_LIST, Scope(group.path))
    period = act.session.get(StudyPeriod, group.period_id) if group.period_id else None
    period = period or groups.period_on(act.session, group.sector, geneva_day(act.now))
    codes = tuple(each.code for each in _line(act, group))
    local = rules.local_part(period.code if period else group.sector, codes, kind)
    if act.session.exec(select(MailingList.id).where(MailingList.local == local)).first():
        raise Conflict(rules.EXISTS, address=local)
    row = MailingList(
        local=local,
        kind=kind,
        group_id=group.id or 0,
        period_id=period.id if period else None,
        audience=audience_of(act.session, group),
        opened_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    record(act, "lists.opened", row, group_id=row.group_id, audience=row.audience, address=local)
    for older in predecessors_of(act, row) if carries else []:
        carry_over(act, older, row)
    return row


def _line(act: Act, group: Group) -> list[Group]:
    """The study group or working party of ITU-R, and the group itself: `SG15`, `Q2`."""
    line, above = [group], group.parent_id
    while above is not None and group.sector == "T":
        parent = act.session.get(Group, above) or missing("group", above)
        line.insert(0, parent)
        above = parent.parent_id
    return line


def carry_over(act: Act, older: MailingList, newer: MailingList) -> int:
    """End the older list in favour of the newer; its members come along. Returns how many came. Source: domain 8.2."""
    require(act.actor, Permission.OPEN_LIST, scope_of(act.session, newer))
    known = set(act.session.exec(select(ListMember.person_id).where(ListMember.list_id == newer.id)))
    rows = act.session.exec(select(ListMember).where(ListMember.list_id == older.id)).all()
    new = [each for each in rows if each.person_id not in known]
    for each in new:
        act.session.add(ListMember(list_id=newer.id or 0, person_id=each.person_id, how="carried", since=act.now))
    close_list(act, older, successor=newer)
    return len(new)


def close_list(act: Act, row: MailingList, *, successor: MailingList | None = None) -> None:
    """The list takes no more messages; its archive stays."""
    require(act.actor, Permission.OPEN_LIST, scope_of(act.session, row))
    row.closed_at, row.successor_id = act.now, successor.id if successor else None
    record(
        act, "lists.closed", row, group_id=row.group_id, audience=row.audience, address=row.local,
        successor=successor.local if successor else "",
    )  # fmt: skip


def predecessors_of(act: Act, row: MailingList) -> list[MailingList]:
    """Lists of the same group, or of the Questions it goes on with, that are still open in an earlier period."""
    before = act.session.exec(select(Continuation.continues_id).where(Continuation.question_id == row.group_id)).all()
    found = select(MailingList).where(
        col(MailingList.group_id).in_([row.group_id, *before]),
        MailingList.kind == row.kind,
        col(MailingList.closed_at).is_(None),
        MailingList.id != row.id,
    )
    return list(act.session.exec(found.order_by(col(MailingList.id))))
