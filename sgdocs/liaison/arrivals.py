"""Mail that came in, as the secretariat looks at it: lists by state, one mail, the form that its files fill."""

from typing import Protocol

from sqlmodel import col, func, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Arrival
from sgdocs.liaison.naming import read_title
from sgdocs.liaison.reading import form_of
from sgdocs.liaison.schemas import ReceiveForm, SenderForm
from sgdocs.policy import Permission, require
from sgdocs.storage.store import BlobStore, NoSuchBlob
from sgdocs.text.children import Readers
from sgdocs.text.model import Reading


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def blobs(self) -> BlobStore: ...
    @property
    def readers(self) -> Readers: ...


def listing(act: Act, state: str = "waiting", *, number: int = 1, size: int = 100) -> Page[Arrival]:
    """Mails of one state, the newest first. Two queries. For the secretariat."""
    require(act.actor, Permission.CONFIRM_ARRIVAL)
    total = act.session.exec(select(func.count()).select_from(Arrival).where(Arrival.state == state)).one()
    rows = (
        select(Arrival).where(Arrival.state == state).order_by(col(Arrival.received_at).desc(), col(Arrival.id).desc())
    )
    return Page(list(act.session.exec(rows.limit(size).offset((number - 1) * size))), total, number, size)


def counts(act: Act) -> dict[str, int]:
    """How many there are of each state. One query. For the secretariat."""
    require(act.actor, Permission.CONFIRM_ARRIVAL)
    return dict(act.session.exec(select(Arrival.state, func.count()).group_by(Arrival.state)).all())


def by_id(act: Act, arrival_id: int) -> Arrival:
    """NotFound for none. For the secretariat."""
    require(act.actor, Permission.CONFIRM_ARRIVAL)
    return act.session.get(Arrival, arrival_id) or missing("mail", arrival_id)


def form_for(act: Act, services: Furnished, arrival: Arrival) -> ReceiveForm:
    """What the first file that says anything tells, filled up from the mail itself: its subject, its body, its text.

    The files are read in the confined reader; outside any writing transaction, please.
    """
    form = next((told for each in arrival.files if (told := _told(services, each)) is not None), ReceiveForm())
    body = act.session.get(Body, arrival.body_id) if arrival.body_id else None
    sender = body.name if body else arrival.from_name
    form.title = form.title or arrival.subject[:500]
    form.body = form.body or arrival.text[:100_000]
    if not form.senders and sender:
        form.senders = [SenderForm(name=sender[:200], questions=[])]
    form.reply_to = form.reply_to or list(read_title(arrival.subject).reply_to)
    return form


def _told(services: Furnished, file: dict[str, object]) -> ReceiveForm | None:
    """The form that a file fills, when it says to whom or under which title; None when it cannot be read."""
    if not file.get("sha256") or file.get("refused"):
        return None
    reading = _reading(services, str(file["sha256"]), str(file["name"]))
    form = form_of(reading) if reading is not None else None
    return form if form is not None and (form.title or form.addressees) else None


def _reading(services: Furnished, sha256: str, name: str) -> Reading | None:
    try:
        with services.blobs.open(sha256) as stream:
            return services.readers.read(stream, name)
    except NoSuchBlob:
        return None
