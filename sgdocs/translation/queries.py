"""What is asked of translations: those of one thing, the pieces of one, the queue. Who may read the thing reads them."""

from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, missing
from sgdocs.base.paging import Page
from sgdocs.people.models import Person
from sgdocs.policy import Permission
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.translation.rules import LIVE, JobState
from sgdocs.translation.subjects import Kind, Subject, load

SHOWN = (*LIVE, JobState.DONE)


def of_subject(act: Act, subject: Subject) -> dict[str, TranslationJob]:
    """By language: the newest that is there or under way, else the newest that failed. The subject was loaded for its reader."""
    found = select(TranslationJob).where(TranslationJob.kind == subject.kind, TranslationJob.subject_id == subject.id)
    by_language: dict[str, TranslationJob] = {}
    for job in act.session.exec(found.order_by(col(TranslationJob.id))):
        known = by_language.get(job.target)
        if known is None or job.state in SHOWN or known.state not in SHOWN:
            by_language[job.target] = job
    return by_language


def by_id(act: Act, id: int) -> tuple[TranslationJob, Subject | None]:
    """A job with its thing. Who may not read the thing finds no job; the secretariat finds it when the thing is gone."""
    job = act.session.get(TranslationJob, id) or missing("translation", id)
    try:
        return job, load(act, Kind(job.kind), job.subject_id)
    except NotFound:
        if not policy.may_read(act.actor, Permission.READ_JOBS):
            missing("translation", id)
        return job, None


def pieces_of(session: Session, job: TranslationJob) -> list[TranslationPiece]:
    """What is translated already, in its order."""
    found = select(TranslationPiece).where(TranslationPiece.job_id == job.id, col(TranslationPiece.is_done))
    return list(session.exec(found.order_by(col(TranslationPiece.position))))


def queue(act: Act, *, state: str = "", number: int = 1, size: int = 50) -> Page[TranslationJob]:
    """All jobs for the secretariat, the newest first. state: one of them, or "" for all."""
    policy.require(act.actor, Permission.READ_JOBS)
    wanted = [col(TranslationJob.state) == state] if state else []
    found = select(TranslationJob).where(*wanted).order_by(col(TranslationJob.id).desc())
    total = act.session.exec(select(func.count()).select_from(TranslationJob).where(*wanted)).one()
    return Page(act.session.exec(found.limit(size).offset((number - 1) * size)).all(), total, number, size)


def own(act: Act, *, after: int | None = None, limit: int = 50) -> list[TranslationJob]:
    """What the actor asked for, the newest first; what it may not read any more is left out. after: id of the last seen."""
    if act.actor.person_id is None:
        return []
    mine = select(TranslationJob).where(TranslationJob.person_id == act.actor.person_id)
    if after is not None:
        mine = mine.where(col(TranslationJob.id) < after)
    found = act.session.exec(mine.order_by(col(TranslationJob.id).desc()).limit(limit)).all()
    return [job for job in found if _reads(act, job)]


def count_own(act: Act) -> int:
    """How many translations the actor asked for."""
    mine = select(func.count()).where(TranslationJob.person_id == act.actor.person_id)
    return act.session.exec(mine).one() if act.actor.person_id is not None else 0


def _reads(act: Act, job: TranslationJob) -> bool:
    try:
        load(act, Kind(job.kind), job.subject_id)
    except NotFound:
        return False
    return True


def askers_of(session: Session, jobs: Iterable[TranslationJob]) -> dict[int, Person]:
    ids = {job.person_id for job in jobs if job.person_id is not None}
    return {p.id or 0: p for p in session.exec(select(Person).where(col(Person.id).in_(ids)))} if ids else {}
