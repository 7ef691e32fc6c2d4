"""A register of liaison statements for the demonstration, played in the order of its days. Loading again changes nothing."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA, geneva_day
from sgdocs.documents.schemas import Upload
from sgdocs.groups.queries import actor_for
from sgdocs.liaison import bodies, queries
from sgdocs.liaison.actions import approving, considering, delivering, drafting, forwarding, previewing, sending
from sgdocs.liaison.actions.receiving import receive
from sgdocs.liaison.actions.withdrawing import withdraw
from sgdocs.liaison.models import Addressee, Dispatch, Statement
from sgdocs.liaison.rules import Level
from sgdocs.liaison.schemas import AcknowledgeForm, DraftForm, ForwardForm, NoteForm, OwnerForm, ReceiveForm
from sgdocs.mail.models import Letter
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import by_email
from sgdocs.seed.bodies import people
from sgdocs.seed.cast import DOMAIN
from sgdocs.seed.liaison_tales import ACKNOWLEDGED, Q2S, SG13, SG15, TALES, WP5D, Tale, To
from sgdocs.storage.store import Blob, BlobStore
from sgdocs.text.formats import MEDIA

LEADERS = {SG15: "chair", SG13: "chair13", WP5D: "wp5d-chair"}
"""Who drafts and approves for a group; for the others it is the secretariat."""


def load(act: Act, blobs: BlobStore, meetings: Mapping[str, Meeting], *, site: str) -> int:
    """Play the tales when there is no statement yet; returns how many. meetings: by their key in the plan; site: address
    of the pages, for links in letters."""
    if act.session.exec(select(Statement.id)).first() is not None:
        return 0
    people(act)
    stage = _Stage(replace(act, site=site), blobs, meetings)
    for tale in sorted(TALES, key=lambda each: each.day):
        stage.play(tale)
    for key in ACKNOWLEDGED:
        stage.acknowledge(key)
    return len(TALES)


class _Stage:
    """Plays one tale after the other, each on its day."""

    def __init__(self, act: Act, blobs: BlobStore, meetings: Mapping[str, Meeting]) -> None:
        self.act, self.blobs, self.meetings = act, blobs, meetings
        self.today = geneva_day(act.now)
        self.known: dict[str, Statement] = {}
        self.days = {tale.key: tale.day for tale in TALES}

    def play(self, tale: Tale) -> None:
        is_ours = "/" in tale.source
        row = self.known[tale.key] = self._write(tale) if is_ours else self._receive(tale)
        if tale.then:
            DEEDS[tale.then](self._as(self._office(tale.to[0].name), tale.day + 2), row, self._first(row))

    def acknowledge(self, key: str) -> None:
        """As the holder of the link in the letter does, four days later."""
        row = self.known[key]
        sent = self.act.session.exec(
            select(Dispatch).where(Dispatch.statement_id == row.id, Dispatch.way == "letter").order_by(Dispatch.id)  # type: ignore[arg-type]
        ).first()
        letter = self.act.session.get(Letter, sent.letter_id) if sent is not None and sent.letter_id else None
        if letter is not None and letter.hidden:
            visitor = Act(self.act.session, Actor.anonymous(), self._at(self.days[key] + 4))
            delivering.acknowledge(visitor, letter.hidden, AcknowledgeForm(name="Liaison desk"))

    # Ours

    def _write(self, tale: Tale) -> Statement:
        """Drafted, agreed between meetings, approved by the chair, sent by the secretariat: as far as the tale says."""
        author = "rapporteur" if tale.questions == Q2S else LEADERS.get(tale.source, self._office(tale.source))
        own = self._as(author, tale.day - 4)
        row = drafting.draft(own, self._form(tale, own))
        if tale.until == "withdrawn":
            withdraw(self._as(author, tale.day), row, tale.body)
        if tale.until in ("draft", "withdrawn"):
            return row
        (sender,) = queries.senders_of(self.act.session, row)
        agreeing = self._office(tale.source) if tale.until == "agreed" else author
        approving.agree(self._as(agreeing, tale.day - 3), row, sender, Level.CHAIR)
        if tale.until == "agreed":
            return row
        if sender.approved_at is None:
            approving.approve(self._as(LEADERS.get(tale.source, self._office(tale.source)), tale.day - 2), row, sender)
        return self._send(tale, row) if tale.until == "sent" else row

    def _send(self, tale: Tale, row: Statement) -> Statement:
        office = self._as(self._office(tale.source), tale.day)
        shown = previewing.preview(office, row)
        return sending.send(office, row, row.version, self._put, accept=[each.id for each in shown.warnings])

    def _form(self, tale: Tale, own: Act) -> DraftForm:
        answered = self.known.get(tale.replies_to)
        author = by_email(self.act.session, f"{LEADERS.get(tale.source, self._office(tale.source))}@{DOMAIN}")
        contact = {"name": author.name, "organisation": "", "email": author.email or ""} if author else {}
        return DraftForm.model_validate(
            {
                "senders": [{"name": tale.source, "questions": list(tale.questions)}],
                "addressees": [self._to(each) for each in tale.to],
                "title": tale.title,
                "body": tale.body,
                "reply_to": [answered.name] if answered is not None else [],
                "contacts": [contact],
                "meeting": self.meetings[tale.meeting].code if tale.meeting in self.meetings else "",
            }
        )

    # Theirs

    def _receive(self, tale: Tale) -> Statement:
        body = bodies.by_slug(self.act.session, tale.source)
        answered = self.known.get(tale.replies_to)
        form = ReceiveForm.model_validate(
            {
                "senders": [{"name": body.name}],
                "addressees": [self._to(each) for each in tale.to],
                "title": tale.title,
                "number": tale.number,
                "dated_on": self.today + timedelta(days=tale.day - 1),
                "body": tale.body,
                "is_reply": answered is not None,
                "reply_to": [answered.label] if answered is not None else [],
                "contacts": [{"name": f"Liaison desk of {body.name}", "email": f"liaison.{body.slug}@{DOMAIN}"}],
            }
        )
        return receive(self._as("tsb", tale.day), form, [self._letter(tale, body.name)])

    def _letter(self, tale: Tale, source: str) -> Upload:
        """The statement as its sender wrote it."""
        from docx import Document as Paperwork  # late: only the first loading writes documents

        paper = Paperwork()
        paper.add_heading(f"{tale.number}  Liaison statement on {tale.title}", level=1)
        paper.add_paragraph(f"From: {source}")
        paper.add_paragraph(tale.body)
        out = io.BytesIO()
        paper.save(out)
        name = "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in tale.number)
        return Upload(self._put(out.getvalue()), f"{name}.docx", MEDIA["docx"], "docx", language="en")

    def _to(self, each: To) -> dict[str, object]:
        is_ours = "/" in each.name
        name = each.name if is_ours else bodies.by_slug(self.act.session, each.name).name
        due = self.today + timedelta(days=each.due) if each.due is not None else None
        return {"name": name, "purpose": each.purpose, "deadline": due, "questions": list(each.questions)}

    # Who, when

    def _office(self, place: str) -> str:
        return "br" if place.startswith("R/") else "tsb"

    def _at(self, day: int) -> datetime:
        return min(self.act.now, datetime.combine(self.today + timedelta(days=day), time(10), tzinfo=GENEVA))

    def _as(self, key: str, day: int) -> Act:
        person = by_email(self.act.session, f"{key}@{DOMAIN}")
        assert person is not None, "the cast was loaded before"
        at = self._at(day)
        return replace(self.act, actor=actor_for(self.act.session, person, at), now=at)

    def _put(self, data: bytes) -> Blob:
        return self.blobs.put(io.BytesIO(data))

    def _first(self, row: Statement) -> Addressee:
        return queries.addressees_of(self.act.session, row)[0]


# What the addressed group does


def _note(act: Act, row: Statement, to: Addressee) -> None:
    considering.note(act, row, to, NoteForm(note="To be looked at again when the text is mature"))


def _no_reply(act: Act, row: Statement, to: Addressee) -> None:
    considering.no_reply_needed(act, row, to, "It is for information, and the group has no view on it.")


def _assign(act: Act, row: Statement, to: Addressee) -> None:
    considering.assign(act, row, to, OwnerForm(person=f"chair13@{DOMAIN}"))


def _forward(act: Act, row: Statement, to: Addressee) -> None:
    form = {"to": [{"name": "T/SG5", "purpose": "information"}], "note": "The fibres are used outdoors as well."}
    forwarding.forward(act, row, to, ForwardForm.model_validate(form))


DEEDS: dict[str, Callable[[Act, Statement, Addressee], None]] = {
    "noted": _note,
    "no-reply": _no_reply,
    "assigned": _assign,
    "forwarded": _forward,
}
