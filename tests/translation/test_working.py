"""Jobs: asked once, done step by step, resumed after a death, given up in the end; what may not be sent is not."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, TooMany
from sgdocs.base.rulebook import Rule
from sgdocs.documents.models import Document
from sgdocs.journal.models import Entry
from sgdocs.translation import actions, port, rules
from sgdocs.translation.memory import MemoryTranslator
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.translation.port import TranslatorFailed
from sgdocs.translation.practice import Practice
from sgdocs.translation.rules import class_of, classes_of, file_name
from sgdocs.translation.subjects import Kind, load
from sgdocs.translation.working import work_due
from sgdocs.wiring import Services, translator_of
from tests.cast import Cast
from tests.make import Make
from tests.translation.house import asked, document, fresh, serving, translator
from tests.translation.killing import begun
from tests.translation.libre import libre

__all__ = ["document", "serving", "translator"]


def pieces(act: Act, job: TranslationJob) -> list[TranslationPiece]:
    found = select(TranslationPiece).where(TranslationPiece.job_id == job.id)
    return list(act.session.exec(found.order_by(col(TranslationPiece.position))))


def done(act: Act, serving: Services, job: TranslationJob) -> TranslationJob:
    while work_due(serving, act.now):
        pass
    return fresh(act, job)


def test_document_is_translated_clause_by_clause(
    act: Act, cast: Cast, serving: Services, document: Document, translator: MemoryTranslator
) -> None:
    job = asked(cast.delegate_member.act, document, serving)

    job = done(act, serving, job)

    assert (job.state, job.done, job.error, job.missed) == ("done", job.pieces, "", [])
    assert [(p.anchor, p.is_heading, p.text) for p in pieces(act, job)] == [
        ("", True, "erbiF lasoporp"),
        ("c-1", True, "epocS"),
        ("c-1", False, "ehT fibre optique monomode fo G.652 si tnaem.\neeS osla eht elbat."),
        ("c-2", True, "seulaV"),
        ("c-2", False, "htgneL\t21 mk\nssoL\t3.4"),
    ]
    assert {p.words for p in pieces(act, job)} == {""}, "nothing is kept twice"
    assert job.terms == 2
    told = select(Entry.verb, Entry.audience).where(Entry.subject_kind == "document", col(Entry.verb).startswith("tr"))
    assert act.session.exec(told.order_by(col(Entry.id))).all() == [
        ("translations.asked", "public"),
        ("translations.done", "public"),
    ]


def test_same_words_are_translated_once(
    act: Act, cast: Cast, serving: Services, document: Document, translator: MemoryTranslator
) -> None:
    job = asked(cast.delegate_member.act, document, serving)
    done(act, serving, job)
    calls = len(translator.asked)

    assert asked(cast.chair.act, document, serving).id == job.id
    assert asked(cast.chair.act, document, serving, "ru").id != job.id
    assert not work_due(serving, act.now - timedelta(seconds=1))
    assert len(translator.asked) == calls


def test_text_that_is_not_public_is_sent_only_where_the_setting_allows(
    act: Act, cast: Cast, serving: Services, document: Document, translator: MemoryTranslator
) -> None:
    document.audience = "T/SG13"
    with pytest.raises(Invalid) as refused:
        asked(cast.delegate_member.act, document, serving)
    assert refused.value.rule is rules.AUDIENCE

    subject = load(act, Kind.DOCUMENT, document.id or 0)
    assert (class_of("T/SG13"), class_of("T"), class_of("org:3"), class_of("meeting:X")) == (
        "group", "sector", "org", "meeting",
    )  # fmt: skip
    assert classes_of("public, group,secretariat,person") == {"public", "group"}
    assert subject.audience == "T/SG13"


def test_document_that_closes_meanwhile_is_not_sent_further(
    act: Act, cast: Cast, serving: Services, document: Document, translator: MemoryTranslator
) -> None:
    job = asked(cast.delegate_member.act, document, serving)
    document.audience = "secretariat"
    act.session.add(document)
    act.session.commit()

    job = done(act, serving, job)

    assert (job.state, job.error, translator.asked, pieces(act, job)) == ("cancelled", rules.AUDIENCE.id, [], [])


@pytest.mark.parametrize("stays", [SystemExit, KeyboardInterrupt])
def test_death_of_the_worker_costs_one_step(
    act: Act,
    cast: Cast,
    serving: Services,
    document: Document,
    translator: MemoryTranslator,
    monkeypatch: pytest.MonkeyPatch,
    stays: type[BaseException],
) -> None:
    monkeypatch.setattr("sgdocs.translation.working.MOST_PIECES", 2)
    job = asked(cast.delegate_member.act, document, serving)
    assert work_due(serving, act.now)
    with monkeypatch.context() as dying:

        def die(*_: object) -> list[str]:
            raise stays

        dying.setattr(translator, "translate", die)
        with pytest.raises(stays):
            work_due(serving, act.now)
    assert (fresh(act, job).state, fresh(act, job).done) == ("working", 2)
    assert not work_due(serving, act.now), "another worker leaves it alone while it may be at work"

    later = act.now + timedelta(minutes=2)
    while work_due(serving, later):
        pass

    job = fresh(act, job)
    assert (job.state, job.done) == ("done", 5)
    assert [len(texts) for _, _, texts in translator.asked] == [2, 3, 3], "no piece was sent twice but the lost step"


@pytest.mark.databases("sqlite")
def test_worker_killed_in_the_middle_of_a_step_is_followed_by_another(
    act: Act, cast: Cast, services: Services, document: Document, tmp_path: Path
) -> None:
    """kill -9 while the service keeps it waiting: what was kept stays, the step is done again once its time is over."""
    with libre() as server:
        told = f"libretranslate:{server.url}"
        settings = services.settings.model_copy(update={"translator": told})
        serving = replace(services, settings=settings, translator=translator_of(settings))
        job = asked(cast.delegate_member.act, document, serving)
        server.manner = "hangs at the second"
        worker = begun(tmp_path, told, act.now)
        assert until(lambda: [path for path, _ in server.asked].count("/translate") == 2)
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join(10)
        server.manner = "well"

        assert worker.exitcode == -signal.SIGKILL
        assert (fresh(act, job).state, fresh(act, job).done) == ("working", 2)
        assert not work_due(serving, act.now), "its step may still be at work"
        while work_due(serving, act.now + timedelta(minutes=5)):
            pass

        job, sent = fresh(act, job), [fields["q"] for path, fields in server.asked if path == "/translate"]
        assert (job.state, job.done) == ("done", job.pieces)
        assert [piece.text for piece in pieces(act, job)][:2] == ["erbiF lasoporp", "epocS"]
        assert sent[2][0] == sent[1][0], "the lost step is sent again"
        assert not set(sent[0]) & {text for texts in sent[1:] for text in texts}, "what was kept is not"


def until(is_so: Callable[[], bool], most_s: float = 30.0) -> bool:
    """Whether it comes to be so in time."""
    end = time.monotonic() + most_s
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


def test_step_that_kills_the_worker_is_given_up(act: Act, cast: Cast, serving: Services, document: Document) -> None:
    cast.summon("tsb")
    job = asked(cast.delegate_member.act, document, serving)
    for turn in range(rules.MOST_ATTEMPTS):
        with serving.database.writing() as session:
            at = act.now + timedelta(hours=turn)
            claimed = actions.claim(Act(session, cast.tsb.actor, at), timedelta(minutes=1))
            assert claimed is not None

    work_due(serving, act.now + timedelta(days=1))

    assert (fresh(act, job).state, fresh(act, job).error) == ("failed", rules.GAVE_UP.id)


def test_failures_are_tried_again_with_pauses_and_end(
    act: Act, cast: Cast, serving: Services, document: Document, translator: MemoryTranslator
) -> None:
    translator.fails = [TranslatorFailed(port.DEAD, host="h", why="gone")] * 2
    job = asked(cast.delegate_member.act, document, serving)
    assert work_due(serving, act.now)
    assert not work_due(serving, act.now + timedelta(seconds=9))
    assert (fresh(act, job).error, fresh(act, job).error_facts) == (port.DEAD.id, {"host": "h", "why": "gone"})
    assert work_due(serving, act.now + timedelta(seconds=10))
    assert done(Act(act.session, act.actor, act.now + timedelta(hours=1)), serving, job).state == "done"

    translator.fails = [TranslatorFailed(port.REFUSED, is_final=True, host="h", status=400, why="no")]
    job = asked(cast.delegate_member.act, document, serving, "es")
    job = done(act, serving, job)
    assert (job.state, job.error, job.key) == ("failed", port.REFUSED.id, None)
    again = asked(cast.delegate_member.act, document, serving, "es")
    assert (again.id != job.id, done(act, serving, again).state) == (True, "done")


@pytest.mark.parametrize(
    ("lie", "rule"),
    [
        (lambda text: "", rules.EMPTY),
        (lambda text: "x" * 5_000, rules.SWOLLEN),
        (lambda text: text, rules.UNTRANSLATED),
    ],
)
def test_lie_is_not_taken(
    act: Act,
    cast: Cast,
    serving: Services,
    document: Document,
    translator: MemoryTranslator,
    monkeypatch: pytest.MonkeyPatch,
    lie: object,
    rule: Rule,
) -> None:
    assert callable(lie)
    monkeypatch.setattr(translator, "translate", lambda texts, source, target: [lie(each) for each in texts])
    job = asked(cast.delegate_member.act, document, serving, "ru")

    work_due(serving, act.now)

    assert (fresh(act, job).done, fresh(act, job).error) == (0, rule.id)


def test_markup_of_the_service_stays_words(
    act: Act,
    cast: Cast,
    serving: Services,
    document: Document,
    translator: MemoryTranslator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(translator, "translate", lambda texts, *_: ["<script>a\x00\ud800</script>\n\tb"] * len(texts))
    job = done(act, serving, asked(cast.delegate_member.act, document, serving))

    assert pieces(act, job)[1].text == "<script>a</script> b"
    assert {each["official"] for each in job.missed} == {"fibre optique monomode", "G.652"}


def test_who_asked_and_the_secretariat_stop_a_job(
    act: Act, cast: Cast, serving: Services, document: Document, translator: MemoryTranslator
) -> None:
    job = asked(cast.delegate_member.act, document, serving)
    subject = load(act, Kind.DOCUMENT, document.id or 0)
    with pytest.raises(NotAllowed):
        actions.stop(cast.chair.act, job, subject)

    actions.stop(cast.delegate_member.act, job, subject)
    act.session.commit()

    assert (done(act, serving, job).state, translator.asked) == ("cancelled", [])
    with pytest.raises(Conflict):
        actions.stop(cast.tsb.act, job, subject)


def test_so_many_a_day_and_nobody_unknown(
    act: Act, cast: Cast, serving: Services, document: Document, make: Make
) -> None:
    tight = Services(
        serving.settings.model_copy(update={"translation_per_day": 1}),
        serving.database,
        serving.blobs,
        serving.search,
        serving.mailer,
        translator=serving.translator,
    )
    asked(cast.delegate_member.act, document, tight)
    with pytest.raises(TooMany) as refused:
        asked(cast.delegate_member.act, document, tight, "es")
    assert refused.value.rule is rules.PER_DAY
    with pytest.raises(NotAllowed):
        asked(make.act_as(type(act.actor).anonymous()), document, tight, "es")


def test_who_asks_several_times_at_once_gets_no_more(
    act: Act, cast: Cast, serving: Services, document: Document
) -> None:
    practice = replace(Practice.of(serving.settings, serving.translator), per_day=1)
    actor, id = cast.delegate_member.actor, document.id or 0
    act.session.commit()

    def one(language: str) -> bool:
        with serving.database.writing() as session:
            mine = Act(session, actor, act.now)
            try:
                actions.ask(mine, load(mine, Kind.DOCUMENT, id), language, practice)
            except TooMany:
                session.rollback()
                return False
            time.sleep(0.1)
            return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(one, ("fr", "es", "ru", "ar"))) == 1


def test_nothing_is_asked_without_a_service(act: Act, cast: Cast, services: Services, document: Document) -> None:
    with pytest.raises(Invalid) as refused:
        asked(cast.delegate_member.act, document, services)

    assert refused.value.rule is rules.NO_SERVICE
    assert not work_due(services, act.now)


def test_name_says_language_and_machine() -> None:
    assert file_name("T25-SG15-C12-E", "fr", "docx") == "T25-SG15-C12-E-fr-mt.docx"


def test_two_at_once_get_one_job_and_two_workers_one_step(
    act: Act, cast: Cast, serving: Services, document: Document
) -> None:
    practice = Practice.of(serving.settings, serving.translator)
    actor, id = cast.delegate_member.actor, document.id or 0
    act.session.commit()

    def one(_: int) -> int | None:
        with serving.database.writing() as session:
            mine = Act(session, actor, act.now)
            return actions.ask(mine, load(mine, Kind.DOCUMENT, id), "fr", practice).id

    def take(_: int) -> int | None:
        with serving.database.writing() as session:
            job = actions.claim(Act(session, Actor.clock(), act.now), timedelta(minutes=1))
            return job.id if job else None

    with ThreadPoolExecutor(4) as threads:
        jobs = set(threads.map(one, range(4)))
        taken = [each for each in threads.map(take, range(4)) if each is not None]

    assert len(jobs) == 1
    assert taken == list(jobs)
