"""The template for a document of a meeting, filled with what is known already. Source: domain 4.5 to 4.7."""

from babel import Locale

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import bodies
from sgdocs.documents.bodies import Body
from sgdocs.documents.preflight.facts import question_code, study_group_of
from sgdocs.documents.rules import DocumentKind
from sgdocs.documents.stamping import CLASSES, days, place_and_days
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.text.blank import Blank, blank_docx
from sgdocs.text.model import Contact

ENGLISH = Locale("en")
OPEN = 987654321
"""A number that no series reaches: it is printed as `n`."""
TD_HEADINGS = ("Introduction", "Discussion", "Conclusions")
KINDS = (DocumentKind.CONTRIBUTION, DocumentKind.TEMPORARY, DocumentKind.RGM)


def template_for(act: Act, meeting: Meeting, kind: DocumentKind | None = None, stream: str = "") -> tuple[str, bytes]:
    """The name and content of the template for a kind (the usual one of the meeting) in a series.

    Invalid: the meeting has no such series. Group, meeting and Question are filled in, and who asks as contact.
    """
    body = bodies.body_of(act.session, meeting)
    kind = kind or body.usual
    form, chosen = body.form(kind, stream)
    number = body.words(chosen).fill(form.label, OPEN).replace(str(OPEN), "n")
    words = _words(act, body, kind, number)
    return f"{meeting.code}-{kind.value}-template.docx", blank_docx(words)


def _words(act: Act, body: Body, kind: DocumentKind, number: str) -> Blank:
    meeting = body.meeting
    assert meeting is not None, "a template is for a meeting"
    is_radio = body.group.sector == "R"
    contact, source = _who(act)
    return Blank(
        kind=CLASSES.get(kind, kind.value.replace("-", " ").upper()),
        number=f"{number}-E" if is_radio else number,
        sector=body.group.sector,
        group=_printed(study_group_of(act, body.meets)),
        period=_years(body),
        questions=question_code(body.meets) if body.meets.kind == "question" else "",
        place_date=place_and_days(meeting),
        source=source if kind is DocumentKind.CONTRIBUTION else "",
        contact=contact,
        document_date=f"{days(today, today)}" if (today := geneva_day(act.now)) and is_radio else "",
        headings=("Introduction", "Discussion", "Proposal") if kind is DocumentKind.CONTRIBUTION else TD_HEADINGS,
        has_purpose=kind is DocumentKind.RGM,
    )


def _printed(group: Group) -> str:
    """`STUDY GROUP 15` of SG15; other groups by their code."""
    number = group.code.removeprefix("SG")
    return f"STUDY GROUP {number}" if number.isdecimal() else group.code


def _years(body: Body) -> str:
    """`2025-2028`, as the period is called."""
    return body.period.title.replace("–", "-") if body.period else ""


def _who(act: Act) -> tuple[Contact, str]:
    """The actor as contact, and the entity it acts for as source."""
    person = act.session.get(Person, act.actor.person_id) if act.actor.person_id else None
    own = act.session.get(Organisation, act.actor.organisation_id) if act.actor.organisation_id else None
    if person is None:
        return Contact(), ""
    entity = own.name if own else ""
    country = ENGLISH.territories.get(person.country, person.country)
    return Contact(person.name, entity, country, person.phone, person.email or ""), entity
