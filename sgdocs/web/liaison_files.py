"""Files that come with statements: scanned and read outside the lock, kept for the form by a receipt, then acted on once."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Request
from starlette.datastructures import UploadFile

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.documents import stamping
from sgdocs.documents.actions.texts import keep_brought
from sgdocs.documents.models import Document
from sgdocs.documents.schemas import Upload
from sgdocs.liaison import letter_docx, queries
from sgdocs.liaison.models import Statement
from sgdocs.liaison.schemas import ReceiveForm
from sgdocs.liaison.typed import NAME, written
from sgdocs.web import receipts, uploads
from sgdocs.web.deps import now_of, services_of, visitor_of
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_desk import in_writing
from sgdocs.web.preflighting import findings_of
from sgdocs.web.submitting import ReadFile
from sgdocs.web.uploads import Brought

Done = TypeVar("Done")


@dataclass
class Came:
    """The file of a form, if any could be taken, and what was found in it."""

    brought: Brought | None = None
    findings: Sequence[dict[str, Any]] = field(default_factory=list)

    def uploads(self) -> list[Upload]:
        return [self.brought.upload(self.findings)] if self.brought else []

    def shown(self, request: Request) -> ReadFile | None:
        """The file as the page shows it, with a receipt for its hidden field."""
        person_id = visitor_of(request).actor.person_id or 0
        return ReadFile.of(request, person_id, self.brought) if self.brought else None


def came(request: Request, act: Act, filled: Filled[Any], file: UploadFile | str | None) -> Came:
    """The new file, else that of the receipt, read and looked at. A refusal goes to its field of the form."""
    try:
        brought = _brought(request, filled, file)
    except Refused as refused:
        filled.refused(refused)
        return Came()
    return Came(brought, findings_of(act, services_of(request).settings, brought)) if brought else Came()


def _brought(request: Request, filled: Filled[Any], file: UploadFile | str | None) -> Brought | None:
    services = services_of(request)
    fresh = uploads.given(file)
    if fresh is not None:
        return uploads.take(services, fresh)
    words = filled.first("receipt")
    if not words:
        return None
    person_id, hours = visitor_of(request).actor.person_id, services.settings.receipt_hours
    receipt = receipts.read(services.settings.secret, words, person_id, now_of(request), hours=hours)
    return uploads.again(services, receipt)


def typed(request: Request, form: ReceiveForm) -> list[Upload]:
    """The file that is filed for a statement that came in without one, kept now; [] when the form says too little."""
    content = written(form)
    if content is None:
        return []
    blob = services_of(request).blobs.put(io.BytesIO(content))
    return [Upload(blob, NAME, letter_docx.MEDIA, format="docx")]


def filed(request: Request, do: Callable[[Act], Statement], *, brought: Brought | None = None) -> str:
    """Do it in a transaction of its own, keep the text of what was brought, then make the copies with numbers on their
    covers, outside of it. The name of the statement."""
    texts = brought.texts if brought else {}

    def act_on(act: Act) -> tuple[str, list[int]]:
        statement = do(act)
        act.session.flush()
        papers = documents_of(act, statement)
        for document in papers:
            keep_brought(act, document, texts)
        return statement.name, [document.id or 0 for document in papers]

    name, ids = in_writing(request, act_on)
    stamping.make(services_of(request), ids)
    return name


def documents_of(act: Act, statement: Statement) -> list[Document]:
    """As what the statement is filed, by its senders and by its addressees."""
    ids = [statement.document_id, *(each.document_id for each in queries.addressees_of(act.session, statement))]
    found = (act.session.get(Document, id) for id in dict.fromkeys(ids) if id)
    return [document for document in found if document is not None]
