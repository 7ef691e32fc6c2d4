"""Texts and papers of an item: the base text, documents that belong to it, the IPR question. Source: domain 3.1."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.meetings.models import Meeting
from sgdocs.work_programme import rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._parts import point
from sgdocs.work_programme.actions._places import require_begun
from sgdocs.work_programme.models import ItemBase, ItemPaper, WorkItem
from sgdocs.work_programme.rules import PaperRole


def set_base(
    act: Act,
    item: WorkItem,
    document: Document | None,
    part: str | None = None,
    meeting: Meeting | None = None,
    *,
    note: str = "",
    on: date | None = None,
) -> ItemBase:
    """The text that is worked on from now on. part: of the version, None for the newest; without a document, words in
    `note`. The pointer binds the original of that version by its digest. Conflict: it is that already.
    """
    _writing.permit(act, item)
    _writing.require_standing(item)
    if document is None and not note:
        raise Invalid(rules.ON_WHAT, field="document")
    named = _part(act, document, part) if document else ""
    is_same = document is not None and (item.base_document_id, item.base_part) == (document.id, named)
    row = point(act, item, document, named, meeting=meeting, note=note, on=on) if not is_same else None
    if row is None:
        raise Conflict(rules.SAME, name=document.label if document else note)
    words = {"document": document.name, "part": named, "sha256": row.sha256} if document else {"words": note}
    code = meeting.code if meeting else ""
    _writing.note(act, "work.base-set", item, document=document, meeting=code, base=words)
    return row


def _part(act: Act, document: Document, part: str | None) -> str:
    """The version as it is spelt; NotFound when there is none."""
    if part is None:
        return documents.current_part(act.session, document)
    return documents.version(act, document, part).part if part else ""


def attach(
    act: Act,
    item: WorkItem,
    document: Document,
    role: PaperRole = PaperRole.CONTRIBUTION,
    about: str = "",
    *,
    because: str = "",
) -> ItemPaper:
    """The document belongs to the item; twice is once. because: the sign that says so, "" when a person does.

    What a person took out comes back by a person alone. about: the reference that a justification (A.5) is about.
    """
    _writing.permit(act, item)
    by_hand = not because
    row = _paper(act, item, document, role, about)
    is_new = row is None
    if row is None:
        new = ItemPaper(
            work_item_id=item.id or 0, document_id=document.id or 0, role=role.value, about=about, added_at=act.now
        )
        new.because = because
        row = _insert(act, item, document, new)
    elif row.removed_at is not None and by_hand:
        row.removed_at, is_new = None, True
    elif row.removed_at is not None or (row.by_hand or not by_hand):
        return row
    row.by_hand = by_hand
    _writing.keep(act, item)
    if is_new:
        told = {"document": document.name, "role": role.value, "about": about, "because": because}
        _writing.note(act, "work.paper-added", item, document=document, paper=told)
    return row


def _paper(act: Act, item: WorkItem, document: Document, role: str, about: str) -> ItemPaper | None:
    held = select(ItemPaper).where(
        ItemPaper.work_item_id == item.id,
        ItemPaper.document_id == document.id,
        ItemPaper.role == role,
        ItemPaper.about == about,
    )
    return act.session.exec(held).first()


def _insert(act: Act, item: WorkItem, document: Document, new: ItemPaper) -> ItemPaper:
    """The row, also when somebody else writes it at the same moment."""
    try:
        with act.session.begin_nested():
            act.session.add(new)
            act.session.flush()
            return new
    except IntegrityError:
        return _paper(act, item, document, new.role, new.about) or new


def detach(act: Act, item: WorkItem, document: Document, role: PaperRole, about: str = "") -> None:
    """The document does not belong there. The row stays, so that no sign brings it again."""
    _writing.permit(act, item)
    row = _paper(act, item, document, role, about)
    if row is None or row.removed_at is not None:
        raise Conflict(rules.ATTACHED, label=document.label, name=item.acronym)
    row.removed_at, row.by_hand = act.now, True
    act.session.add(row)
    _writing.keep(act, item)
    told = {"document": document.name, "role": role.value, "about": about}
    _writing.note(act, "work.paper-removed", item, document=document, paper=told)


def ask_ipr(act: Act, item: WorkItem, meeting: Meeting, note: str = "") -> WorkItem:
    """It is minuted that the meeting was asked for patents that bear on the text. Source: N14, domain 6.2."""
    _writing.permit(act, item)
    _writing.require_standing(item)
    require_begun(act, meeting)
    item.ipr_asked_meeting_id, item.ipr_note = meeting.id, note
    _writing.keep(act, item)
    _writing.note(act, "work.ipr-asked", item, meeting=meeting.code, answer=note)
    return item
