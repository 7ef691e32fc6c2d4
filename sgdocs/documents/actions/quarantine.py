"""Files that wait for the virus scanner: let through, or refused for good."""

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal, refuse
from sgdocs.base.text import one_line
from sgdocs.documents import rules
from sgdocs.documents.actions import _rights
from sgdocs.documents.actions._filing import note
from sgdocs.documents.actions.revising import show
from sgdocs.documents.actions.standing import stand
from sgdocs.documents.models import Document, Version
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.policy import Permission, may, require


def release_quarantine(act: Act, version: Version) -> Document:
    """The files are clean: the version counts, from when it was received. A late contribution is held now."""
    document = _waiting(act, version)
    version.status = Status.POSTED
    if document.status == Status.QUARANTINE:
        is_held = bool(document.late) and document.kind == DocumentKind.CONTRIBUTION
        stand(act, document, Status.HELD if is_held else Status.POSTED)
    show(document, version)
    act.session.add_all((version, document))
    note(act, "documents.released", document, part=version.part, status=document.status)
    return document


def refuse_quarantine(act: Act, version: Version, reason: str) -> Document:
    """The scanner found something: the version is kept from everybody. A revision leaves the older version shown."""
    document = _waiting(act, version)
    reason = one_line(reason)[:500]
    version.status, version.note = Status.REFUSED, reason
    if document.status == Status.QUARANTINE:
        stand(act, document, Status.REFUSED)
    act.session.add_all((version, document))
    note(act, "documents.refused", document, part=version.part, reason=reason)
    return document


def _waiting(act: Act, version: Version) -> Document:
    document = act.session.get_one(Document, version.document_id)
    scope = _rights.scope_of(act.session, document)
    if not may(act.actor, Permission.TIDY_DOCUMENTS, scope):
        require(act.actor, Permission.MANAGE_DOCUMENTS, scope)
    locked = select(Version.status).where(Version.id == version.id).with_for_update()
    if act.session.exec(locked).one() != Status.QUARANTINE:
        facts = {"label": document.label, "status": version.status, "right": Status.QUARANTINE}
        refuse(Refusal(rules.STATE, facts))
    return document
