"""What a later subject found out about a document, so that its allotment knows. Source: domain 5.2 M-1."""

from collections.abc import Iterable

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.actions._filing import note
from sgdocs.documents.models import Document, DocumentPointer
from sgdocs.documents.queries import scope_of
from sgdocs.policy import Permission, require


def point(act: Act, document: Document, kind: str, found: Iterable[tuple[str, int]]) -> bool:
    """Say by which words the document goes with which groups, in place of what was said before; whether that changed.

    kind: `work-item`, `answers`; found: (words, group id) pairs.
    """
    require(act.actor, Permission.ALLOT, scope_of(act.session, document))
    rows = select(DocumentPointer).where(DocumentPointer.document_id == document.id, DocumentPointer.kind == kind)
    held = {row.words: row for row in act.session.exec(rows.order_by(col(DocumentPointer.words)))}
    wanted = dict(found)
    if {words: row.group_id for words, row in held.items()} == wanted:
        return False
    for words, row in held.items():
        if words not in wanted:
            act.session.delete(row)
    for words, group_id in wanted.items():
        row = held.get(words) or DocumentPointer(
            document_id=document.id or 0, kind=kind, words=words, group_id=group_id
        )
        row.group_id = group_id
        act.session.add(row)
    act.session.flush()
    note(act, "documents.pointed", document, kind=kind, words=", ".join(sorted(wanted)))
    return True
