"""What the worker writes: a step claimed, pieces kept, a file kept, a failure put off or final."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import Rule
from sgdocs.policy import Permission, require
from sgdocs.storage.store import Blob
from sgdocs.translation.actions.asking import end, note
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.translation.protecting import Restored
from sgdocs.translation.rules import LIVE, MOST_ATTEMPTS, FileState, JobState, pause
from sgdocs.translation.subjects import Subject

MOST_MISSED: Final = 200


def claim(act: Act, lease: timedelta) -> TranslationJob | None:
    """The job that has waited longest, taken for so long: after a death of the worker it is due again then.

    lease: for one answer of the service; a file has ten times as long.
    """
    require(act.actor, Permission.TRANSLATE)
    due = (
        select(TranslationJob.id)
        .where(col(TranslationJob.state).in_(LIVE), col(TranslationJob.due_at) <= act.now)
        .order_by(col(TranslationJob.due_at), col(TranslationJob.id))
        .limit(1)
    )
    id = act.session.exec(due).first()
    job = act.session.get(TranslationJob, id) if id is not None else None
    if job is None:
        return None
    long = lease * 10 if job.done >= job.pieces else lease
    taken = (
        update(TranslationJob)
        .where(
            col(TranslationJob.id) == id,
            col(TranslationJob.state).in_(LIVE),
            col(TranslationJob.due_at) == job.due_at,
        )
        .values(state=JobState.WORKING, due_at=act.now + long, attempts=TranslationJob.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if act.session.connection().execute(taken).rowcount != 1:
        return None
    act.session.refresh(job)
    return job


def keep_pieces(
    act: Act, job: TranslationJob, subject: Subject, texts: Mapping[int, str], restored: Sequence[Restored]
) -> None:
    """texts: the translations of these pieces, by id. Nothing is kept when the job was stopped meanwhile."""
    if not _is_live(act, job):
        return
    for id, text in texts.items():
        piece = act.session.get_one(TranslationPiece, id)
        piece.text, piece.words, piece.is_done = text, "", True
    act.session.flush()
    job.done = _done(act.session, job)
    job.terms += sum(each.kept for each in restored)
    lost = {(term, official) for each in restored for term, official in each.missed}
    known = {(each["term"], each["official"]) for each in job.missed}
    job.missed = [*job.missed, *({"term": t, "official": o} for t, o in sorted(lost - known))][:MOST_MISSED]
    job.attempts, job.due_at, job.error, job.error_facts = 0, act.now, "", {}
    _finish(act, job, subject)


def keep_file(act: Act, job: TranslationJob, subject: Subject, blob: Blob) -> None:
    """The translated file, labelled; read by whoever reads the thing itself."""
    if not _is_live(act, job):
        return
    job.sha256, job.size_bytes, job.file_state = blob.sha256, blob.size_bytes, FileState.DONE
    _finish(act, job, subject)


def put_off(act: Act, job: TranslationJob, why: Rule, facts: Mapping[str, object]) -> None:
    """The step is tried again after a pause."""
    if _is_live(act, job):
        job.error, job.error_facts = why.id, _words(facts)
        job.due_at = act.now + pause(job.attempts)
        act.session.add(job)


def fail(act: Act, job: TranslationJob, subject: Subject | None, why: Rule, facts: Mapping[str, object]) -> None:
    """The end of a job; of its file alone when the text is there: the text stays then."""
    if not _is_live(act, job):
        return
    if subject is not None and job.done >= job.pieces > 0:
        job.file_state, job.file_error, job.file_facts = FileState.FAILED, why.id, _words(facts)
        _finish(act, job, subject)
        return
    job.error, job.error_facts = why.id, _words(facts)
    act.session.add(job)
    act.session.flush()
    if end(act, job, JobState.FAILED):
        note(act, "translations.failed", job, subject, rule=why.id)


def stop_unsent(act: Act, job: TranslationJob, why: Refusal) -> None:
    """The text is gone, or may not be sent any more: no further word of it goes out, and what came back is dropped."""
    require(act.actor, Permission.TRANSLATE)
    job.error, job.error_facts = why.rule.id, _words(why.facts)
    act.session.add(job)
    act.session.flush()
    if end(act, job, JobState.CANCELLED):
        note(act, "translations.stopped", job, None, rule=why.rule.id)


def gave_up(job: TranslationJob) -> bool:
    """Whether the present step broke off too often, with or without a word."""
    return job.attempts > MOST_ATTEMPTS


def _is_live(act: Act, job: TranslationJob) -> bool:
    require(act.actor, Permission.TRANSLATE)
    act.session.refresh(job, with_for_update=True)
    return job.state in LIVE


def _finish(act: Act, job: TranslationJob, subject: Subject) -> None:
    act.session.add(job)
    if job.done >= job.pieces and job.file_state != FileState.WAITING:
        job.state, job.finished_at = JobState.DONE, act.now
        note(act, "translations.done", job, subject, file=job.file_state == FileState.DONE)


def _done(session: Session, job: TranslationJob) -> int:
    done = select(func.count()).where(TranslationPiece.job_id == job.id, col(TranslationPiece.is_done))
    return session.exec(done).one()


def _words(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value)[:300] for name, value in facts.items()}
