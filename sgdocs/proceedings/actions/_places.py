"""Where something is recorded: permission, group, item, document; the next number of a list."""

from sqlalchemy import func
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, Refusal, refuse
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document, File, Version
from sgdocs.groups.models import Group
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import groups_of
from sgdocs.policy import Permission, Scope, require
from sgdocs.proceedings import rules
from sgdocs.proceedings.models import ActionItem, Decision


def permit(act: Act, meeting: Meeting, group: Group) -> None:
    """Whoever leads the group, or the secretariat; and the group sits there."""
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(group.path))
    if group.id not in {each.id for each in groups_of(act.session, meeting)}:
        raise Conflict(rules.NOT_A_GROUP, label=group.label)


def next_number(act: Act, table: type[Decision] | type[ActionItem], meeting: Meeting, group: Group) -> int:
    """The number after the highest, withdrawn ones counted. Writers of one meeting queue on its row."""
    act.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    highest = select(func.max(table.number)).where(table.meeting_id == meeting.id, table.group_id == group.id)
    return (act.session.execute(highest).scalar() or 0) + 1


def item_id(act: Act, meeting: Meeting, id: int | None) -> int | None:
    """The id itself when it is of an item of the meeting."""
    if id is None:
        return None
    item = act.session.get(AgendaItem, id)
    if item is None or item.meeting_id != meeting.id:
        raise Invalid(rules.NOT_AN_ITEM, field="item")
    return item.id


def named(act: Act, name: str) -> Document | None:
    """The document of a form's field, which the actor must be able to read."""
    return documents.by_name(act, name) if name else None


def original_of(act: Act, document: Document, part: str | None = None) -> tuple[str, str]:
    """Part and SHA-256 of the original file of a version (None: the current one); "" where there is no file.

    Decisions bind what was uploaded, not the stamped copy. Of several files the first in the language of the document.
    """
    wanted = documents.current_part(act.session, document) if part is None else part
    found = act.session.exec(
        select(File)
        .join(Version, col(Version.id) == File.version_id)
        .where(Version.document_id == document.id, Version.part == wanted)
        .order_by((col(File.language) == document.language).desc(), col(File.position))
    ).first()
    if found is None and part:
        refuse(Refusal(rules.NO_VERSION, {"label": document.label, "part": part}, field="part"), Invalid)
    return wanted, found.sha256 if found else ""
