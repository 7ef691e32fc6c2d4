"""Say to which Questions a document goes, when a later subject has decided it (the chair allots a liaison statement)."""

from collections.abc import Sequence

from sgdocs.base.act import Act
from sgdocs.documents.actions import _filing
from sgdocs.documents.actions.pointing import point
from sgdocs.documents.models import Document
from sgdocs.documents.queries import scope_of
from sgdocs.groups.models import Group
from sgdocs.policy import Permission, require

ALLOTTED = "allotted"


def address(act: Act, document: Document, questions: Sequence[Group]) -> bool:
    """Give the document to these Questions, or to the group itself, in place of those on its cover; whether that changed.

    Its allotment to the agenda follows. Source: domain 7.1 (the chair allocates Questions).
    """
    require(act.actor, Permission.ALLOT, scope_of(act.session, document))
    _filing.set_questions(act, document, questions)
    return point(act, document, ALLOTTED, [(each.label, each.id or 0) for each in questions])
