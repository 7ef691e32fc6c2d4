"""A file in the form of a message: it becomes a document of the meeting in view, and the message brings it along."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import Request
from starlette.datastructures import UploadFile

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_PERMITTED, Closed, Invalid, Refused, refuse
from sgdocs.discussions import rules
from sgdocs.discussions.models import Message
from sgdocs.discussions.subjects import About
from sgdocs.documents import actions as documents
from sgdocs.documents.bodies import occasion_of
from sgdocs.documents.models import Document
from sgdocs.documents.rules import SHOWN, DocumentKind
from sgdocs.documents.timing import is_over
from sgdocs.i18n import Language
from sgdocs.liaison.filing import next_meeting
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.web import paper_words
from sgdocs.web.deps import now_of, services_of, visitor_of
from sgdocs.web.forms import Filled
from sgdocs.web.limits import uploads_held
from sgdocs.web.paper_form import PaperForm, told_by
from sgdocs.web.render import language_of
from sgdocs.web.submitting import Place, ReadFile, new_in
from sgdocs.web.taking import Taken, limits_of, perform, shaped, take
from sgdocs.web.uploads import given

FIELDS: Final[Mapping[str, str]] = {
    "title": "paper_title",
    "questions": "paper_questions",
    "sources": "paper_sources",
    "td_reason": "paper_td_reason",
    "receipt": "paper_receipt",
}
"""Fields of a document as the form of a message calls them; kind and series are one, `paper_way`: `contribution:`."""
WAY: Final = "paper_way"


@dataclass
class Bringing:
    """What the form offers. place: None where this reader may bring nothing, and why: who may, in the reader's language.

    read: the file that came already; findings: of its checks."""

    spoken: Language
    place: Place | None = None
    why: str = ""
    read: ReadFile | None = None
    findings: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """Kind and series: `temporary-document:WP1`, its words."""
        found = []
        for way in self.place.ways if self.place else ():
            word = self.spoken.say(paper_words.kind(way.kind))
            found += [(f"{way.kind.value}:{each}", f"{word}, {each}" if each else word) for each in way.streams]
        return found

    @property
    def td_reasons(self) -> list[tuple[str, str]]:
        if not any(way.kind is DocumentKind.TEMPORARY for way in (self.place.ways if self.place else ())):
            return []
        return [(value, self.spoken.say(word)) for value, word in paper_words.TD_REASONS.items()]


@dataclass(frozen=True)
class Paper:
    """A file that was read and checked, on its way to a number."""

    code: str
    form: PaperForm
    taken: Taken


def bringing(request: Request, act: Act, subject: About, *, way: str = "") -> Bringing:
    """Where a file would go from here: the meeting that is talked about while it takes documents, else the group's next one."""
    spoken = language_of(request)
    kind, _, stream = way.partition(":")
    meeting = _meeting(act, subject)
    if meeting is None:
        return Bringing(spoken, why=spoken.refusal(Closed(rules.NO_MEETING)))
    try:
        return Bringing(spoken, new_in(act, meeting.code, kind=kind, stream=stream))
    except Refused as refused:
        is_plain = refused.rule is NOT_PERMITTED
        told = Invalid(rules.WHO_BRINGS, code=meeting.code) if is_plain else refused
        return Bringing(spoken, why=spoken.refusal(told))


def _meeting(act: Act, subject: About) -> Meeting | None:
    if subject.meeting is not None and not is_over(occasion_of(subject.meeting), act.now):
        return subject.meeting
    found = next_meeting(act.session, subject.group, geneva_day(act.now)) if subject.group is not None else None
    return meetings.find(act, found.code) if found is not None else None


def paper_of(
    request: Request, act: Act, subject: About, filled: Filled[Any], file: UploadFile | str | None
) -> tuple[Bringing | None, Paper | None]:
    """The file of the form, read and checked outside of any lock; what stands against it is put to its field."""
    if given(file) is None and not filled.first("paper_receipt"):
        return (bringing(request, act, subject) if filled.first(WAY) or filled.first("attach") else None), None
    offer = bringing(request, act, subject, way=filled.first(WAY))
    if offer.place is None:
        filled.errors["file"] = offer.why
        return offer, None
    try:
        with uploads_held(request):
            return offer, _read(request, act, subject, offer, filled, file=file)
    except Refused as refused:
        filled.errors["file"] = offer.spoken.refusal(refused)
        return offer, None


def _read(
    request: Request, act: Act, subject: About, offer: Bringing, filled: Filled[Any], *, file: UploadFile | str | None
) -> Paper | None:
    place = offer.place
    assert place is not None
    assert place.meeting is not None
    words = {name: filled.first(ours) for name, ours in FIELDS.items()} | {"kind": place.kind, "stream": place.stream}
    if not words["questions"] and subject.group is not None and subject.group.kind == "question":
        words["questions"] = subject.group.path
    paper: Filled[PaperForm] = Filled({name: [word] for name, word in words.items() if word}, request=request)
    taken = take(request, act, place, paper, file=file, from_cover=True)
    if taken.brought is not None:
        offer.read = ReadFile.of(request, act.actor.person_id or 0, taken.brought)
        told = told_by(taken.brought.reading.cover)
        words = {**told, **{name: word for name, word in words.items() if word}}
        filled.raw = {**filled.raw, **{ours: [words[name]] for name, ours in FIELDS.items() if words.get(name)}}
        shaped(request, paper, lambda: PaperForm.model_validate(words).submission())
    offer.findings = [each for each in taken.findings if each["severity"] == "error"]
    for name, says in paper.errors.items():
        filled.errors.setdefault(_field(name), says)
    if taken.brought is None or paper.errors:
        return None
    return Paper(place.meeting.code, PaperForm.model_validate(words), taken)


def _field(name: str) -> str:
    """The field of the message's form for one of the document's; what has none is said of the file."""
    if name in ("kind", "stream"):
        return WAY
    return FIELDS.get(name, "file") if name != "receipt" else "file"


def spoken(request: Request, write: Callable[[Act, tuple[str, ...]], Message], paper: Paper | None) -> tuple[int, int]:
    """Thread and number of what was said, with its document, in one transaction: both or neither.

    write: says it, with the names of the documents that came along.
    """
    said: list[tuple[int, int]] = []

    def say(act: Act, *names: str) -> None:
        row = write(act, names)
        said.append((row.thread_id, row.number))

    def both(act: Act) -> Document:
        assert paper is not None
        document = _submitted(request, act, paper)
        say(act, document.name)
        return document

    if paper is not None:
        perform(request, both, brought=paper.taken.brought)
        return said[0]
    services = services_of(request)
    with services.database.writing() as session:
        say(Act(session, visitor_of(request).actor, now_of(request), site=services.settings.public_url))
    return said[0]


def _submitted(request: Request, act: Act, paper: Paper) -> Document:
    try:
        asked = paper.form.submission()
        meeting = meetings.by_code(act, paper.code)
        document = documents.submit(act, meeting, asked, paper.taken.uploads(), limits=limits_of(request))
        refuse(rules.why_not_along(document.status in SHOWN), Closed)
    except Refused as refused:
        refused.field = _field(refused.field or "")
        raise
    return document
