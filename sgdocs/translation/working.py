"""What the worker does: one step of one job at a time, outside every transaction. A death costs the present step alone."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import NotFound, Refusal
from sgdocs.search.glossaries import glossary
from sgdocs.text.language import language_of
from sgdocs.text.terms import Terms
from sgdocs.translation import actions, rules
from sgdocs.translation.actions.keeping import gave_up
from sgdocs.translation.cutting import next_batch, parted
from sgdocs.translation.files import Serving, translated_file
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.translation.port import Translator, TranslatorFailed
from sgdocs.translation.practice import Practice
from sgdocs.translation.protecting import Restored, protect, restore, terms_of
from sgdocs.translation.subjects import Kind, Subject, load

PAUSE_S: Final = 1.0
SPARE: Final = timedelta(seconds=30)
MOST_PIECES: Final = 40
log = logging.getLogger(__name__)


def run(services: Serving, stop: threading.Event) -> None:
    """Translate until told to stop, beside the worker's loop: a service that hangs holds up nothing else."""
    while services.translator is not None and not stop.is_set():
        try:
            busy = work_due(services, clock.now())
        except Exception:
            log.exception("translating stumbled; it goes on")
            busy = False
        if not busy:
            stop.wait(PAUSE_S)


def work_due(services: Serving, now: datetime) -> bool:
    """One step of the job that has waited longest; whether there was one."""
    translator = services.translator
    if translator is None or not _is_due(services, now):
        return False
    practice = Practice.of(services.settings, translator)
    with services.database.writing() as session:
        job = actions.claim(_act(session, now), timedelta(seconds=practice.seconds) + SPARE)
    if job is None:
        return False
    step = _step(services, job, practice, now)
    if isinstance(step, Refusal):
        with services.database.writing() as session:
            actions.stop_unsent(_act(session, now), session.get_one(TranslationJob, job.id), step)
        return True
    try:
        if gave_up(job):
            raise TranslatorFailed(rules.GAVE_UP, is_final=True, times=job.attempts - 1)
        _take(services, translator, step, now)
    except TranslatorFailed as failed:
        _failed(services, step, failed, now)
    return True


@dataclass(frozen=True)
class Step:
    """What is done now. pieces: none left means that the file is next."""

    job: TranslationJob
    subject: Subject
    terms: Terms
    pieces: Sequence[TranslationPiece]


def _is_due(services: Serving, now: datetime) -> bool:
    """A look that takes no lock."""
    due = select(TranslationJob.id).where(col(TranslationJob.state).in_(rules.LIVE), col(TranslationJob.due_at) <= now)
    with services.database.reading() as session:
        return session.exec(due.limit(1)).first() is not None


def _step(services: Serving, job: TranslationJob, practice: Practice, now: datetime) -> Step | Refusal:
    """What there is to do, or why nothing of it may go out any more: asked before every step."""
    with services.database.reading() as session:
        try:
            subject = load(_act(session, now), Kind(job.kind), job.subject_id)
        except NotFound:
            return Refusal(rules.GONE)
        refusal = rules.why_not_send(practice.asked(subject, job.target, 1))
        if refusal is not None and refusal.rule is not rules.SAME:
            return refusal
        terms = terms_of(glossary(session), job.source, job.target)
        return Step(job, subject, terms, _next(session, job))


def _next(session: Session, job: TranslationJob) -> list[TranslationPiece]:
    undone = select(TranslationPiece).where(TranslationPiece.job_id == job.id, col(TranslationPiece.is_done).is_(False))
    found = list(session.exec(undone.order_by(col(TranslationPiece.position)).limit(MOST_PIECES)))
    return found[: next_batch([len(piece.words) for piece in found])]


def _take(services: Serving, translator: Translator, step: Step, now: datetime) -> None:
    """The answer is judged before any of it is kept."""
    if not step.pieces:
        blob = translated_file(services, translator, step.job, step.terms)
        with services.database.writing() as session:
            job = session.get_one(TranslationJob, step.job.id)
            actions.keep_file(_act(session, _later(now)), job, step.subject, blob)
        return
    texts, restored = _translated(translator, step)
    with services.database.writing() as session:
        job = session.get_one(TranslationJob, step.job.id)
        actions.keep_pieces(_act(session, _later(now)), job, step.subject, texts, restored)


def _translated(translator: Translator, step: Step) -> tuple[dict[int, str], list[Restored]]:
    """By id of the piece, with what was restored. TranslatorFailed for answers that can be no translations."""
    job = step.job
    split = [parted(piece.words) for piece in step.pieces]
    sent = [protect(text, step.terms) for each in split for text in each.texts]
    answers = translator.translate([each.markup for each in sent], job.source, job.target) if sent else []
    restored = [restore(answer, words) for answer, words in zip(answers, sent, strict=True)]
    _judge(translator.host, [text for each in split for text in each.texts], restored, job)
    texts, left = {}, iter(restored)
    for piece, each in zip(step.pieces, split, strict=True):
        texts[piece.id or 0] = each.joined([next(left).text for _ in each.sent])
    return texts, restored


def _judge(host: str, texts: Sequence[str], restored: Sequence[Restored], job: TranslationJob) -> None:
    words = (rules.why_not_words(host, was, got.text) for was, got in zip(texts, restored, strict=True))
    refusal = next((each for each in words if each is not None), None)
    refusal = refusal or rules.why_not_language(
        host, language_of(texts), language_of(each.text for each in restored), job.source, job.target
    )
    if refusal is not None:
        raise TranslatorFailed.of(refusal)


def _failed(services: Serving, step: Step, failed: TranslatorFailed, now: datetime) -> None:
    log.warning("translation %s: %s %s", step.job.id, failed.rule.id, failed.facts)
    with services.database.writing() as session:
        act = _act(session, _later(now))
        job = session.get_one(TranslationJob, step.job.id)
        if failed.is_final or job.attempts >= rules.MOST_ATTEMPTS:
            actions.fail(act, job, step.subject, failed.rule, failed.facts)
        else:
            actions.put_off(act, job, failed.rule, failed.facts)


def _later(now: datetime) -> datetime:
    """The step took its time; a clock that was moved by hand stays where it was put."""
    real = clock.now()
    return real if timedelta(0) <= real - now < timedelta(hours=1) else now


def _act(session: Session, now: datetime) -> Act:
    return Act(session, Actor.clock(), now)
