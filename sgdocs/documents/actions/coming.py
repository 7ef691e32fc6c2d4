"""The number that a document of the house would get next: for a preview, or held until the document is filed."""

from dataclasses import dataclass

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import bodies
from sgdocs.documents.actions import _filing, _numbers
from sgdocs.documents.models import NumberSeries
from sgdocs.documents.rules import DocumentKind
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting


@dataclass(frozen=True)
class Coming:
    """number: in its series; name: the address it will have; label: as people will write it."""

    number: int
    name: str
    label: str


def coming(act: Act, kind: DocumentKind, meeting: Meeting | None, group: Group, *, hold: bool = False) -> Coming:
    """The next number of a kind there, as `file_as` will give it. hold: whoever else wants one waits until this
    transaction ends, so that the number may be printed before the document is filed. Without it nothing is written.

    Invalid: nothing of that kind is numbered there.
    """
    on = geneva_day(act.now)
    body = bodies.body_of(act.session, meeting) if meeting else bodies.body_of_group(act.session, group, on)
    form, stream = body.form(kind, "")
    if hold:
        series = _numbers.series_of(act, body, kind, form, stream)
        held = select(NumberSeries).where(NumberSeries.id == series.id).with_for_update()
        series = act.session.exec(held.execution_options(populate_existing=True)).one()
    else:
        series = _numbers.known_or_new(act, body, kind, form, stream)
    given = _filing.numbered(body, series, form, stream, series.last + 1)
    return Coming(given.number, given.name, given.label)
