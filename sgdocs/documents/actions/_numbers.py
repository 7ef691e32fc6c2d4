"""The next number of a series, in the transaction of its document: never twice, never again, without a gap."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.bodies import Body
from sgdocs.documents.models import NumberSeries
from sgdocs.documents.numbering import Place, SeriesForm
from sgdocs.documents.rules import DocumentKind


def next_number(act: Act, body: Body, kind: DocumentKind, form: SeriesForm, stream: str) -> tuple[NumberSeries, int]:
    """The series, made when it is new, and its next number. The row stays locked until the transaction ends, so that
    whoever comes next waits, and takes the same number when this one fails.
    """
    series = series_of(act, body, kind, form, stream)
    raised = (
        update(NumberSeries)
        .where(col(NumberSeries.id) == series.id)
        .values(last=col(NumberSeries.last) + 1)
        .returning(col(NumberSeries.last))
        .execution_options(synchronize_session=False)
    )
    number = int(act.session.execute(raised).scalar_one())
    act.session.expire(series, ["last"])
    return series, number


def series_of(act: Act, body: Body, kind: DocumentKind, form: SeriesForm, stream: str) -> NumberSeries:
    """The series of a kind there, made when it is new, also when somebody else makes it at the same moment."""
    key = body.words(stream).fill(form.key)
    held = select(NumberSeries).where(NumberSeries.key == key)
    found = act.session.exec(held).first()
    if found is not None:
        return found
    try:
        with act.session.begin_nested():
            new = _series(body, kind, form, stream, key)
            new.pattern = _usual_pattern(act, new)
            act.session.add(new)
            act.session.flush()
            return new
    except IntegrityError:
        return act.session.exec(held).one()


def known_or_new(act: Act, body: Body, kind: DocumentKind, form: SeriesForm, stream: str) -> NumberSeries:
    """The series as it stands, or as it would be made; nothing is written."""
    key = body.words(stream).fill(form.key)
    found = act.session.exec(select(NumberSeries).where(NumberSeries.key == key)).first()
    if found is None:
        found = _series(body, kind, form, stream, key)
        found.pattern = _usual_pattern(act, found)
    return found


def _series(body: Body, kind: DocumentKind, form: SeriesForm, stream: str, key: str) -> NumberSeries:
    per_meeting = "{meeting}" in form.key
    is_bureau = body.place in (Place.BUREAU, Place.RADIO_BUREAU)
    return NumberSeries(
        key=key,
        sector=body.group.sector,
        kind=kind,
        stream=stream,
        group_id=None if is_bureau else body.group.id,
        period_id=body.period.id if body.period and "{period}" in form.key else None,
        meeting_id=body.meeting.id if body.meeting and per_meeting else None,
        pattern=form.label,
        last=form.first,
    )


def _usual_pattern(act: Act, new: NumberSeries) -> str:
    """The spelling that the group used last for the kind; the usual one for its first series."""
    before = select(NumberSeries.pattern).where(
        NumberSeries.group_id == new.group_id, NumberSeries.kind == new.kind, NumberSeries.stream == new.stream
    )
    last = act.session.exec(before.order_by(col(NumberSeries.id).desc())).first() if new.group_id else None
    return last or new.pattern


def raise_to(act: Act, series: NumberSeries, number: int) -> None:
    """The series has given that number (an old document has it): the next is at least one more."""
    raised = (
        update(NumberSeries)
        .where(col(NumberSeries.id) == series.id, col(NumberSeries.last) < number)
        .values(last=number)
        .execution_options(synchronize_session=False)
    )
    act.session.execute(raised)
    act.session.expire(series, ["last"])
