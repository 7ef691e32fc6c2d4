"""Dispositions, decisions and action items: who may, what they bind, what is refused."""

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.documents.models import Document, Lineage
from sgdocs.documents.rules import Status
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings import queries, rules
from sgdocs.proceedings.actions import decisions, dispositions
from sgdocs.proceedings.models import Decision, Disposition
from sgdocs.proceedings.rules import DecisionKind, Outcome
from sgdocs.proceedings.schemas import ActionForm, DecisionForm, DispositionForm
from tests.cast import Cast
from tests.documents.papers import file
from tests.make import Make
from tests.proceedings.places import brought, everything, study_group_meeting


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return study_group_meeting(cast)


def disposed(act: Act, meeting: Meeting, cast: Cast, document: Document, outcome: str, **facts: object) -> Disposition:
    form = DispositionForm.model_validate({"document": document.name, "outcome": outcome} | facts)
    return dispositions.dispose(act, meeting, cast.q2, document, form)


def lineage(make: Make) -> list[tuple[int, str, int]]:
    return [(row.document_id, row.kind, row.other_id) for row in everything(make, Lineage)]


def test_disposition_binds_the_original_of_what_was_discussed(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2, files=("", "R1"))

    row = disposed(cast.rapporteur.act, meeting, cast, document, "agreed")
    assert (row.outcome, row.version_part, row.sha256) == ("agreed", "R1", "01R1".ljust(64, "0"))

    again = disposed(cast.rapporteur.act, meeting, cast, document, "noted", part="")
    assert (again.id, again.outcome, again.version_part, again.sha256) == (row.id, "noted", "", "01R0".ljust(64, "0"))
    told = make.session.exec(select(Entry).where(Entry.verb == "dispositions.entered").order_by(Entry.id)).all()  # type: ignore[arg-type]
    assert [(e.facts["was"], e.facts["outcome"]) for e in told] == [("", "agreed"), ("agreed", "noted")]
    with pytest.raises(Invalid) as refused:
        disposed(cast.rapporteur.act, meeting, cast, document, "noted", part="R7")
    assert refused.value.rule is rules.NO_VERSION


def test_journal_names_another_document_to_its_readers_only(make: Make, cast: Cast, meeting: Meeting) -> None:
    one = brought(make, meeting, 1, cast.q2)
    narrow = brought(make, meeting, 2, cast.q2, audience="secretariat")

    disposed(cast.tsb.act, meeting, cast, one, "merged-into", other=narrow.name)
    disposed(cast.tsb.act, meeting, cast, one, "merged-into", other=brought(make, meeting, 3, cast.q2).name)

    held = select(Entry).where(Entry.verb == "dispositions.entered").order_by(Entry.id)  # type: ignore[arg-type]
    assert [entry.facts["other"] for entry in make.session.exec(held)] == ["", "T25-SG13-C3"]


def test_first_file_in_the_language_of_the_document_is_bound(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2, files=())
    file(make, document, name="a.docx", language="fr", sha256="f" * 64)
    file(make, document, name="b.docx", language="en", position=2, sha256="e" * 64, stamped_sha256="5" * 64)

    assert disposed(cast.rapporteur.act, meeting, cast, document, "agreed").sha256 == "e" * 64


