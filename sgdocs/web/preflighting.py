"""The checks of a file that is brought to a place, with what its form says: plain objects for pages, API and record."""

from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.settings import Settings
from sgdocs.documents import queries
from sgdocs.documents.checked import finding
from sgdocs.documents.preflight import check, facts_of
from sgdocs.documents.rules import DocumentKind, Limits
from sgdocs.documents.schemas import ReservationForm
from sgdocs.web.submitting import Place
from sgdocs.web.uploads import MEGABYTE_BYTES, Brought


def findings_of(
    act: Act, settings: Settings, brought: Brought, place: Place | None = None, form: ReservationForm | None = None
) -> list[dict[str, Any]]:
    """Findings with the keys of `documents.checked.KEYS`, errors first. place, form: None leaves out their checks."""
    is_version = place is not None and bool(place.part)
    meeting = place.meeting if place else None
    facts = facts_of(
        act,
        brought.reading,
        _of_version(act, place, form) if place and is_version else form if meeting else None,
        meeting,
        name=brought.given_name,
        size_bytes=brought.blob.size_bytes,
        sha256=brought.blob.sha256,
        document=place.document if place else None,
        is_revision=is_version,
        limits=Limits.of(settings),
        limit_bytes=settings.file_limit_mb * MEGABYTE_BYTES,
    )
    return [finding(each) for each in check(facts)]


def _of_version(act: Act, place: Place, form: ReservationForm | None) -> ReservationForm | None:
    """The form of a further version with what it leaves as it was."""
    document = place.document
    if document is None:
        return form
    title = form.title if form and form.title else document.title
    questions = list(form.questions) if form else []
    return ReservationForm(
        kind=DocumentKind(document.kind),
        stream=document.stream,
        title=title,
        questions=questions or [each.path for each in queries.questions_of(act.session, document)],
        sources=[str(each.id) for each in queries.sources_of(act.session, document)] or [document.source[:200]],
        language=document.language,
    )
