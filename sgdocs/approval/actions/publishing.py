"""Announcements and circulars as rows: their number, their day, and the texts they name."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from sgdocs.approval.actions.planning import PUBLISHED, Preview
from sgdocs.approval.models import Announcement, AnnouncementLine, Process, Window
from sgdocs.approval.procedures.terms import By, Letter
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, Conflict
from sgdocs.i18n import N_

TRIES = 5
TITLES = {
    Letter.AAP: N_("AAP announcement"),
    Letter.SG_DECISION: N_("Texts for decision by a study group"),
    Letter.TAP_CONSULTATION: N_("Consultation of Member States under TAP"),
    Letter.RESULT: N_("Results of approval"),
    Letter.DELETION: N_("Deletion of Recommendations"),
    Letter.ADOPTION: N_("Adoption by correspondence"),
    Letter.CONSULTATION: N_("Approval by consultation"),
    Letter.PSAA: N_("Simultaneous adoption and approval"),
    Letter.SUPPRESSION: N_("Suppression of Recommendations"),
}


def publish(
    act: Act, plan: Preview, process: Process, window: Window | None, words: Mapping[str, str] = MappingProxyType({})
) -> list[tuple[str, str]]:
    """Name the process in the announcements of today that the step makes; returns facts for the journal.

    words: kind -> text that was written in place of the usual one; texts announced in the same words share a paper.
    Changes of AAP that are no openings wait for the announcement of the day that gathers them (`announcing`).
    """
    told = []
    for kind in plan.outcome.letters:
        is_announced = kind != Letter.AAP or (By.CLOCK in plan.step.by and not plan.step.on_expiry)
        if kind not in PUBLISHED or not is_announced:
            continue
        row = of_day(act, process.sector, kind, geneva_day(act.now), words.get(kind, ""))
        add_line(act, row, process, plan.state.code or plan.state.id, window)
        told.append(("announcement", f"{kind} {row.number}"))
    return told


def of_day(act: Act, sector: str, kind: str, on: date, text: str = "") -> Announcement:
    """The announcement of that kind, day and words, made when it is not there and not posted yet. Two at once: one waits."""
    for _ in range(TRIES):
        found = found_of_day(act, sector, kind, on, text)
        if found is not None:
            return found
        row = _new(act, sector, kind, on, text)
        try:
            with act.session.begin_nested():
                act.session.add(row)
                act.session.flush()
        except IntegrityError:
            continue
        return row
    raise Conflict(CHANGED)


def found_of_day(act: Act, sector: str, kind: str, on: date, text: str = "") -> Announcement | None:
    """That of the day in these words which has not been posted as a document. text: "" for the usual ones."""
    found = select(Announcement).where(
        Announcement.sector == sector,
        Announcement.kind == kind,
        Announcement.happened_on == on,
        Announcement.text == text,
        col(Announcement.document_id).is_(None),
    )
    return act.session.exec(found.order_by(col(Announcement.number).desc())).first()


def _new(act: Act, sector: str, kind: str, on: date, text: str) -> Announcement:
    last = select(func.max(Announcement.number)).where(Announcement.sector == sector, Announcement.kind == kind)
    number = (act.session.execute(last).scalar() or 0) + 1
    return Announcement(
        sector=sector,
        kind=kind,
        number=number,
        happened_on=on,
        title=f"{TITLES[Letter(kind)]} No. {number}" if kind == Letter.AAP else TITLES[Letter(kind)],
        text=text,
        published_by=act.actor.person_id,
        published_at=act.now,
    )


def add_line(act: Act, row: Announcement, process: Process, code: str, window: Window | None) -> AnnouncementLine:
    """The process in the announcement, once: of several codes of one day the newest stands."""
    found = select(AnnouncementLine).where(
        AnnouncementLine.announcement_id == row.id, AnnouncementLine.process_id == process.id
    )
    line = act.session.exec(found.order_by(col(AnnouncementLine.id).desc())).first()
    if line is None:
        line = AnnouncementLine(announcement_id=row.id or 0, process_id=process.id or 0, code=code)
    line.code = code
    if window is not None:
        line.opens_on, line.closes_on = window.opens_on, window.closes_on
        window.announcement_id = row.id
        act.session.add(window)
    act.session.add(line)
    act.session.flush()
    return line
