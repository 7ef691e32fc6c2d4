"""From a filled form and its file to an act on documents: read outside the lock, act in one short transaction, stamp."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.documents import stamping
from sgdocs.documents.actions.texts import keep_brought
from sgdocs.documents.checked import errors
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Limits
from sgdocs.documents.schemas import ReservationForm, Upload
from sgdocs.web import receipts, uploads, urls
from sgdocs.web.deps import now_of, services_of, visitor_of
from sgdocs.web.fields import right_of
from sgdocs.web.forms import Filled
from sgdocs.web.paper_form import PaperForm, told_by
from sgdocs.web.preflighting import findings_of
from sgdocs.web.render import NOTICE_COOKIE, language_of, see, wants_fragment
from sgdocs.web.submitting import Place
from sgdocs.web.uploads import Brought

Form = TypeVar("Form", bound=BaseModel)


@dataclass
class Taken:
    """What came with a form: the file, if any could be taken, and what was found in it."""

    brought: Brought | None = None
    findings: Sequence[dict[str, Any]] = field(default_factory=list)

    @property
    def errors(self) -> tuple[str, ...]:
        return errors(self.findings)

    def uploads(self, *, language: str = "") -> list[Upload]:
        return [self.brought.upload(self.findings, language=language)] if self.brought else []


def take(
    request: Request,
    act: Act,
    place: Place,
    filled: Filled[PaperForm],
    *,
    file: UploadFile | str | None,
    from_cover: bool = False,
) -> Taken:
    """The new file, else that of the receipt, read and checked. A refusal goes to its field of the form.

    from_cover: what the form leaves empty is taken from the cover, as the form will show it.
    """
    settings = services_of(request).settings
    try:
        brought = _brought(request, filled, file)
    except uploads.Unusable as refused:
        filled.refused(refused)
        return Taken(None, findings_of(act, settings, refused.brought, place))
    except Refused as refused:
        filled.refused(refused)
        return Taken()
    if brought is None:
        return Taken()
    asked = _asked(filled, told_by(brought.reading.cover) if from_cover else {}, place)
    return Taken(brought, findings_of(act, settings, brought, place, asked))


def _asked(filled: Filled[PaperForm], told: Mapping[str, str], place: Place) -> ReservationForm | None:
    """The form as far as it can be read, for the checks alone."""
    words = {"kind": place.kind, "stream": place.stream, **told}
    words |= {name: filled.first(name) for name in PaperForm.model_fields if filled.first(name)}
    try:
        form = PaperForm.model_validate({name: word for name, word in words.items() if word})
        return form.submission() if form.title else form.reservation()
    except ValidationError:
        return None


def _brought(request: Request, filled: Filled[PaperForm], file: UploadFile | str | None) -> Brought | None:
    services = services_of(request)
    fresh = uploads.given(file)
    if fresh is not None:
        return uploads.take(services, fresh)
    words = filled.first("receipt")
    if not words:
        return None
    person_id, hours = visitor_of(request).actor.person_id, services.settings.receipt_hours
    return uploads.again(
        services, receipts.read(services.settings.secret, words, person_id, now_of(request), hours=hours)
    )


def shaped(request: Request, filled: Filled[PaperForm], make: Callable[[], Form]) -> Form | None:
    """What the action takes, or None with the errors at the fields of the form."""
    try:
        return make()
    except ValidationError as error:
        spoken = language_of(request)
        for each in error.errors():
            name = str(each["loc"][0]) if each["loc"] else ""
            filled.errors["" if name not in PaperForm.model_fields else name] = right_of(each, spoken)
        return None


def limits_of(request: Request) -> Limits:
    return Limits.of(services_of(request).settings)


def perform(request: Request, do: Callable[[Act], Document], *, brought: Brought | None = None) -> Document:
    """One act in a transaction of its own, with the text of what was brought; then the copies with the number on
    their covers, outside of it.
    """
    services = services_of(request)
    texts = brought.texts if brought else {}
    with services.database.writing() as session:
        act = Act(session, visitor_of(request).actor, now_of(request), site=services.settings.public_url)
        document = do(act)
        session.flush()
        keep_brought(act, document, texts)
        session.flush()
        session.refresh(document)
        session.expunge(document)
    stamping.make(services, [document.id or 0])
    return document


def arrived(request: Request, document: Document, notice: str) -> Response:
    """Go and read the document; htmx is told to load its page."""
    address = urls.document(document.name)
    response = see(address, notice=notice)
    if not wants_fragment(request):
        return response
    told = Response(status_code=204, headers={"HX-Redirect": address})
    for name, value in response.headers.items():
        if name == "set-cookie" and value.startswith(NOTICE_COOKIE):
            told.headers.append(name, value)
    return told
