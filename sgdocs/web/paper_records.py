"""One document as its pages show it: where an address leads, what belongs to it, what may be done with it and why not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refusal, missing
from sgdocs.documents import queries, rules, timing
from sgdocs.documents.bodies import occasion_of
from sgdocs.documents.models import Document, File, Version
from sgdocs.documents.outgoing import FileOut, RecordOut, RelativeOut, VersionOut
from sgdocs.documents.queries import Relative
from sgdocs.documents.rules import Admission, DocumentKind, Status
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Permission, Scope
from sgdocs.web import history as histories
from sgdocs.web import urls
from sgdocs.work_programme import queries as work_items
from sgdocs.work_programme.models import WorkItem

PART = re.compile(r"[RrAaCcPpNn]\d{1,3}", re.ASCII)
SHORT = "named"


@dataclass(frozen=True)
class Found:
    """What an address means. also: others that a short name may mean; short: that name."""

    document: Document
    short: str = ""
    also: Sequence[Document] = ()


def found(act: Act, request: Request, name: str, tail: str = "") -> Found | Response:
    """The document of that name, or the redirect to where it is. NotFound for what is not there, or not to be seen.

    Case and old spellings redirect; a short name leads to the present study period's and brings the others with it.
    """
    try:
        document = queries.by_name(act, name)
    except NotFound:
        return _otherwise(act, name, tail)
    if document.name != name:
        return _to(document, tail, request.url.query, 301)
    short = request.query_params.get(SHORT, "")[:60]
    return Found(document, short, _others(act, document, short) if short else ())


def _otherwise(act: Act, name: str, tail: str) -> Response:
    """A short, old or sloppy name."""
    named = queries.alike(act, name)
    if not named:
        missing("document", name[:100])
    several = len(named) > 1
    return _to(named[0], tail, f"{SHORT}={name}" if several else "", 302)


def _others(act: Act, document: Document, short: str) -> list[Document]:
    named = queries.alike(act, short)
    return [each for each in named if each.id != document.id] if document in named else []


def _to(document: Document, tail: str, query: str, status: int) -> Response:
    return RedirectResponse(urls.document(document.name) + tail + (f"?{query}" if query else ""), status)


@dataclass(frozen=True)
class Deed:
    """Something that may be done. why_not: the refusal that stands against it now."""

    label: str
    href: str
    why_not: Refusal | None = None


@dataclass(frozen=True)
class Held:
    """A version with its files; submitter: for members, else None."""

    version: Version
    files: Sequence[File]
    submitter: Person | None = None

    @property
    def slug(self) -> str:
        return self.version.part.lower() or "r0"


@dataclass
class Paper:
    """What the pages of one document show. pinned: the version of the address, "" for the newest; items: it belongs to."""

    document: Document
    group: Group
    meeting: Meeting | None
    questions: Sequence[Group]
    sources: Sequence[Organisation]
    versions: Sequence[Held]
    lineage: Sequence[Relative]
    deeds: Sequence[Deed]
    sees_drafts: bool
    sees_contacts: bool
    owner: Person | None = None
    found: Found | None = None
    pinned: Held | None = None
    is_deleted: bool = False
    lines: Sequence[histories.Line] = field(default_factory=list)
    items: Sequence[WorkItem] = field(default_factory=list)

    @property
    def title(self) -> str:
        return rules.shown_title(self.document.status, self.document.title)

    @property
    def shown(self) -> Held | None:
        """The pinned version, or the newest that is posted (for those who see drafts, the newest of all)."""
        posted = next((held for held in self.versions if held.version.part == self.document.part), None)
        return self.pinned or posted or (self.versions[-1] if self.versions else None)

    @property
    def address(self) -> str:
        return urls.document(self.document.name)

    @property
    def findings(self) -> Sequence[Mapping[str, Any]]:
        """Of the preflight; for those who sent it and the secretariat."""
        return self.shown.version.findings if self.shown and self.sees_drafts else ()

    @property
    def is_late(self) -> bool:
        return bool(self.document.late or any(held.version.late for held in self.versions))


def paper(act: Act, document: Document, *, found: Found | None = None, part: str | None = None) -> Paper:
    """Everything that belongs to the document and the actor may see. Costs about a dozen queries."""
    session = act.session
    sees_drafts = queries.sees_drafts(act, document)
    meeting, group = queries.meeting_of(session, document), queries.group_of(session, document)
    files = queries.files_of(act, document)
    versions = [v for v in queries.versions_of(session, document) if sees_drafts or v.status == Status.POSTED]
    members = "members" in policy.audiences(act.actor)
    people = queries.people_of(session, [document.owner_id, *(v.submitted_by for v in versions)]) if members else {}
    held = [
        Held(v, [file for file in files if file.version_id == v.id], people.get(v.submitted_by or 0)) for v in versions
    ]
    return Paper(
        document,
        group,
        meeting,
        queries.questions_of(session, document),
        queries.sources_of(session, document),
        held,
        queries.lineage_of(act, document),
        deeds(act, document, group, meeting),
        sees_drafts,
        members,
        owner=people.get(document.owner_id or 0),
        found=found,
        pinned=_pinned(held, part, document) if part is not None else None,
        is_deleted=document.deleted_at is not None,
        items=work_items.for_document(act, document),
    )


def _pinned(held: Sequence[Held], part: str, document: Document) -> Held:
    """`r0` is the original, `r2`, `a1`, `c1`."""
    wanted = "" if part.lower() == "r0" else part.upper()
    return next((each for each in held if each.version.part == wanted), None) or missing(
        "version", f"{document.name} {part}"
    )


def deeds(act: Act, document: Document, group: Group, meeting: Meeting | None) -> list[Deed]:
    """What the actor's roles allow, each with what stands against it now."""
    scope = Scope(group.path, document.owner_id, document.organisation_id)

    def may(permission: Permission) -> bool:
        return policy.may(act.actor, permission, scope)

    at, label, status = urls.document(document.name), document.label, document.status
    office = may(Permission.MANAGE_DOCUMENTS)
    alive = rules.why_not_in(status, [Status.POSTED, Status.HELD], label)
    over = timing.why_over(occasion_of(meeting), act.now) if meeting is not None and not office else None
    is_contribution = document.kind == DocumentKind.CONTRIBUTION
    sheets = [Deed(N_("Send a sheet to another group"), f"{at}/sheet", alive)] if is_contribution else []
    told: list[tuple[Permission, list[Deed]]] = [
        (
            Permission.REVISE_DOCUMENT,
            [
                *([Deed(N_("Upload the document"), f"{at}/upload", over)] if status == Status.RESERVED else []),
                Deed(N_("Submit a revision"), f"{at}/revise", alive or over),
                Deed(N_("Submit an addendum"), f"{at}/revise?part=A", alive or over),
                Deed(N_("Submit a corrigendum"), f"{at}/revise?part=C", alive or over),
                Deed(N_("Add a file in another language"), f"{at}/languages", alive or over),
            ],
        ),
        (
            Permission.WITHDRAW_DOCUMENT,
            [
                *([Deed(N_("Delete the draft"), f"{at}/delete")] if status in rules.NOT_POSTED else []),
                Deed(N_("Withdraw"), f"{at}/withdraw", alive),
            ],
        ),
        (Permission.REVISE_DOCUMENT, [Deed(N_("Relate to another document"), f"{at}/lineage")]),
        (Permission.REVISE_DOCUMENT, sheets),
        (Permission.SET_AUDIENCE, [Deed(N_("Change who may read it"), f"{at}/access")]),
    ]
    found = [deed for permission, some in told if may(permission) for deed in some]
    if may(Permission.ADMIT_LATE) and document.late:
        found.append(
            Deed(N_("Admit the late contribution"), f"{at}/admit", rules.why_not_in(status, [Status.HELD], label))
        )
    if may(Permission.DIRECT_DOCUMENTS) and document.admission == Admission.ADMITTED:
        found.append(Deed(N_("Record the decision of the meeting"), f"{at}/admission"))
    return found


def out(act: Act, it: Paper, root: str) -> RecordOut:
    """As the API gives it."""
    document = it.document
    versions = [
        VersionOut.of(
            held.version,
            [FileOut.of(file, root, document.name) for file in held.files],
            with_findings=it.sees_drafts,
        )
        for held in it.versions
    ]
    told: dict[str, Any] = {}
    if document.status == Status.WITHDRAWN and not it.sees_drafts:
        told = {"titles": {}, "abstract": "", "keywords": "", "purpose": ""}
        versions = [each.model_copy(update={"title": it.title, "note": ""}) for each in versions]
    return RecordOut.of(
        document,
        root,
        **told,
        title=it.title,
        sources=[each.name for each in it.sources],
        questions=[each.label for each in it.questions],
        meeting=it.meeting.code if it.meeting else "",
        group=it.group.path,
        versions=versions,
        lineage=[RelativeOut(kind=r.kind, other=r.other.name, is_of=r.is_of, note=r.note) for r in it.lineage],
    )
