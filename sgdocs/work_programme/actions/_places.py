"""Where an item stands: the group and Question of a form, the meeting that decided, the organisation and person named."""

from dataclasses import dataclass

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid, Refusal, invalid, refuse
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.groups.rules import GroupKind
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import group_of as host_of
from sgdocs.meetings.rules import MeetingKind
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.policy import Permission
from sgdocs.work_programme import rules

HOMES = (
    GroupKind.STUDY_GROUP,
    GroupKind.ADVISORY_GROUP,
    GroupKind.WORKING_PARTY,
    GroupKind.TASK_GROUP,
    GroupKind.COMMITTEE,
)
DECIDING = (MeetingKind.STUDY_GROUP, MeetingKind.WORKING_PARTY, MeetingKind.EXTRA, MeetingKind.ASSEMBLY)


@dataclass(frozen=True)
class Place:
    """group: whose work it is; question: None where there is none; period: in which it is worked on."""

    group: Group
    question: Group | None
    period: StudyPeriod | None

    @property
    def path(self) -> str:
        return (self.question or self.group).path


def place_of(act: Act, group: str, question: str) -> Place:
    """What a form means by group and Question: paths or codes. Without a group it is that of the Question."""
    study = named_group(act, "question", question) if question else None
    if study is not None and study.kind != GroupKind.QUESTION:
        refuse(Refusal(rules.NO_QUESTION, {"label": study.label, "group": group or "-"}, field="question"), Invalid)
    home = named_group(act, "group", group) if group or study is None else None
    if home is not None and home.kind == GroupKind.QUESTION:
        study, home = study or home, None
    above = _above(act, study) if study is not None else None
    home = home or above
    if home is None or home.kind not in HOMES:
        label, sector = (home.label, home.sector) if home else (group, "-")
        refuse(Refusal(rules.PLACE, {"label": label, "sector": sector}, field="group"), Invalid)
        raise AssertionError("refused above")
    if study is not None and above is not None and above.id != home.id:
        refuse(Refusal(rules.NO_QUESTION, {"label": study.label, "group": home.label}, field="question"), Invalid)
    return Place(home, study, _period(act, home, study))


def _above(act: Act, study: Group) -> Group | None:
    return groups.by_id(act.session, study.parent_id) if study.parent_id else None


def _period(act: Act, home: Group, study: Group | None) -> StudyPeriod | None:
    if study is not None and study.period_id is not None:
        return act.session.get(StudyPeriod, study.period_id)
    return groups.period_on(act.session, home.sector, geneva_day(act.now))


def named_group(act: Act, field: str, words: str) -> Group:
    """By path, else by a sloppy code as of today."""
    found = groups.find(act.session, words) or next(iter(groups.resolve(act.session, words, geneva_day(act.now))), None)
    return found or invalid(field, words, "The address or code of a group, such as T/SG13, SG13 or Q2/13.")


def require_decided(act: Act, home: Group, meeting: Meeting | None) -> None:
    """A study group or working party decided, at a meeting that has begun. The office enters what nobody minuted."""
    if meeting is None:
        if not policy.may(act.actor, Permission.IMPORT_ITEMS):
            raise Invalid(rules.MINUTED, field="meeting")
        return
    if meeting.kind not in DECIDING:
        raise Invalid(rules.BODY, field="meeting", code=meeting.code)
    if not _decides_for(act, home, meeting):
        raise Invalid(rules.NOT_OF_GROUP, field="meeting", code=meeting.code, label=home.label)
    require_begun(act, meeting)


def require_begun(act: Act, meeting: Meeting) -> None:
    if geneva_day(act.now) < meeting.starts_on:
        raise Invalid(rules.NOT_BEGUN, field="meeting", code=meeting.code, starts_on=meeting.starts_on)


def _decides_for(act: Act, home: Group, meeting: Meeting) -> bool:
    """Its group, a part of it, or the one above it; an assembly for its Sector."""
    host = host_of(act.session, meeting)
    if meeting.kind == MeetingKind.ASSEMBLY:
        return host.sector == home.sector
    return home.id in (host.id, host.parent_id) or (home.parent_id is not None and home.parent_id == host.id)


def person_named(act: Act, words: str) -> Person | None:
    """By e-mail, or by the end of the address of their page."""
    if not words:
        return None
    if "@" in words:
        return by_email(act.session, words)
    return act.session.exec(select(Person).where(col(Person.slug) == words.removeprefix("/person/"))).first()


def document_named(act: Act, words: str) -> Document | None:
    """The one document that the words name, as far as the actor may read it; None for other words."""
    found = documents.alike(act, words)
    exact = [each for each in found if words.lower() in (each.name.lower(), each.label.lower())]
    return next(iter(exact or found), None)
