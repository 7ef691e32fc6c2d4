"""What the form of a document shows: where the file goes, what was read, what was found, what will happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed
from sgdocs.documents import queries
from sgdocs.documents.actions.issuing import Way, require_ways
from sgdocs.documents.checked import errors
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind
from sgdocs.i18n import N_, Language
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope, require
from sgdocs.web import paper_words, receipts, urls
from sgdocs.web.deadlines_told import Standing, standing
from sgdocs.web.deps import now_of, services_of
from sgdocs.web.forms import Filled
from sgdocs.web.paper_form import LABELS, LANGUAGES, PaperForm, Row, compared, told_by
from sgdocs.web.render import language_of
from sgdocs.web.uploads import Brought


@dataclass(frozen=True)
class Place:
    """Where a file goes: a meeting, a number reserved there (document), or a further version of a document (part).

    ways: the kinds that may be brought; word: the place as a hidden field tells it.
    """

    meeting: Meeting | None
    document: Document | None = None
    part: str = ""
    ways: Sequence[Way] = ()
    kind: str = ""
    stream: str = ""

    @property
    def word(self) -> str:
        return f"doc:{self.document.name}" if self.document else f"meeting:{self.meeting.code if self.meeting else ''}"

    @property
    def action(self) -> str:
        if self.document is None:
            assert self.meeting is not None
            kind = "contributions" if self.kind == DocumentKind.CONTRIBUTION else "documents"
            return f"{urls.meeting(self.meeting.code)}/{kind}"
        return urls.document(self.document.name, "revise" if self.part else "upload")


def new_in(act: Act, code: str, *, kind: str = "", stream: str = "") -> Place:
    """A new document of a meeting. Closed when it is over, NotAllowed for whoever may bring nothing, NotFound for none."""
    meeting = meetings.by_code(act, code)
    ways = require_ways(act, meeting)
    if not ways:
        _refuse(act, Permission.SUBMIT_CONTRIBUTION)
    chosen = kind if kind in {way.kind for way in ways} else ways[0].kind.value
    return Place(meeting, ways=ways, kind=chosen, stream=stream)


def _refuse(act: Act, permission: Permission) -> None:
    raise NotAllowed(NOT_PERMITTED if act.actor.is_known else NOT_SIGNED_IN, permission=permission.value)


def of_document(act: Act, name: str, part: str = "") -> Place:
    """The file of a reserved number (part ""), or a further version (`R`, `A`, `C`). NotAllowed, or NotFound."""
    document = queries.by_name(act, name)
    require(act.actor, Permission.REVISE_DOCUMENT, queries.scope_of(act.session, document))
    meeting = queries.meeting_of(act.session, document)
    return Place(meeting, document, part, kind=document.kind, stream=document.stream)


def place_of(act: Act, word: str, *, part: str = "", kind: str = "", stream: str = "") -> Place:
    """The place that a hidden field tells; asked again what the actor may."""
    sort, _, name = word.partition(":")
    if sort == "doc":
        return of_document(act, name, part if part in paper_words.PARTS else "")
    return new_in(act, name, kind=kind, stream=stream)


@dataclass(frozen=True)
class ReadFile:
    """A file that was read, as the page shows it. receipt: signed words for its hidden field; problem: why no text."""

    receipt: str
    name: str
    kilobytes: int
    clauses: int
    problem: str
    is_scanned: bool

    @classmethod
    def of(cls, request: Request, person_id: int, brought: Brought) -> "ReadFile":
        secret = services_of(request).settings.secret
        words = receipts.write(secret, brought.blob, brought.given_name, person_id, now_of(request))
        reading = brought.reading
        why = next((each.says for each in reading.problems), "") if not reading.units else ""
        size = -(-brought.blob.size_bytes // 1000)
        return cls(words, brought.given_name, size, len(reading.units), why, brought.is_scanned)


@dataclass
class Submitting:
    """The page. findings: as plain objects; rows: what was read beside what was typed."""

    place: Place
    spoken: Language
    most_mb: int
    may_overrule: bool = False
    standing: Standing | None = None
    audiences: Sequence[tuple[str, str]] = ()
    read: ReadFile | None = None
    rows: Sequence[Row] = ()
    findings: Sequence[Mapping[str, Any]] = field(default_factory=list)

    needs_file = True

    @property
    def document(self) -> Document | None:
        return self.place.document

    @property
    def part(self) -> str:
        return self.place.part

    @property
    def action(self) -> str:
        return self.place.action

    @property
    def title(self) -> str:
        say = self.spoken.say
        if self.part:
            heads = {"R": N_("Submit a revision"), "A": N_("Submit an addendum"), "C": N_("Submit a corrigendum")}
            return say(heads[self.part])
        if self.document is not None:
            return say(N_("Upload the document"))
        return say(N_("Submit a document"))

    @property
    def kicker(self) -> str:
        meeting = self.place.meeting
        return f"{meeting.title}, {meeting.code}" if meeting else ""

    @property
    def button(self) -> str:
        return self.spoken.say(N_("Submit"))

    @property
    def back(self) -> str:
        if self.document is not None:
            return urls.document(self.document.name)
        return f"{urls.meeting(self.place.meeting.code)}/documents" if self.place.meeting else "/doc"

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        say, meeting, document = self.spoken.say, self.place.meeting, self.document
        steps = [(say(N_("Documents")), "/doc")]
        if meeting is not None:
            steps = [(say(N_("Meetings")), "/meeting"), (meeting.code, urls.meeting(meeting.code))]
        return [*steps, (document.label, urls.document(document.name))] if document else steps

    @property
    def reserve(self) -> str:
        """Where a number alone is reserved."""
        meeting = self.place.meeting
        return f"{urls.meeting(meeting.code)}/reservations" if meeting and self.document is None else ""

    @property
    def hidden(self) -> list[tuple[str, str]]:
        told = [("place", self.place.word)]
        if self.part:
            told.append(("part", self.part))
        if self.document is None and len(self.place.ways) == 1:
            told.append(("kind", self.place.kind))
        return told

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(way.kind.value, self.spoken.say(paper_words.kind(way.kind))) for way in self.place.ways]

    @property
    def streams(self) -> list[tuple[str, str]]:
        """Series of the chosen kind; without script every series there is, since the kind may still be changed."""
        if self.document is not None:
            return []
        found = dict.fromkeys(s for way in self.place.ways for s in way.streams if s)
        return [("", "–"), *((stream, stream) for stream in found)] if found else []

    @property
    def purposes(self) -> list[tuple[str, str]]:
        return [(value, self.spoken.say(word)) for value, word in paper_words.PURPOSES.items()]

    @property
    def languages(self) -> list[tuple[str, str]]:
        return [(code, self.spoken.say(word)) for code, word in LANGUAGES.items()]

    @property
    def td_reasons(self) -> list[tuple[str, str]]:
        if self.part or not any(way.kind is DocumentKind.TEMPORARY for way in self.place.ways):
            return []
        return [(value, self.spoken.say(word)) for value, word in paper_words.TD_REASONS.items()]

    @property
    def will_happen(self) -> list[str]:
        return _will_happen(self)

    @property
    def errors(self) -> tuple[str, ...]:
        return errors(self.findings)

    @property
    def warnings(self) -> list[Mapping[str, Any]]:
        return [each for each in self.findings if each["severity"] == "warning"]

    @property
    def differs(self) -> bool:
        return any(row.standing == "differs" for row in self.rows)


def _will_happen(it: Submitting) -> list[str]:
    say = it.spoken.say
    if it.part:
        first = N_("The file is kept as a further version under the same number; earlier ones stay.")
    elif it.document is not None:
        first = N_("The document gets the number that was reserved.")
    else:
        first = N_("The document gets the next number, which is never given again.")
    told = [first, N_("A copy of the Word file gets number, meeting and class on its cover; your file stays as it is.")]
    is_held = it.standing is not None and it.standing.is_held
    told.append(
        N_("It is held, not posted, because it is late.")
        if is_held and not it.part
        else N_("It is posted for its readers at once.")
    )
    if it.errors:
        told.append(N_("An error is open: the document is not taken until it is settled."))
    return [say(each) for each in told]


def submitting(request: Request, act: Act, place: Place) -> Submitting:
    """The page before a file came."""
    scope = _scope(act, place)
    may_class = policy.may(act.actor, Permission.SET_AUDIENCE, scope) and not place.part
    spoken = language_of(request)
    return Submitting(
        place,
        spoken,
        services_of(request).settings.file_limit_mb,
        may_overrule=policy.may(act.actor, Permission.MANAGE_DOCUMENTS, scope),
        standing=standing(act, place.meeting, place.kind, is_revision=bool(place.part)),
        audiences=_audiences(spoken, place) if may_class else (),
    )


def _scope(act: Act, place: Place) -> Scope:
    if place.document is not None:
        return queries.scope_of(act.session, place.document)
    assert place.meeting is not None
    return meetings.scope_of(act.session, place.meeting)


def _audiences(spoken: Language, place: Place) -> list[tuple[str, str]]:
    sector = place.meeting.sector if place.meeting else place.document.sector if place.document else "T"
    return [
        ("public", spoken.say(N_("Everybody"))),
        (sector, spoken.say(N_("All members of the Sector"))),
        ("secretariat", spoken.say(N_("The secretariat alone"))),
    ]


def with_file(
    it: Submitting, filled: Filled[PaperForm], brought: Brought, read: ReadFile, *, use_file: bool = False
) -> None:
    """Fill the form from the cover: what is empty, or all that the cover tells (use_file)."""
    told = told_by(brought.reading.cover)
    typed = {name: filled.first(name) for name in PaperForm.model_fields}
    if filled.first("receipt") == "" and typed["language"] == "en":
        typed["language"] = ""  # the form's own default, nobody's word
    it.read = read
    it.rows = [row for row in compared(brought.reading.cover, typed) if not it.part or row.field in _OF_VERSION]
    if use_file:
        it.rows = compared(brought.reading.cover, dict.fromkeys(LABELS, ""))
    raw = {name: list(words) for name, words in filled.raw.items()}
    for name, words in told.items():
        if use_file or not typed.get(name):
            raw[name] = [words]
    filled.raw = raw
    shown = {name: filled.first(name) for name in PaperForm.model_fields}
    it.rows = [Row(r.field, r.label, r.in_file, _now(shown, r), r.standing) for r in it.rows]


_OF_VERSION = ("title", "questions", "abstract", "keywords", "contact", "contact2")


def _now(shown: Mapping[str, str], row: Row) -> str:
    if row.field in ("contact", "contact2"):
        return row.in_form or row.in_file
    return shown.get(row.field, "")
