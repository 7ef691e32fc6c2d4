"""Somebody asks for a translation, or stops it."""

import hashlib
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, Refusal, TooMany, refuse
from sgdocs.journal.record import record
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope, require
from sgdocs.translation import rules
from sgdocs.translation.cutting import Passage, pieces
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.translation.practice import Practice
from sgdocs.translation.rules import LIVE, FileState, JobState
from sgdocs.translation.subjects import Subject

DAY = timedelta(days=1)


def ask(act: Act, subject: Subject, target: str, practice: Practice) -> TranslationJob:
    """A job for the worker; the one that is there already when the same words were asked for in the same language.

    Refused for texts that may not be sent, and above so many a day.
    """
    require(act.actor, Permission.ASK_TRANSLATION, Scope(owner_id=act.actor.person_id))
    cut = list(pieces(subject.passages))
    refuse(rules.why_not_send(practice.asked(subject, target, sum(len(each.words) for each in cut))), Invalid)
    digest = digest_of(cut)
    key = f"{subject.kind}:{subject.id}:{target}:{digest}"
    known = act.session.exec(select(TranslationJob).where(TranslationJob.key == key)).first()
    if known is not None:
        return known
    refuse(rules.why_not_today(_asked_today(act), practice.per_day), TooMany)
    job = _job(act, subject, target, practice)
    job.key, job.digest, job.pieces = key, digest, len(cut)
    try:
        with act.session.begin_nested():
            act.session.add(job)
            act.session.flush()
    except IntegrityError:
        return act.session.exec(select(TranslationJob).where(TranslationJob.key == key)).one()
    _lay(act, job, cut)
    record(
        act, "translations.asked", subject.row, group_id=subject.group_id, audience=subject.audience,
        job=job.id, label=job.label, language=target, host=job.host,
    )  # fmt: skip
    return job


def digest_of(cut: list[Passage]) -> str:
    """Of the words, as they are sent."""
    digest = hashlib.sha256()
    for each in cut:
        digest.update(f"{each.is_heading:d}{each.words}\0".encode())
    return digest.hexdigest()


def _asked_today(act: Act) -> int:
    """Who asks twice at once stands in a queue: SQLite's writers do anyway."""
    act.session.execute(select(Person.id).where(Person.id == act.actor.person_id).with_for_update(key_share=True))
    since = act.now - DAY
    mine = select(func.count()).where(
        TranslationJob.person_id == act.actor.person_id, col(TranslationJob.asked_at) > since
    )
    return act.session.exec(mine).one() if act.actor.person_id is not None else 0


def _job(act: Act, subject: Subject, target: str, practice: Practice) -> TranslationJob:
    file = subject.file if "docx" in practice.files else None
    return TranslationJob(
        kind=subject.kind,
        subject_id=subject.id,
        digest="",
        label=subject.label,
        address=subject.address,
        group_id=subject.group_id,
        source=subject.language,
        target=target,
        host=practice.host,
        person_id=act.actor.person_id,
        asked_at=act.now,
        due_at=act.now,
        file_id=file.id if file else None,
        file_state=FileState.WAITING if file else FileState.NONE,
        file_name=rules.file_name(subject.stem, target, "docx") if file else "",
    )


def _lay(act: Act, job: TranslationJob, cut: list[Passage]) -> None:
    rows = [
        {
            "job_id": job.id,
            "position": place,
            "anchor": each.anchor,
            "number": each.number,
            "level": each.level,
            "is_heading": each.is_heading,
            "is_done": False,
            "words": each.words,
            "text": "",
        }
        for place, each in enumerate(cut)
    ]
    act.session.execute(insert(TranslationPiece), rows)


def stop(act: Act, job: TranslationJob, subject: Subject | None) -> None:
    """Whoever asked, or the secretariat, ends a job that waits or is under way. What was translated of it is dropped."""
    require(act.actor, Permission.ASK_TRANSLATION, Scope(owner_id=job.person_id))
    if not end(act, job, JobState.CANCELLED):
        refuse(Refusal(rules.STATE, {"state": job.state}), Conflict)
    note(act, "translations.stopped", job, subject)


def end(act: Act, job: TranslationJob, state: JobState) -> bool:
    """From live into a final state; whether this act did it. Without its key, so that it can be asked for again."""
    moved = (
        update(TranslationJob)
        .where(col(TranslationJob.id) == job.id, col(TranslationJob.state).in_(LIVE))
        .values(state=state, key=None, finished_at=act.now)
        .execution_options(synchronize_session=False)
    )
    is_mine = act.session.connection().execute(moved).rowcount == 1
    act.session.refresh(job)
    if is_mine:
        act.session.execute(delete(TranslationPiece).where(col(TranslationPiece.job_id) == job.id))
    return is_mine


def note(act: Act, verb: str, job: TranslationJob, subject: Subject | None, **facts: Any) -> None:
    """In the history of the thing itself; of the job, for the secretariat, when the thing is gone."""
    row, audience = (subject.row, subject.audience) if subject else (job, "secretariat")
    record(
        act, verb, row, group_id=job.group_id, audience=audience, job=job.id, label=job.label, language=job.target,
        host=job.host, **facts,
    )  # fmt: skip
