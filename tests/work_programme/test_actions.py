"""Proposal, registration, change, moves and end of work items: who may, what is written, what is refused."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.groups.models import Continuation, Succession
from sgdocs.journal.models import Entry, PersonalFacts
from sgdocs.recommendations.models import Family, Text
from sgdocs.work_programme import actions, completeness, queries, rules
from sgdocs.work_programme.actions._writing import narrowest
from sgdocs.work_programme.models import ItemStep, WorkItem
from sgdocs.work_programme.rules import ItemProcess, ItemStatus, PaperRole
from sgdocs.work_programme.schemas import EditForm, SupportForm
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.make import Make
from tests.work_programme.items import form, meeting, proposed, registered

S = ItemStatus


def told(make: Make, verb: str) -> list[Entry]:
    return list(make.session.exec(select(Entry).where(Entry.verb == verb).order_by(col(Entry.id))))


def steps(act: Act, item: WorkItem) -> list[tuple[str, str, str]]:
    return [
        (row.step.from_status, row.step.status, row.meeting.code if row.meeting else "")
        for row in queries.steps_of(act, item)
    ]


# Proposing and registering


def test_proposal_waits_and_is_registered_by_the_meeting(make: Make, cast: Cast) -> None:
    item = proposed(cast)
    held = meeting(make)

    assert (item.status, item.number, item.timing_on) == (S.PENDING, 1, date(2027, 6, 30))
    actions.register(cast.chair.act, item, held, reason="Agreed in plenary")

    assert (item.status, item.registered_meeting_id, item.status_on) == (S.UNDER_STUDY, held.id, date(2026, 3, 2))
    assert steps(make.act, item) == [("", S.PENDING, ""), (S.PENDING, S.UNDER_STUDY, held.code)]
    assert [row.name for row in queries.editors_of(make.session, item)] == ["Edwin Blotter"]
    assert [row.name for row in queries.supporters_of(make.session, item)] == [
        "Aland",
        "Borduria",
        "Cagliostro",
        "Drachenfels",
    ]
    assert [row.base.note for row in queries.bases_of(make.act, item)] == ["Chapter 3 of the report"]


def test_names_of_editors_stand_apart_in_the_journal(make: Make, cast: Cast) -> None:
    proposed(cast)

    entry = told(make, "work.proposed")[0]
    assert "Blotter" not in str(entry.facts)
    kept = make.session.exec(select(PersonalFacts).where(PersonalFacts.entry_id == entry.id)).one()
    assert kept.facts == {"editors": ["Edwin Blotter"]}


@pytest.mark.parametrize("who", ["outsider", "guest"])
def test_stranger_proposes_nothing(cast: Cast, who: str) -> None:
    assert cast.q2

    with pytest.raises(NotAllowed):
        actions.propose(getattr(cast, who).act, form())


@pytest.mark.parametrize("who", ["rapporteur", "editor", "delegate_member", "delegate_associate"])
def test_only_who_decides_registers(make: Make, cast: Cast, who: str) -> None:
    item, held = proposed(cast), meeting(make)

    with pytest.raises(NotAllowed):
        actions.register(getattr(cast, who).act, item, held)


def test_registration_is_a_decision_of_a_body_that_decides(make: Make, cast: Cast) -> None:
    item = proposed(cast)
    rgm = meeting(make, date(2026, 3, 1), "T/SG13/T25/Q2", kind="rapporteur-group", code="T25-SG13-Q2-260301")
    other = meeting(make, date(2026, 3, 1), "T/SG15")
    later = meeting(make, date(2026, 7, 6))
    refusals = []

    for held in (None, rgm, other, later):
        with pytest.raises(Invalid) as refused:
            actions.register(cast.chair.act, item, held)
        refusals.append(refused.value.rule)

    assert refusals == [rules.MINUTED, rules.BODY, rules.NOT_OF_GROUP, rules.NOT_BEGUN]
    wp = meeting(make, date(2026, 3, 2), "T/SG13/T25/WP1", kind="working-party")
    assert actions.register(cast.wp_chair.act, item, wp).status == S.UNDER_STUDY


def test_incomplete_form_is_refused_and_later_too(make: Make, cast: Cast) -> None:
    assert cast.q2
    with pytest.raises(Invalid) as refused:
        actions.propose(cast.rapporteur.act, form(scope="", relations=""))
    assert (refused.value.rule, refused.value.field) == (completeness.INCOMPLETE, "scope")
    assert refused.value.facts["missing"] == "scope, relations"

    item = proposed(cast)
    actions.edit(cast.rapporteur.act, item, EditForm(summary=""))
    with pytest.raises(Conflict) as later:
        actions.register(cast.chair.act, item, meeting(make))
    assert later.value.rule is completeness.INCOMPLETE


def test_too_few_supporters_want_a_word(cast: Cast) -> None:
    assert cast.q2
    few = {"supporters": [{"name": "Aland"}]}

    with pytest.raises(Conflict) as refused:
        actions.propose(cast.rapporteur.act, form(**few))
    assert refused.value.rule is completeness.FEW
    assert [each.rule for each in actions.warnings(cast.rapporteur.act, form(**few))] == [completeness.FEW]

    assert actions.propose(cast.rapporteur.act, form(**few, accept=True)).status == S.PENDING


@pytest.mark.parametrize(
    ("facts", "rule", "field"),
    [
        ({"process": "agreement"}, rules.PROCESS, "process"),
        ({"acronym": "4711-x"}, rules.NAME, "acronym"),
        ({"question": "T/SG13"}, rules.NO_QUESTION, "question"),
        ({"group": "T/SG15"}, rules.NO_QUESTION, "question"),
        ({"origin": "T/SG13"}, rules.NOT_GROUP, "origin"),
    ],
)
def test_field_that_will_not_do_is_named(cast: Cast, facts: dict[str, Any], rule: object, field: str) -> None:
    cast.summon("q2", "sg15")

    with pytest.raises(Invalid) as refused:
        actions.propose(cast.rapporteur.act, form(**facts))

    assert (refused.value.rule, refused.value.field) == (rule, field)


@pytest.mark.parametrize(("field", "words"), [("timing", "soon"), ("text", "G.99999"), ("question", "Q77/13")])
def test_words_that_mean_nothing_are_refused(cast: Cast, field: str, words: str) -> None:
    assert cast.q2

    with pytest.raises(Invalid) as refused:
        actions.propose(cast.rapporteur.act, form(**{field: words}))

    assert refused.value.field == field


def test_name_is_that_of_one_item_at_work(make: Make, cast: Cast) -> None:
    item = registered(cast)

    with pytest.raises(Conflict) as refused:
        registered(cast, acronym="y.SLICE")
    assert (refused.value.rule, refused.value.facts["number"]) == (rules.NAME_TAKEN, item.number)

    actions.discontinue(cast.chair.act, item, meeting(make), "No interest")
    assert registered(cast).number > item.number


def test_items_of_itu_r_need_no_form_of_annex_a(make: Make, cast: Cast) -> None:
    make.group("R/WP5D")

    item = actions.enter(
        cast.br.act,
        form(question="", group="R/WP5D", acronym="M.[IMT.TAG]", process="", supporters=[], stage="wd"),
        None,
    )

    assert (item.sector, item.process, item.stage, item.status) == ("R", "adoption", "wd", S.UNDER_STUDY)
    assert queries.find(make.act, "m.[imt.tag]") == item


def test_deliverable_of_a_focus_group_keeps_its_origin(make: Make, cast: Cast) -> None:
    group = make.group("T/FG-X", parent=cast.sg13)
    document = paper(make, 7, title="Deliverable of FG-X")

    item = registered(cast, origin="T/FG-X", origin_document=document.name)

    assert (item.origin_group_id, item.origin_document_id) == (group.id, document.id)
    assert [row.document.id for row in queries.papers_of(cast.tsb.act, item)] == [document.id]


def test_deleted_item_is_registered_anew_as_another_record(make: Make, cast: Cast) -> None:
    item, held = registered(cast), meeting(make)
    with pytest.raises(Conflict) as refused:
        actions.reregister(cast.chair.act, item, held)
    assert refused.value.rule is rules.DELETED_ONLY

    actions.discontinue(cast.chair.act, item, held, "No interest")
    again = actions.reregister(cast.chair.act, item, held, reason="Interest again")

    assert (again.number, again.continues_id, again.status, again.title) == (2, item.id, S.UNDER_STUDY, item.title)
    assert (item.status, queries.find(make.act, "Y.slice")) == (S.DELETED, again)
    assert [row.name for row in queries.editors_of(make.session, again)] == ["Edwin Blotter"]


# Changing


def test_former_name_stays_findable(make: Make, cast: Cast) -> None:
    item = registered(cast)

    actions.edit(cast.rapporteur.act, item, EditForm(acronym="Y.3199"))
    actions.edit(cast.rapporteur.act, item, EditForm(acronym="Y.slice2"))

    assert item.former_names == ["Y.3199", "Y.slice"]
    for name in ("Y.slice", "y.3199", "Y.SLICE2", "1", "1-whatever"):
        assert queries.find(make.act, name) == item
    changed = told(make, "work.edited")[0].facts["changed"]
    assert changed == {"acronym": {"was": "Y.slice", "now": "Y.3199"}}


def test_name_taken_back_is_no_former_one(cast: Cast) -> None:
    item = registered(cast)

    for name in ("Y.other", "Y.slice"):
        actions.edit(cast.rapporteur.act, item, EditForm(acronym=name))

    assert (item.acronym, item.former_names) == ("Y.slice", ["Y.other"])


def test_change_says_what_stood_before(make: Make, cast: Cast) -> None:
    item = registered(cast)

    actions.edit(cast.editor.act, item, EditForm(timing="2028", priority=rules.Priority.HIGH))
    actions.edit(cast.editor.act, item, EditForm(timing="2028"))

    entries = told(make, "work.edited")
    assert [each.facts["changed"] for each in entries] == [
        {"timing": {"was": "2027-Q2", "now": "2028"}, "priority": {"was": "", "now": "high"}}
    ]


def test_editor_named_on_the_item_edits_it_and_no_other(cast: Cast) -> None:
    who = cast.delegate_academia
    item = registered(cast, editors=[{"email": who.person.email}])
    other = registered(cast, acronym="Y.other")

    actions.edit(who.act, item, EditForm(comment="mine"))

    assert item.comment == "mine"
    with pytest.raises(NotAllowed):
        actions.edit(who.act, other, EditForm(comment="not mine"))
    with pytest.raises(NotAllowed):
        actions.discontinue(who.act, item, None, "why not")


def test_proposer_edits_while_it_is_pending(make: Make, cast: Cast) -> None:
    assert cast.q2
    item = actions.propose(cast.delegate_member.act, form())

    actions.edit(cast.delegate_member.act, item, EditForm(comment="x"))
    actions.register(cast.chair.act, item, meeting(make))

    with pytest.raises(NotAllowed):
        actions.edit(cast.delegate_member.act, item, EditForm(comment="y"))


def test_item_that_has_ended_is_corrected_by_the_office_alone(make: Make, cast: Cast) -> None:
    item = registered(cast)
    actions.discontinue(cast.chair.act, item, meeting(make), "No interest")

    with pytest.raises(Conflict) as refused:
        actions.edit(cast.rapporteur.act, item, EditForm(title="Other"))
    assert refused.value.rule is rules.ENDED_ITEM

    assert actions.edit(cast.tsb.act, item, EditForm(title="Other")).title == "Other"


def test_other_kind_goes_by_a_process_that_fits(cast: Cast) -> None:
    item = registered(cast)

    actions.edit(cast.rapporteur.act, item, EditForm(kind=rules.ItemKind.SUPPLEMENT))

    assert (item.kind, item.process) == ("supplement", "agreement")


# Status


def test_status_moves_by_the_table_and_keeps_its_steps(make: Make, cast: Cast) -> None:
    item, held = registered(cast), meeting(make)

    actions.set_status(cast.chair.act, item, S.CONSENTED, date(2026, 3, 2), held)
    actions.set_status(cast.chair.act, item, S.DETERMINED, date(2026, 3, 3), held, reason="asked for by a Member State")

    assert (item.status, item.process, item.status_on) == (S.DETERMINED, "tap", date(2026, 3, 3))
    assert [step[:2] for step in steps(make.act, item)][1:] == [
        (S.UNDER_STUDY, S.CONSENTED),
        (S.CONSENTED, S.DETERMINED),
    ]
    assert [each.facts["clause"] for each in told(make, "work.status-changed")] == [
        "Rec. ITU-T A.8 (10/2008) 3.1",
        "Rec. ITU-T A.8 (10/2008) 5.2",
    ]
    with pytest.raises(Conflict) as refused:
        actions.set_status(cast.chair.act, item, S.CONSENTED)
    assert refused.value.rule is rules.TRANSITION


def test_what_is_consented_is_not_discontinued(make: Make, cast: Cast) -> None:
    item, held = registered(cast), meeting(make)
    actions.set_status(cast.chair.act, item, S.CONSENTED, None, held)

    with pytest.raises(Conflict) as refused:
        actions.discontinue(cast.chair.act, item, held, "No interest")

    assert refused.value.rule is rules.TRANSITION


def test_completed_item_is_found_by_its_number(make: Make, cast: Cast) -> None:
    item = registered(cast)
    family = make.add(
        Family(key="T/Y.3199", space="rec", sector="T", kind="recommendation", series="Y", number="Y.3199",
               address="/rec/T/Y.3199", sort_key="Y.3199", changed_at=make.act.now)
    )  # fmt: skip
    text = make.add(
        Text(family_id=family.id, kind="recommendation", identifier="ITU-T Y.3199 (03/2026)", numbers=["Y.3199"],
             address="/rec/T/Y.3199/2026-03", sort_key="1", changed_at=make.act.now)
    )  # fmt: skip
    actions.set_status(cast.chair.act, item, S.CONSENTED)

    actions.complete(cast.tsb.act, item, text, date(2026, 3, 1))

    assert (item.status, item.identifier, item.approved_text_id, item.status_on) == (
        S.APPROVED,
        "Y.3199",
        text.id,
        date(2026, 3, 1),
    )
    assert (queries.find(make.act, "Y.3199"), queries.find(make.act, "Y.slice")) == (item, item)


def test_discontinuing_needs_a_reason_that_is_minuted(make: Make, cast: Cast) -> None:
    item, held = registered(cast), meeting(make)

    for reason, where, rule in (("", held, rules.REASON), ("No interest", None, rules.MINUTED)):
        with pytest.raises(Invalid) as refused:
            actions.discontinue(cast.chair.act, item, where, reason)
        assert refused.value.rule is rule
    actions.discontinue(cast.chair.act, item, held, "No interest")

    assert (item.status, item.status_reason) == (S.DELETED, "No interest")
    assert told(make, "work.discontinued")[0].facts["reason"] == "No interest"


def test_item_is_merged_into_one_at_work(make: Make, cast: Cast) -> None:
    item, into, held = registered(cast), registered(cast, acronym="Y.other"), meeting(make)
    with pytest.raises(Conflict) as refused:
        actions.merge(cast.chair.act, item, item, held)
    assert refused.value.rule is rules.MERGE_TARGET

    actions.merge(cast.chair.act, item, into, held)

    assert (item.status, item.merged_into_id) == (S.MERGED, into.id)
    with pytest.raises(Conflict):
        actions.merge(cast.chair.act, into, item, held)


def test_process_changes_while_under_study(make: Make, cast: Cast) -> None:
    item, held = registered(cast), meeting(make)

    actions.change_process(cast.chair.act, item, ItemProcess.TAP, held, "Policy implications")

    assert item.process == "tap"
    with pytest.raises(Invalid) as refused:
        actions.change_process(cast.chair.act, item, ItemProcess.AGREEMENT, held)
    assert refused.value.rule is rules.PROCESS
    actions.set_status(cast.chair.act, item, S.DETERMINED)
    with pytest.raises(Conflict) as late:
        actions.change_process(cast.chair.act, item, ItemProcess.AAP, held)
    assert late.value.rule is rules.PROCESS_LATE


# Texts and papers


def test_base_text_moves_with_each_output_and_binds_the_version(make: Make, cast: Cast) -> None:
    item, document = registered(cast), paper(make, 1)
    file(make, document, sha256="a" * 64)
    file(make, document, "R1", sha256="b" * 64)

    actions.set_base(cast.rapporteur.act, item, document, "")
    actions.set_base(cast.rapporteur.act, item, document, None, meeting(make))

    assert (item.base_document_id, item.base_part, item.base_sha256) == (document.id, "R1", "b" * 64)
    assert [(row.base.part, row.base.sha256[:1]) for row in queries.bases_of(cast.tsb.act, item)] == [
        ("R1", "b"),
        ("", "a"),
        ("", ""),
    ]
    with pytest.raises(Conflict) as refused:
        actions.set_base(cast.rapporteur.act, item, document)
    assert refused.value.rule is rules.SAME


def test_base_text_that_may_not_be_read_is_not_named(make: Make, cast: Cast) -> None:
    item, document = registered(cast), paper(make, 1, title="Narrow words", audience="secretariat")
    actions.set_base(cast.tsb.act, item, document, note="Merged with the confidential annex")

    page = queries.listing(cast.outsider.act, queries.ItemFilter(base="narrow"))
    assert queries.listing(cast.outsider.act, queries.ItemFilter(base="confidential")).total == 0
    assert queries.listing(cast.tsb.act, queries.ItemFilter(base="confidential")).total == 1
    row = queries.listing(cast.outsider.act, queries.ItemFilter()).rows[0]

    assert (page.total, row.base, row.base_name) == (0, "", "")
    assert queries.bases_of(cast.outsider.act, item)[0].document is None
    entries = [each.verb for each in queries.history_of(cast.outsider.act, item)]
    assert entries == ["work.registered"]
    assert queries.listing(cast.tsb.act, queries.ItemFilter(base="narrow")).total == 1


def test_paper_that_a_person_took_out_comes_back_by_a_person_alone(make: Make, cast: Cast) -> None:
    item, document = registered(cast), paper(make, 1)
    by_sign = {"because": "Y.slice stands in the title"}

    for _ in range(2):
        actions.attach(cast.tsb.act, item, document, **by_sign)
    assert len(told(make, "work.paper-added")) == 1
    actions.detach(cast.rapporteur.act, item, document, PaperRole.CONTRIBUTION)
    actions.attach(cast.tsb.act, item, document, **by_sign)
    assert queries.papers_of(cast.tsb.act, item) == []
    with pytest.raises(Conflict):
        actions.detach(cast.rapporteur.act, item, document, PaperRole.CONTRIBUTION)

    actions.attach(cast.rapporteur.act, item, document)

    assert [row.paper.by_hand for row in queries.papers_of(cast.tsb.act, item)] == [True]
    assert queries.for_document(make.act, document) == [item]


def test_ipr_question_is_minuted_at_a_meeting(make: Make, cast: Cast) -> None:
    item, held = registered(cast), meeting(make)

    actions.ask_ipr(cast.rapporteur.act, item, held, "Nobody knew of any")

    assert (item.ipr_asked_meeting_id, item.ipr_note) == (held.id, "Nobody knew of any")
    with pytest.raises(Invalid) as refused:
        actions.ask_ipr(cast.rapporteur.act, item, meeting(make, date(2026, 9, 7)))
    assert refused.value.rule is rules.NOT_BEGUN


# Support and dependencies


def test_delegate_supports_for_its_own_entity(make: Make, cast: Cast) -> None:
    item = registered(cast, supporters=[{"name": cast.company.name}], accept=True)

    row = actions.support(cast.delegate_member.act, item, SupportForm(name=cast.company.name))

    assert (row.confirmed_by, row.organisation_id) == (cast.delegate_member.person.id, cast.company.id)
    assert len(queries.supporters_of(make.session, item)) == 1
    with pytest.raises(NotAllowed) as refused:
        actions.support(cast.delegate_member.act, item, SupportForm(name=cast.university.name))
    assert refused.value.rule is rules.SUPPORT_OWN
    assert actions.support(cast.tsb.act, item, SupportForm(name=cast.university.name)).confirmed_by is None


def test_support_is_withdrawn(make: Make, cast: Cast) -> None:
    item = registered(cast)
    actions.support(cast.delegate_member.act, item, SupportForm(name=cast.company.name))

    actions.withdraw_support(cast.delegate_member.act, item, SupportForm(name=cast.company.name))

    assert cast.company.name not in {row.name for row in queries.supporters_of(make.session, item)}
    with pytest.raises(Conflict):
        actions.withdraw_support(cast.delegate_member.act, item, SupportForm(name=cast.company.name))


def test_what_an_entity_confirmed_no_officer_takes_back(make: Make, cast: Cast) -> None:
    item = registered(cast)
    own = SupportForm(name=cast.company.name)
    actions.support(cast.delegate_member.act, item, own)
    actions.support(cast.editor.act, item, SupportForm(name="Elbonia"))

    actions.withdraw_support(cast.editor.act, item, SupportForm(name="Elbonia"))
    with pytest.raises(NotAllowed) as refused:
        actions.withdraw_support(cast.editor.act, item, own)

    assert refused.value.rule is rules.SUPPORT_OWN
    actions.withdraw_support(cast.tsb.act, item, own)


@pytest.mark.parametrize(
    ("labels", "left"),
    [
        (("public", "public"), "public"),
        (("public", "T"), "T"),
        (("T/SG13", "T"), "T/SG13"),
        (("T/SG13", "person:7"), "person:7"),
        (("T", "secretariat"), "secretariat"),
    ],
)
def test_entry_on_two_things_is_for_those_who_read_both(labels: tuple[str, ...], left: str) -> None:
    assert narrowest(*labels) == narrowest(*reversed(labels)) == left


def test_item_waits_until_the_other_one_is_there(make: Make, cast: Cast) -> None:
    item, other, held = registered(cast), registered(cast, acronym="Y.other"), meeting(make)
    actions.depend(cast.rapporteur.act, item, other)
    words = actions.depend(cast.rapporteur.act, item, None, words="3GPP TS 23.501")
    assert words.id

    actions.discontinue(cast.chair.act, other, held, "Done elsewhere")
    actions.release(cast.rapporteur.act, item, words.id)

    assert [row.is_open for row in queries.dependencies_of(make.act, item)] == [False, False]
    assert [row.item for row in queries.waiting_for(make.act, other)] == [item]
    with pytest.raises(Conflict):
        actions.release(cast.rapporteur.act, item, words.id)
    with pytest.raises(NotFound):
        actions.release(cast.rapporteur.act, other, words.id)


def test_journal_names_a_hidden_item_to_its_readers_only(make: Make, cast: Cast) -> None:
    item, hidden = registered(cast), registered(cast, acronym="Y.hidden")
    hidden.audience = "secretariat"

    row = actions.depend(cast.tsb.act, item, hidden)
    actions.release(cast.tsb.act, item, row.id or 0)

    for who, seen in ((cast.outsider, []), (cast.tsb, ["work.dependency-released", "work.dependency-added"])):
        found = [each.verb for each in queries.history_of(who.act, item) if "dependency" in each.verb]
        assert found == seen
    assert queries.dependencies_of(cast.outsider.act, item) == []


def test_items_do_not_wait_in_a_ring(cast: Cast) -> None:
    one, two, three = (registered(cast, acronym=name) for name in ("Y.one", "Y.two", "Y.three"))
    act = cast.rapporteur.act
    actions.depend(act, one, two)
    actions.depend(act, two, three)

    for item, on in ((three, one), (one, one), (two, one)):
        with pytest.raises(Conflict) as refused:
            actions.depend(act, item, on)
        assert refused.value.rule is rules.LOOP


# Moves


def test_item_moves_to_another_question_and_keeps_its_number(make: Make, cast: Cast) -> None:
    item = registered(cast)
    there = make.group("T/SG13/T25/Q3", title="Clouds")
    before = (item.number, item.registered_at, item.period_id)

    actions.move(cast.chair.act, item, question="Q3/13", reason="Fits better")

    assert (item.number, item.registered_at, item.period_id) == before
    assert item.question_id == there.id
    assert [(each.facts["was"], each.facts["place"]) for each in told(make, "work.moved")] == [
        ("T/SG13/T25/Q2", "T/SG13/T25/Q3")
    ]
    with pytest.raises(Conflict):
        actions.move(cast.chair.act, item, question="Q3/13")


def test_move_to_another_group_needs_both(make: Make, cast: Cast) -> None:
    item = registered(cast)
    make.group("T/SG15/T25/Q2", title="Fibres")

    with pytest.raises(NotAllowed):
        actions.move(cast.chair.act, item, question="T/SG15/T25/Q2")
    with pytest.raises(NotAllowed):
        actions.move(cast.rapporteur.act, item, group="T/SG13")

    actions.move(cast.tsb.act, item, question="T/SG15/T25/Q2")
    assert queries.group_of(make.session, item).path == "T/SG15"


def test_open_items_go_on_in_a_new_period_under_the_question_that_continues(make: Make, cast: Cast) -> None:
    old, lone = make.group("T/SG16/T22/Q6", title="Coding"), make.group("T/SG16/T22/Q9", title="Alone")
    new, part = make.group("T/SG21/T25/Q4", title="Coding"), make.group("T/SG21/T25/Q5", title="Other")
    sg16, sg21 = make.group("T/SG16"), make.group("T/SG21")
    make.add(Succession(from_id=sg16.id or 0, to_id=sg21.id or 0, on=date(2025, 1, 1)))
    make.add(Continuation(question_id=new.id or 0, continues_id=old.id or 0))
    going, held_up = registered(cast, question=old.path), registered(cast, question=lone.path, acronym="H.lone")
    done = registered(cast, question=old.path, acronym="H.done")
    actions.discontinue(cast.tsb.act, done, None, "Over")
    period = make.period("T25")

    first = actions.move_all(cast.tsb.act, period)
    again = actions.move_all(cast.tsb.act, period)
    last = actions.move_all(cast.tsb.act, period, choices={held_up.number: part.path})

    assert ([each.acronym for each in first.items], [each.item.acronym for each in first.left]) == (
        ["Y.slice"],
        ["H.lone"],
    )
    assert [each.path for each in first.left[0].may_be] == [new.path, part.path]
    assert (list(again.items), [each.acronym for each in last.items]) == ([], ["H.lone"])
    assert (going.group_id, going.question_id, going.issued_from_id) == (sg21.id, new.id, make.period("T22").id)
    assert done.question_id == old.id
    row = next(each for each in queries.listing(make.act, queries.ItemFilter(acronym="slice")).rows)
    assert (row.period, row.issued_from) == ("T25", "T22")


def test_chair_moves_no_period(make: Make, cast: Cast) -> None:
    registered(cast)

    with pytest.raises(NotAllowed):
        actions.move_all(cast.chair.act, make.period("T25"))


# At the same moment


def _together(database: Database, act: Act, many: int, do: Any) -> list[object]:
    """The same in so many threads, each in a transaction of its own; what each gave or was refused with."""
    start, found = Barrier(many), []

    def one(n: int) -> None:
        start.wait()
        try:
            with database.writing() as session:
                found.append(do(Act(session, act.actor, act.now), n))
        except Refused as refused:
            found.append(refused.rule)

    threads = [Thread(target=one, args=(n,)) for n in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_numbers_are_given_once_to_many_at_once(make: Make, cast: Cast, database: Database) -> None:
    assert cast.q2
    act = cast.tsb.act
    make.session.commit()

    found = _together(database, act, 8, lambda own, n: actions.enter(own, form(acronym=f"Y.n{n}x"), None).number)

    assert sorted(found, key=str) == list(range(1, 9))


def test_one_name_is_given_to_one_of_many_at_once(make: Make, cast: Cast, database: Database) -> None:
    assert cast.q2
    act = cast.tsb.act
    make.session.commit()

    found = _together(database, act, 5, lambda own, n: actions.enter(own, form(), None).acronym)

    assert sorted(found, key=str) == sorted(["Y.slice", *[rules.NAME_TAKEN] * 4], key=str)


def test_two_who_consent_at_once_leave_one_step(make: Make, cast: Cast, database: Database) -> None:
    number = registered(cast).number
    act = cast.tsb.act
    make.session.commit()

    def consent(own: Act, n: int) -> str:
        return actions.set_status(own, queries.by_number(own, number), S.CONSENTED).status

    found = _together(database, act, 4, consent)

    assert found.count(S.CONSENTED) == 1
    with database.reading() as session:
        took = session.exec(select(ItemStep).where(ItemStep.status == S.CONSENTED)).all()
    assert len(took) == 1