def test_revised_and_merged_make_the_lineage_and_a_change_takes_it_back(
    make: Make, cast: Cast, meeting: Meeting
) -> None:
    one, two, three = (brought(make, meeting, n, cast.q2) for n in (1, 2, 3))

    disposed(cast.rapporteur.act, meeting, cast, one, "revised-to", other=two.name)
    assert lineage(make) == [(two.id, "revision-of", one.id)]

    disposed(cast.rapporteur.act, meeting, cast, one, "merged-into", other=three.name)
    assert lineage(make) == [(one.id, "merged-into", three.id)]
    disposed(cast.rapporteur.act, meeting, cast, one, "merged-into", other=three.name)
    assert lineage(make) == [(one.id, "merged-into", three.id)]

    disposed(cast.rapporteur.act, meeting, cast, one, "noted")
    assert lineage(make) == []


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"outcome": "revised-to"}, rules.OTHER_MISSING),
        ({"outcome": "merged-into", "other": "T25-SG13-C1"}, rules.ITSELF),
    ],
)
def test_other_document_is_needed(
    make: Make, cast: Cast, meeting: Meeting, facts: dict[str, str], rule: object
) -> None:
    document = brought(make, meeting, 1, cast.q2)

    with pytest.raises(Invalid) as refused:
        disposed(cast.rapporteur.act, meeting, cast, document, **facts)
    assert refused.value.rule is rule


def test_other_document_must_be_readable(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2)
    secret = brought(make, meeting, 2, cast.q2, audience="secretariat")

    with pytest.raises(NotFound):
        disposed(cast.rapporteur.act, meeting, cast, document, "merged-into", other=secret.name)


def test_text_without_a_file_cannot_be_agreed(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2, files=())

    with pytest.raises(Invalid) as refused:
        disposed(cast.rapporteur.act, meeting, cast, document, "agreed")
    assert refused.value.rule is rules.NO_TEXT
    assert disposed(cast.rapporteur.act, meeting, cast, document, "not-presented").sha256 == ""


def test_withdrawing_is_for_the_owner_and_the_office(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2)

    with pytest.raises(NotAllowed):
        disposed(cast.rapporteur.act, meeting, cast, document, "withdrawn")
    disposed(cast.tsb.act, meeting, cast, document, "withdrawn", note="Asked for by its source")

    assert (document.status, document.withdrawn_reason) == (Status.WITHDRAWN, "Asked for by its source")
    with pytest.raises(Invalid) as refused:
        disposed(cast.rapporteur.act, meeting, cast, document, "noted")
    assert refused.value.rule is rules.NO_MOVE


def test_document_of_another_meeting_is_refused(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2)
    document.meeting_id = None

    with pytest.raises(Invalid) as refused:
        disposed(cast.rapporteur.act, meeting, cast, document, "noted")
    assert refused.value.rule is rules.NOT_HERE


@pytest.mark.parametrize("name", ["editor", "delegate_member", "outsider", "delegate_state"])
def test_others_record_nothing(make: Make, cast: Cast, meeting: Meeting, name: str) -> None:
    document = brought(make, meeting, 1, cast.q2, audience="public")
    act = getattr(cast, name).act

    with pytest.raises(NotAllowed):
        disposed(act, meeting, cast, document, "noted")
    with pytest.raises(NotAllowed):
        decisions.decide(act, meeting, cast.q2, DecisionForm(text="Mine"))
    with pytest.raises(NotAllowed):
        decisions.assign(act, meeting, cast.q2, ActionForm(text="Yours"))


def test_dispositions_are_read_with_their_documents(make: Make, cast: Cast, meeting: Meeting) -> None:
    open_one, secret = brought(make, meeting, 1, cast.q2), brought(make, meeting, 2, cast.q2, audience="secretariat")
    for document in (open_one, secret):
        disposed(cast.tsb.act, meeting, cast, document, "noted")

    seen = {
        name: [row.document.number for row in queries.dispositions(getattr(cast, name).act, meeting)]
        for name in ("outsider", "delegate_member", "tsb")
    }

    assert seen == {"outsider": [], "delegate_member": [1], "tsb": [1, 2]}


def test_decisions_are_numbered_by_group_and_bind_the_original(make: Make, cast: Cast, meeting: Meeting) -> None:
    document = brought(make, meeting, 1, cast.q2)
    form = DecisionForm(text="To consent Y.slice", kind=DecisionKind.CONSENTED, document=document.name)

    one = decisions.decide(cast.rapporteur.act, meeting, cast.q2, form)
    two = decisions.decide(cast.rapporteur.act, meeting, cast.q2, DecisionForm(text="Second"))
    plenary = decisions.decide(cast.chair.act, meeting, cast.sg13, DecisionForm(text="First of the plenary"))

    assert [one.number, two.number, plenary.number] == [1, 2, 1]
    assert one.document_sha256 == "01R0".ljust(64, "0")


