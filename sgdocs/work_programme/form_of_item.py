"""What the form of an item says today: the record as the words of A.1 or A.13. Source: WI-1, WI-2."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible
from sgdocs.policy import audiences
from sgdocs.work_programme import queries
from sgdocs.work_programme.form_words import PRINTED, EditorWords, FormWords, sheet_for
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ItemKind


def words_of(act: Act, item: WorkItem) -> FormWords:
    """The form as far as the actor may read what it names: e-mail addresses for those who see the members' alone.

    Costs six queries.
    """
    question = queries.question_of(act.session, item)
    meeting = _meeting(act, item)
    return FormWords(
        sheet=sheet_for(item.kind),
        question=_printed(question) if question else "",
        what=PRINTED[ItemKind(item.kind)],
        place_date=_when(meeting) if meeting else "",
        name=item.acronym,
        title=item.title,
        base_text=_base(act, item),
        timing=item.timing,
        editors=_editors(act, item),
        process=item.process,
        scope=item.scope,
        summary=item.summary,
        relations=item.relations,
        liaisons=tuple(item.liaison_to),
        supporters=tuple(r.name for r in queries.supporters_of(act.session, item) if r.supporter.support == "work"),
    )


def _printed(question: Group) -> str:
    """`2/13` of Q2/13."""
    return question.label.removeprefix("Q")


def _editors(act: Act, item: WorkItem) -> tuple[EditorWords, ...]:
    """Addresses are for members, as everywhere. Source: domain 8.3."""
    shows = "members" in audiences(act.actor)
    return tuple(
        EditorWords(row.name, row.entity, _email(row) if shows else "")
        for row in queries.editors_of(act.session, item)
        if row.editor.role != "contact"
    )


def _email(row: queries.EditorRow) -> str:
    return row.editor.email or (row.person.email if row.person and row.person.email else "")


def _base(act: Act, item: WorkItem) -> str:
    """Number of the base text, or the words in its place; "" when the actor may not read it."""
    document = queries.base_of(act, item)
    if document is not None:
        return document.label
    newest = next(iter(queries.bases_of(act, item)), None)
    return newest.base.note if newest and newest.base.document_id is None else ""


def _meeting(act: Act, item: WorkItem) -> Meeting | None:
    found = select(Meeting).where(col(Meeting.id) == item.registered_meeting_id, visible(act))
    return act.session.exec(found).first() if item.registered_meeting_id else None


def _when(meeting: Meeting) -> str:
    """`Geneva, 2-13 March 2026` as forms print it, days in figures."""
    days = f"{meeting.starts_on:%d %b %Y} - {meeting.ends_on:%d %b %Y}"
    return f"{meeting.place}, {days}" if meeting.place else days
