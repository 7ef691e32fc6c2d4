"""Hits as they are shown: each loaded again from the database, since an index lags behind it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from sgdocs.groups.models import Appointment, Group
from sgdocs.people.models import Organisation, Person
from sgdocs.recommendations.models import Family, Text
from sgdocs.search import records
from sgdocs.search.document_loading import papers_of, shown_document
from sgdocs.search.document_records import CLAUSE, DOCUMENT
from sgdocs.search.engine import Extract, Hit, Member
from sgdocs.search.event_records import EVENT, events_of, shown_event
from sgdocs.search.guide_records import GUIDE, shown_guide
from sgdocs.search.liaison_loading import liaison_of, shown_liaison, shown_statement_of, with_statements
from sgdocs.search.liaison_records import ADDRESSEE, BODY, STATEMENT
from sgdocs.search.shown import Other, Shown, plain, split
from sgdocs.search.talk_loading import hit_messages, is_message, messages_of, shown_message
from sgdocs.search.work_loading import items_of, shown_item
from sgdocs.search.work_records import WORK_ITEM

MOST_OTHERS = 20
Thing = TypeVar("Thing", Group, Person, Organisation)


def load(session: Session, hits: Sequence[Hit], audiences: Collection[str], on: date) -> list[Shown]:
    """The hits that are still there and that these audiences may read, in their order. on: today. Costs up to sixteen queries."""
    ids = _ids(hits)
    texts = _texts(session, ids.get(records.TEXT, set()), audiences)
    groups = {row.id: row for row in _rows(session, Group, ids.get(records.GROUP))}
    people = _people(session, ids.get(records.PERSON, set()), audiences, on)
    bodies = {row.id: row for row in _rows(session, Organisation, ids.get(records.ORGANISATION))}
    papers = papers_of(session, hits, audiences)
    items = items_of(session, ids.get(WORK_ITEM, set()), audiences)
    liaison = liaison_of(session, with_statements(hits, ids), audiences)
    events = events_of(session, ids.get(EVENT, set()), audiences)
    messages = messages_of(session, hit_messages(ids), audiences)
    found: list[Shown | None] = []
    for hit in hits:
        what, id = split(hit.key)
        if what == records.TEXT:
            found.append(_shown_text(hit, texts))
        elif what == records.GROUP and id in groups:
            group = groups[id]
            found.append(_shown(hit, what, group.path, sector=group.sector, group=group.code))
        elif what == records.PERSON and id in people:
            found.append(_shown(hit, what, people[id].slug))
        elif what == records.ORGANISATION and id in bodies:
            found.append(_shown(hit, what, bodies[id].slug))
        elif what == WORK_ITEM:
            found.append(shown_item(hit, items))
        elif what in (STATEMENT, ADDRESSEE, BODY):
            found.append(shown_liaison(hit, liaison, papers))
        elif what == EVENT:
            found.append(shown_event(hit, events))
        elif what == GUIDE:
            found.append(shown_guide(hit))
        elif is_message(what):
            found.append(shown_message(hit, messages))
        elif what in (DOCUMENT, CLAUSE):
            found.append(shown_statement_of(hit, liaison, papers) or shown_document(hit, papers))
    return [each for each in found if each is not None]


def _shown(hit: Hit, what: str, address: str, *, sector: str = "", group: str = "") -> Shown:
    return Shown(
        hit.key, what, hit.kind, hit.identifier, address, hit.title, hit.extracts, sector=sector, group=group,
        score=hit.score,
    )  # fmt: skip


def _shown_text(hit: Hit, texts: dict[int, Row[Any]]) -> Shown | None:
    """The best member that may still be read; a family of which none may is no hit."""
    members = [hit.key, *(member.key for member in hit.others[:MOST_OTHERS])]
    readable = [texts[id] for key in members if (id := split(key)[1]) in texts]
    if not readable:
        return None
    text = readable[0]
    is_best = hit.key == f"{records.TEXT}:{text.id}"
    return Shown(
        key=f"{records.TEXT}:{text.id}",
        what=records.TEXT,
        kind=text.kind,
        identifier=text.identifier,
        address=text.address,
        title=hit.title if is_best and hit.title else _title(text),
        extracts=hit.extracts if is_best else (),
        number=text.number,
        family_address=text.family_address,
        sector=text.sector,
        group=text.study_group or text.family_group,
        status=text.status,
        approved=text.approved,
        others=tuple(Other(o.identifier, o.address, o.status, o.approved) for o in readable[1:]),
        score=hit.score,
    )


def _title(text: Row[Any]) -> Extract | None:
    """A corrigendum without title shows its family's."""
    title = text.title or text.family_title
    return plain(title) if title else None


def _texts(session: Session, ids: Collection[int], audiences: Collection[str]) -> dict[int, Row[Any]]:
    """Columns instead of rows: a page of hits may name hundreds of texts."""
    if not ids:
        return {}
    found = session.execute(
        sql_select(
            *(col(c) for c in (Text.id, Text.kind, Text.identifier, Text.address, Text.title, Text.study_group)),
            *(col(c) for c in (Text.status, Text.approved, Family.number, Family.sector)),
            col(Family.address).label("family_address"),
            col(Family.study_group).label("family_group"),
            col(Family.title).label("family_title"),
        )
        .join_from(Text, Family, col(Family.id) == Text.family_id)
        .where(col(Text.id).in_(ids), col(Text.audience).in_(audiences))
    )
    return {row.id: row for row in found}


def _people(session: Session, ids: set[int], audiences: Collection[str], on: date) -> dict[int | None, Person]:
    """People who are still here; to those who are no members, officers only. Source: domain 8.3."""
    if "members" not in audiences and ids:
        ids = set(session.exec(records.offices(on).where(col(Appointment.person_id).in_(ids))))
    return {row.id: row for row in _rows(session, Person, ids) if row.left_at is None}


def _rows(session: Session, model: type[Thing], ids: set[int] | None) -> list[Thing]:
    return list(session.exec(select(model).where(model.id.in_(ids)))) if ids else []  # type: ignore[union-attr]


def _ids(hits: Sequence[Hit]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = {}
    for hit in hits:
        shown: Sequence[Hit | Member] = (hit, *hit.others[:MOST_OTHERS])
        for each in shown:
            what, id = split(each.key)
            ids.setdefault(what, set()).add(id)
    return ids
