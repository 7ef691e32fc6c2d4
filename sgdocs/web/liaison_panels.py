"""The panel “Liaison statements” of other pages. Their templates include `liaison/_panel.html` with `liaisons`."""

from dataclasses import dataclass
from types import ModuleType

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.liaison import touching
from sgdocs.liaison.touching import Touching
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from sgdocs.recommendations.models import Family
from sgdocs.web import liaison_words
from sgdocs.work_programme.models import WorkItem


@dataclass(frozen=True)
class Panel:
    found: Touching
    says: ModuleType = liaison_words


def of_document(act: Act, document: Document) -> Panel:
    return Panel(touching.of_document(act, document.id or 0))


def of_item(act: Act, item: WorkItem) -> Panel:
    return Panel(touching.of_item(act, item.id or 0, item.number))


def of_family(act: Act, family: Family) -> Panel:
    return Panel(touching.of_family(act, family.id or 0, family.number))


def of_meeting(act: Act, meeting: Meeting) -> Panel:
    return Panel(touching.of_meeting(act, meeting.id or 0, meeting.code))


def of_person(act: Act, person: Person) -> Panel:
    return Panel(touching.of_person(act, person.id or 0, person.slug))
