"""What tests put on the secretariat's desk: meetings, forms and uploads. Nothing is stored: a file is its digest."""

from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from sgdocs.base.act import Act
from sgdocs.documents import actions
from sgdocs.documents.models import Document
from sgdocs.documents.schemas import ReservationForm, RevisionForm, SubmissionForm, Upload
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.people.models import Person
from sgdocs.storage.store import Blob
from tests.make import Make

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LAST_SECOND = datetime(2026, 4, 1, 21, 59, 59, tzinfo=UTC)
"""The end of 1 April 2026 in Geneva, twelve days before a meeting that opens on the 13th."""
_numbers = count(1)


def meeting(make: Make, code: str = "T25-SG13-260413", *, group: str = "T/SG13", **facts: Any) -> Meeting:
    """A study group meeting of 13 to 24 April 2026, unless said otherwise."""
    facts.setdefault("kind", "study-group")
    facts.setdefault("starts_on", date(2026, 4, 13))
    facts.setdefault("ends_on", date(2026, 4, 24))
    facts.setdefault("status", "announced")
    owner = make.group(group)
    row = Meeting(
        code=code,
        sector=group[0],
        group_id=owner.id or 0,
        period_id=make.period(code[:3]).id,
        title=code,
        created_at=make.act.now,
        changed_at=make.act.now,
        **facts,
    )
    return make.add(row)  # type: ignore[no-any-return]


def next_meeting(make: Make, **facts: Any) -> Meeting:
    return meeting(make, "T25-SG13-261109", starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 20), **facts)


def rgm(make: Make, code: str = "T25-SG13-Q2-260309", **facts: Any) -> Meeting:
    """A rapporteur group meeting of Q2/13 of 9 to 11 March 2026."""
    facts.setdefault("starts_on", date(2026, 3, 9))
    facts.setdefault("ends_on", date(2026, 3, 11))
    return meeting(make, code, group="T/SG13/T25/Q2", kind="rapporteur-group", **facts)


def radio(make: Make, code: str = "R23-WP5D-260413", **facts: Any) -> Meeting:
    return meeting(make, code, group="R/WP5D", kind="working-party", **facts)


def assembly(make: Make, code: str = "T25-WTSA-260413") -> Meeting:
    make.group("T/WTSA", kind="committee")
    return meeting(make, code, group="T/WTSA", kind="assembly")


def register(make: Make, at: Meeting, person: Person, status: str = "approved") -> Registration:
    row = Registration(meeting_id=at.id or 0, person_id=person.id or 0, status=status, asked_at=make.act.now)
    return make.add(row)  # type: ignore[no-any-return]


def upload(words: str = "", *, name: str = "draft.docx", **facts: Any) -> Upload:
    """A Word file of its own, or with the content that the words stand for."""
    content = (words or f"file {next(_numbers)}").encode()
    facts.setdefault("format", "docx")
    return Upload(Blob(sha256(content).hexdigest(), len(content)), name, WORD, **facts)


def form(title: str = "A proposal", **facts: Any) -> SubmissionForm:
    return SubmissionForm.model_validate({"title": title} | facts)


def reservation(**facts: Any) -> ReservationForm:
    return ReservationForm.model_validate(facts)


def revision(**facts: Any) -> RevisionForm:
    return RevisionForm.model_validate(facts)


def submitted(act: Act, meeting: Meeting, *uploads: Upload, **facts: Any) -> Document:
    """A document that somebody submitted."""
    return actions.submit(act, meeting, form(**facts), uploads or (upload(),))


def at(act: Act, now: datetime) -> Act:
    """The same actor in the same transaction, at another moment."""
    return Act(act.session, act.actor, now)
