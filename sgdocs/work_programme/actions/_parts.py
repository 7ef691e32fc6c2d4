"""Rows that stand beside an item: its editors, its supporters, its base texts. The verbs permit and record."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import col, delete, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document, File, Version
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import organisation_named
from sgdocs.work_programme.actions._places import document_named, person_named
from sgdocs.work_programme.models import ItemBase, ItemEditor, Supporter, WorkItem
from sgdocs.work_programme.schemas import EditorForm, SupportForm


def add_editors(act: Act, item: WorkItem, forms: Sequence[EditorForm]) -> None:
    """In the place of those before, in the order given. Whoever has an e-mail that we know is that person."""
    act.session.exec(delete(ItemEditor).where(col(ItemEditor.work_item_id) == item.id))
    given = [form for form in forms if form.name or form.person or form.email]
    for position, form in enumerate(given):
        person = person_named(act, form.person or form.email)
        row = ItemEditor(
            work_item_id=item.id or 0,
            position=position,
            person_id=person.id if person else None,
            name=person.name if person else form.name or form.person,
            entity=form.entity,
            email="" if person else form.email,
            role=form.role.value,
        )
        act.session.add(row)
    act.session.flush()


def copy_editors(act: Act, item: WorkItem, to: WorkItem) -> None:
    """The editors of one item become those of another."""
    for row in act.session.exec(select(ItemEditor).where(ItemEditor.work_item_id == item.id)).all():
        act.session.add(ItemEditor(**row.model_dump(exclude={"id", "work_item_id"}), work_item_id=to.id or 0))
    act.session.flush()


def countries_of(act: Act, forms: Sequence[SupportForm]) -> Iterator[tuple[str, str]]:
    """(name, country) of those that support: an organisation's own, else the country given."""
    seen: set[str] = set()
    for form in forms:
        entity = organisation_named(act.session, form.name)
        name = entity.name if entity else form.name
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name, entity.country if entity else form.country


def add_supporters(act: Act, item: WorkItem, forms: Sequence[SupportForm]) -> None:
    """New ones; the actor confirms its own entity by naming it."""
    for form in forms:
        if form.name:
            supporter(act, item, form)


def supporter(act: Act, item: WorkItem, form: SupportForm) -> Supporter:
    """The row of an entity that supports, made when it is not there; confirmed when the actor speaks for it."""
    entity = organisation_named(act.session, form.name)
    name = entity.name if entity else form.name
    held = select(Supporter).where(
        Supporter.work_item_id == item.id, Supporter.support == form.support.value, Supporter.name == name
    )
    row = act.session.exec(held).first() or Supporter(
        work_item_id=item.id or 0, support=form.support.value, name=name, country=form.country
    )
    if entity is not None:
        row.organisation_id, row.country = entity.id, entity.country
        if entity.id == act.actor.organisation_id and row.confirmed_by is None:
            row.confirmed_by, row.confirmed_at = act.actor.person_id, act.now
    act.session.add(row)
    act.session.flush()
    return row


def add_base(act: Act, item: WorkItem, words: str) -> ItemBase | None:
    """The base text that a form names: a document that the actor may read, or the words as they are."""
    if not words:
        return None
    document = document_named(act, words)
    if document is None:
        return point(act, item, None, "", note=words)
    return point(act, item, document, documents.current_part(act.session, document))


def point(
    act: Act,
    item: WorkItem,
    document: Document | None,
    part: str,
    *,
    meeting: Meeting | None = None,
    note: str = "",
    on: date | None = None,
) -> ItemBase:
    """Move the pointer of the base text and keep the row."""
    digest = original_of(act, document, part) if document else ""
    row = ItemBase(
        work_item_id=item.id or 0,
        document_id=document.id if document else None,
        part=part,
        sha256=digest,
        note=note,
        happened_on=on or geneva_day(act.now),
        meeting_id=meeting.id if meeting else None,
        set_by=act.actor.person_id,
        set_at=act.now,
    )
    item.base_document_id, item.base_part, item.base_sha256 = row.document_id, part, digest
    item.changed_at = act.now
    act.session.add(row)
    act.session.add(item)
    act.session.flush()
    return row


def original_of(act: Act, document: Document, part: str) -> str:
    """SHA-256 of the original file of a version, "" where there is none: of several the first in its own language."""
    found = (
        select(File.sha256)
        .join(Version, col(Version.id) == File.version_id)
        .where(Version.document_id == document.id, Version.part == part)
        .order_by((col(File.language) == document.language).desc(), col(File.position))
    )
    return act.session.exec(found).first() or ""
