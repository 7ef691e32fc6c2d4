"""What a statement is about: work items, Recommendations, Questions, the meeting where it was prepared."""

from collections.abc import Iterable, Iterator

from sqlalchemy import delete
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NotFound, invalid
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.liaison.models import Statement, StatementLink
from sgdocs.liaison.schemas import AboutForm
from sgdocs.meetings import queries as meetings
from sgdocs.recommendations import queries as recommendations
from sgdocs.recommendations.models import Family
from sgdocs.work_programme import queries as items
from sgdocs.work_programme.models import WorkItem


def link(act: Act, statement: Statement, form: AboutForm) -> list[StatementLink]:
    """Write what the form names in place of what was linked; the meeting besides as that of the statement.

    Invalid: something that is not there, or not for the actor to see.
    """
    rows = list(_rows(act, statement, form))
    act.session.execute(delete(StatementLink).where(col(StatementLink.statement_id) == statement.id))
    act.session.add_all(rows)
    statement.meeting_id = next((row.meeting_id for row in rows if row.meeting_id), None)
    act.session.add(statement)
    act.session.flush()
    return rows


def _rows(act: Act, statement: Statement, form: AboutForm) -> Iterator[StatementLink]:
    of = statement.id or 0
    for item in _unique(_item(act, words) for words in form.work_items):
        yield StatementLink(statement_id=of, kind="work-item", work_item_id=item)
    for family in _unique(_family(act, words) for words in form.recommendations):
        yield StatementLink(statement_id=of, kind="recommendation", family_id=family)
    for question in _unique(_question(act, words) for words in form.questions):
        yield StatementLink(statement_id=of, kind="question", group_id=question)
    if form.meeting:
        found = meetings.find(act, form.meeting) or invalid("meeting", form.meeting, "Give the code of a meeting.")
        yield StatementLink(statement_id=of, kind="meeting", meeting_id=found.id)


def _unique(ids: Iterable[int | None]) -> list[int]:
    return [each for each in dict.fromkeys(ids) if each]


def _item(act: Act, words: str) -> int | None:
    found: WorkItem = items.find(act, words) or invalid("work_items", words, "Give a work item, such as Y.slice.")
    return found.id


def _family(act: Act, words: str) -> int | None:
    try:
        found: Family = recommendations.named(act, words)
    except NotFound:
        invalid("recommendations", words, "Give a Recommendation, such as G.709.")
    return found.id


def _question(act: Act, words: str) -> int | None:
    on = geneva_day(act.now)
    by_code: Group | None = next(iter(groups.resolve(act.session, words, on)), None)
    found: Group = groups.find(act.session, words) or by_code or invalid("questions", words, "Such as Q2/13.")
    return found.id