def test_decision_is_withdrawn_and_its_number_stays(make: Make, cast: Cast, meeting: Meeting) -> None:
    act = cast.rapporteur.act
    one = decisions.decide(act, meeting, cast.q2, DecisionForm(text="To meet in May"))

    with pytest.raises(Invalid):
        decisions.withdraw_decision(act, meeting, cast.q2, one, "")
    decisions.withdraw_decision(act, meeting, cast.q2, one, "The hall is taken")

    assert decisions.decide(act, meeting, cast.q2, DecisionForm(text="To meet in June")).number == 2
    with pytest.raises(Conflict) as refused:
        decisions.correct_decision(act, meeting, cast.q2, one, DecisionForm(text="Changed"))
    assert refused.value.rule is rules.WITHDRAWN
    assert [row.decision.text for row in queries.decisions(act, meeting)] == ["To meet in May", "To meet in June"]


def test_who_reads_no_papers_reads_no_decisions(cast: Cast, meeting: Meeting) -> None:
    decisions.decide(cast.rapporteur.act, meeting, cast.q2, DecisionForm(text="Ours"))

    for act in (cast.outsider.act, cast.make.act_as(cast.outsider.actor.anonymous())):
        with pytest.raises(NotFound):
            queries.decisions(act, meeting)
        with pytest.raises(NotFound):
            queries.action_items(act, meeting)


def test_many_decisions_at_once_get_their_own_numbers(
    make: Make, cast: Cast, meeting: Meeting, database: Database
) -> None:
    actor, group, id = cast.tsb.actor, cast.q2, meeting.id
    make.session.commit()
    gate, failed = Barrier(6), []

    def decide(n: int) -> None:
        try:
            gate.wait()
            with database.writing() as session:
                act = Act(session, actor, make.act.now)
                decisions.decide(act, session.get_one(Meeting, id), group, DecisionForm(text=f"Decision {n}"))
        except Exception as error:  # told below
            failed.append(error)

    threads = [Thread(target=decide, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert sorted(row.number for row in everything(make, Decision)) == [1, 2, 3, 4, 5, 6]


def test_action_items_are_done_by_their_owner(cast: Cast, meeting: Meeting) -> None:
    owner = cast.delegate_member
    form = ActionForm(text="Write clause 6", owner=owner.person.email or "", due_on=date(2026, 5, 1))
    row = decisions.assign(cast.rapporteur.act, meeting, cast.q2, form)

    with pytest.raises(NotAllowed):
        decisions.complete(cast.delegate_state.act, meeting, cast.q2, row)
    decisions.complete(owner.act, meeting, cast.q2, row)
    with pytest.raises(Conflict) as refused:
        decisions.complete(owner.act, meeting, cast.q2, row)
    assert refused.value.rule is rules.DONE
    assert decisions.reopen(cast.rapporteur.act, meeting, cast.q2, row).done_at is None

    (found,) = queries.action_items(cast.delegate_state.act, meeting)
    assert (found.owner, found.action.number, found.action.due_on) == (owner.person.name, 1, date(2026, 5, 1))


def test_owner_in_words_stays_in_words(cast: Cast, meeting: Meeting) -> None:
    row = decisions.assign(cast.rapporteur.act, meeting, cast.q2, ActionForm(text="Ask", owner="Editors of Y.slice"))

    assert (row.owner, row.owner_id) == ("Editors of Y.slice", None)


def test_keys_name_every_outcome_once() -> None:
    assert sorted(rules.KEYS.values()) == sorted(Outcome)
    assert sorted(rules.ENGLISH) == sorted(Outcome)
