"""Allotment by the table of reasons: one case a reason, and ten generated meetings with what was meant."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from sgdocs.documents.allotment import GOES_WITH, fits, proposals
from sgdocs.documents.allotment_facts import Kept, Paper, Seat, Slot, Table, subjects_of
from sgdocs.documents.allotment_sorts import SAYS
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.agenda_templates import TEMPLATES, Template

SG, WP1, WP2 = 1, 2, 3
QUESTIONS = {10 + n: (f"Q{n}", WP1 if n <= 4 else WP2) for n in range(1, 9)}


def table(*kept: Kept) -> Table:
    """SG13 with two working parties of four Questions, each with the agenda of its template."""
    seats = [Seat(SG, "SG13", "ITU-T SG13", "study-group")]
    seats += [Seat(id, f"WP{id - 1}", f"WP{id - 1}/13", "working-party", (SG,)) for id in (WP1, WP2)]
    seats += [Seat(id, code, f"{code}/13", "question", (wp, SG)) for id, (code, wp) in QUESTIONS.items()]
    slots: list[Slot] = []
    for seat in seats:
        template = {"study-group": Template.PLENARY, "working-party": Template.WORKING_PARTY}.get(
            seat.kind, Template.QUESTION
        )
        for line in TEMPLATES[template]:
            if not line.each_question:
                slots.append(Slot(len(slots) + 1, seat.group_id, line.kind.value))
    return Table(SG, "T", tuple(seats), tuple(slots), kept)


TABLE = table()


def place_of(paper: Paper, at: Table = TABLE) -> tuple[int, str]:
    """Group and kind of the primary item."""
    primary = [each for each in proposals(paper, at) if each.is_primary]
    assert len(primary) == 1
    slot = next(slot for slot in at.slots if slot.id == primary[0].slot_id)
    return slot.group_id, slot.kind


def contribution(title: str = "Considerations", *questions: int, source: str = "") -> Paper:
    return Paper(1, "contribution", "", title, source, questions=questions)


def td(title: str, stream: str = "GEN", *questions: int, source: str = "TSB") -> Paper:
    return Paper(1, "temporary-document", stream, title, source, questions=questions)


CASES: dict[str, tuple[Paper, tuple[int, str], tuple[str, str]]] = {
    "cover": (contribution("Slices", 12), (12, K.CONTRIBUTIONS), ("question-on-cover", "contribution")),
    "title": (contribution("Slices for Q3/13"), (13, K.CONTRIBUTIONS), ("question-in-title", "contribution")),
    "source": (
        td("Output text", "PLEN", source="Rapporteur Q5/13"),
        (15, K.OTHER),
        ("question-in-source", "other"),
    ),
    "stream": (td("Draft text", "WP2"), (WP2, K.OTHER), ("stream", "other")),
    "nothing": (td("Welcome pack"), (SG, K.OTHER), ("plenary", "other")),
    "liaison in": (
        td("LS/i on slices [from ETSI]", "GEN", 12),
        (12, K.INCOMING),
        ("question-on-cover", "incoming-liaison"),
    ),
    "liaison out": (
        td("Draft LS to ETSI on slices", "WP1", 12),
        (12, K.OUTGOING),
        ("question-on-cover", "outgoing-liaison"),
    ),
    "Question report": (
        td("Report of Question 2/13", "WP1", 12),
        (WP1, K.REPORTS),
        ("question-on-cover", "question-report"),
    ),
    "WP report": (td("Report of Working Party 1/13", "PLEN"), (SG, K.WP_REPORTS), ("question-in-title", "wp-report")),
    "interim": (
        td("Report of the Q2/13 rapporteur group meeting", "WP1"),
        (12, K.INTERIM_REPORT),
        ("question-in-title", "interim-report"),
    ),
    "consent": (td("Draft new Rec. Y.slice for consent", "WP1", 12), (12, K.CONSENT), ("question-on-cover", "consent")),
    "new work": (
        contribution("Proposal for a new work item Y.moon", 14),
        (14, K.NEW_WORK),
        ("question-on-cover", "new-work"),
    ),
    "another study group's Question": (
        contribution("As Q2/15 does", 14),
        (14, K.CONTRIBUTIONS),
        ("question-on-cover", "contribution"),
    ),
    "Question that does not sit here": (
        contribution("Reply to Q2/15"),
        (SG, K.CONTRIBUTIONS),
        ("plenary", "contribution"),
    ),
    "work item": (
        replace(contribution(), work_items=(("Y.slice", 16),)),
        (16, K.CONTRIBUTIONS),
        ("work-item", "contribution"),
    ),
    "allotted": (
        replace(td("LS/i on slices", "GEN", 12), work_items=(("Y.slice", 16),), allotted=(("Q7/13", 17),)),
        (17, K.INCOMING),
        ("allotted", "incoming-liaison"),
    ),
    "answer": (
        replace(td("LS/r on slices"), answers=(("SG13-LS4", 17),)),
        (17, K.INCOMING),
        ("answers-liaison", "incoming-liaison"),
    ),
}


def test_contribution_to_itu_r_whose_title_says_to_whom_has_come_in() -> None:
    title = "Liaison statement to Working Party 5D"
    radio = replace(TABLE, sector="R")

    assert place_of(contribution(title, source="Working Party 5A"), radio) == (SG, K.INCOMING)
    assert place_of(td(title), radio) == (SG, K.OUTGOING)
    assert place_of(contribution(title), TABLE) == (SG, K.OUTGOING)


@pytest.mark.parametrize(("paper", "place", "reasons"), CASES.values(), ids=CASES)
def test_reason(paper: Paper, place: tuple[int, str], reasons: tuple[str, str]) -> None:
    assert place_of(paper) == place
    assert proposals(paper, TABLE)[0].reasons == reasons


def test_document_of_several_questions_has_one_primary() -> None:
    found = proposals(contribution("Slices", 12, 15, 13), TABLE)

    groups = [next(s.group_id for s in TABLE.slots if s.id == each.slot_id) for each in found]
    assert groups == [12, 15, 13]
    assert [each.is_primary for each in found] == [True, False, False]


def test_report_of_a_question_stands_with_the_working_party_and_in_its_own_agenda() -> None:
    found = proposals(td("Report of Q2/13", "WP1", 12), TABLE)

    kinds = [next((s.group_id, s.kind) for s in TABLE.slots if s.id == each.slot_id) for each in found]
    assert kinds == [(WP1, K.REPORTS), (12, K.REPORT)]


def test_question_without_agenda_is_named_in_that_of_its_working_party() -> None:
    slots = (Slot(1, WP1, K.OTHER), Slot(2, WP1, K.QUESTION, 12), Slot(3, WP1, K.QUESTION, 13))

    assert [each.slot_id for each in proposals(contribution("Slices", 13), replace(TABLE, slots=slots))] == [3]


def test_no_agenda_means_no_place() -> None:
    assert proposals(contribution("Slices", 13), replace(TABLE, slots=())) == []


def test_kept_corrections_come_first() -> None:
    sorts = Kept(12, "words", "Y.slice", item_kind=K.WORK_PROGRAMME)
    draws = Kept(13, "source", "Fictavia", draws_to=13)

    assert place_of(contribution("On y.slice", 12), table(sorts)) == (12, K.WORK_PROGRAMME)
    assert place_of(contribution("On y.slices", 12), table(sorts)) == (12, K.CONTRIBUTIONS)
    assert place_of(contribution("On Y.slice", 14), table(sorts)) == (14, K.CONTRIBUTIONS)
    assert place_of(contribution("Moon", 12, source="FICTAVIA"), table(draws)) == (13, K.CONTRIBUTIONS)


def test_draft_that_others_bring_to_one_question_goes_there() -> None:
    others = [contribution("Y.moon clause 6", 12), contribution("Y.moon clause 7", 12), contribution("Y.sun", 13)]
    split = [contribution("Y.sun again", 14)]
    at = replace(TABLE, subjects=subjects_of([*others, *split]))

    assert place_of(contribution("Comments on Y.moon"), at) == (12, K.CONTRIBUTIONS)
    assert place_of(contribution("Comments on Y.sun"), at) == (SG, K.CONTRIBUTIONS)


def test_kept_words_are_words_not_patterns() -> None:
    assert not fits(Kept(1, "words", ".*"), contribution("Anything"))
    assert not fits(Kept(1, "words", ""), contribution("Anything"))
    assert fits(Kept(1, "words", "c++ (draft)"), contribution("On C++ (draft) rules"))


def test_every_reason_has_words() -> None:
    says = {reason.id: reason.says for reason in GOES_WITH} | SAYS

    assert {id for id, words in says.items() if not words} == set()
    assert {case[2][0] for case in CASES.values()} | {"kept-correction", "only-group", "same-draft"} == {
        r.id for r in GOES_WITH
    }


# Ten meetings as they come: titles as the field writes them, covers filled in or not, with the slips people make.

TOPICS = (
    "network slicing for IMT-2020 and beyond",
    "quantum key distribution networks",
    "machine learning function orchestration",
    "future networks including patents of resilience",
    "computing power networks",
    "trusted inter-cloud",
    "the report format of telemetry",
    "fixed, mobile and satellite convergence",
    "digital twin networks for action planning",
    "big data provenance",
    "self-controlled identity based on blockchain",
    "information-centric networking in workshops of industry",
)
NAMES = dict(
    zip(
        QUESTIONS,
        ("Y.cpn-arch", "Y.QKDN-iwf", "Y.ML-orch", "Y.3172", "Y.dtn-cap", "Y.fmsc-req", "Q.TSCA", "Y.bdp-rf"),
        strict=True,
    )
)
MEMBERS = (
    "China Mobile Communications Co. Ltd.",
    "Korea (Rep. of)",
    "Fictavia",
    "NTT Nowhere",
    "University of Nowhere",
)
OTHERS = ("ETSI ISG NFV", "3GPP SA2", "ITU-T SG11", "ISO/IEC JTC 1/SC 38", "IETF", "ITU-R WP 5D")


@dataclass(frozen=True)
class Meant:
    paper: Paper
    group_id: int
    kind: str


Draw = Callable[[random.Random, int], Meant]


def _contribution(dice: random.Random, q: int) -> Meant:
    name, topic = NAMES[q], dice.choice(TOPICS)
    title = dice.choice(
        (
            f"Proposal for updating contents of draft Recommendation {name}: {topic}",
            f"{dice.randint(2, 14)}th revised baseline text for {name}: {topic}",
            f"Comments on clause {dice.randint(6, 9)} of {name}",
            f"{name}: proposed use cases of {topic}",
            f"Discussion on {topic}",
            f"Proposal to add definitions to {name}",
            f"Consideration on requirements of {topic}",
            f"Revision of {name} clause 7 after the interim meeting of April",
        )
    )
    return Meant(Paper(0, "contribution", "", title, dice.choice(MEMBERS)), q, K.CONTRIBUTIONS)


def _new_work(dice: random.Random, q: int) -> Meant:
    topic = dice.choice(TOPICS)
    title = dice.choice(
        (
            f"Proposal to initiate a new work item: requirements of {topic}",
            f"Proposal for a new work item on {topic}",
            f"Proposed new work item {NAMES[q]}: {topic}",
            f"A.1 justification for {NAMES[q]}",
            f"Proposal to start work on {topic}",
        )
    )
    return Meant(Paper(0, "contribution", "", title, dice.choice(MEMBERS)), q, K.NEW_WORK)


def _incoming(dice: random.Random, q: int) -> Meant:
    topic, who = dice.choice(TOPICS), dice.choice(OTHERS)
    title = dice.choice(
        (
            f"LS/i on {topic}",
            f"LS/i/r on {topic} (reply to SG13-LS{dice.randint(1, 200)}) [from {who}]",
            f"LS on consent of draft new Recommendation ITU-T Y.3087 [from {who}]",
            f"Liaison statement on {topic} (from {who})",
            f"LS/r on the work item {NAMES[q]}",
            f"LS/i on the initiation of two new work items related to {topic}",
        )
    )
    kind = dice.choice(("temporary-document", "liaison-statement"))
    return Meant(Paper(0, kind, "GEN", title, who), q, K.INCOMING)


def _outgoing(dice: random.Random, q: int) -> Meant:
    topic, who = dice.choice(TOPICS), dice.choice(OTHERS)
    title = dice.choice(
        (
            f"Draft LS to {who} on {topic}",
            f"LS/o on {topic} [to {who}]",
            f"Draft reply LS on {topic}",
            f"LS on {topic} [to {who}]",
        )
    )
    return Meant(_td(dice, q, title), q, K.OUTGOING)


def _texts(dice: random.Random, q: int) -> Meant:
    name, topic = NAMES[q], dice.choice(TOPICS)
    title, kind = dice.choice(
        (
            (f"Draft new Recommendation ITU-T {name}: {topic} (for consent)", K.CONSENT),
            (f"A.5 justification information for draft Recommendation {name}", K.CONSENT),
            (f"Draft new Recommendation {name} - for determination", K.DETERMINATION),
            (f"Draft Supplement 71 to Y-series for agreement: {topic}", K.AGREEMENT),
            (f"Output text of {name}: {topic}", K.OTHER),
            (f"Updated baseline text {name}", K.OTHER),
        )
    )
    return Meant(_td(dice, q, title), q, kind)


def _interim(dice: random.Random, q: int) -> Meant:
    code = QUESTIONS[q][0]
    title = dice.choice(
        (
            f"Report of the {code}/13 rapporteur group meeting (Geneva, 12-14 May 2026)",
            f"Interim activity report of {code}/13",
            f"Meeting report of {code}/13 e-meeting, 3 June 2026",
            f"{code}/13 progress report",
        )
    )
    return Meant(_td(dice, q, title), q, K.INTERIM_REPORT)


def _question_report(dice: random.Random, q: int) -> Meant:
    code, wp = QUESTIONS[q]
    title = dice.choice((f"Report of {code}/13", f"Report on Question {code[1:]}/13", f"{code}/13 meeting report"))
    return Meant(_td(dice, q, title), wp, K.REPORTS)


def _td(dice: random.Random, q: int, title: str) -> Paper:
    code, wp = QUESTIONS[q]
    source = dice.choice((f"Rapporteur {code}/13", f"Editor, {code}/13", f"{code}/13", "Editors"))
    return Paper(0, "temporary-document", f"WP{wp - 1}", title, source)


def _plenary(dice: random.Random, q: int) -> Meant:
    title, kind = dice.choice(
        (
            ("Draft agenda of the opening plenary", K.AGENDA),
            ("Time plan of the SG13 meeting", K.PLAN),
            ("Allocation of documents", K.ALLOCATION),
            ("Report of Working Party 2/13", K.WP_REPORTS),
            ("Report of JCA-IMT2020", K.JCA_REPORTS),
            ("Focus group on autonomous networks: progress report", K.FG_REPORTS),
            ("Appointment of rapporteurs and associate rapporteurs", K.APPOINTMENTS),
            ("List of future meetings of SG13", K.FUTURE_MEETINGS),
            ("Report of SG13RG-AFR meeting", K.RG_REPORTS),
            ("Practical information for delegates", K.OTHER),
            ("Updates on IPR statements received by TSB", K.IPR),
            ("ITU workshop on future networks: outcome", K.PROMOTION),
        )
    )
    return Meant(Paper(0, "temporary-document", dice.choice(("GEN", "PLEN")), title, "TSB"), SG, kind)


KINDS: tuple[tuple[Draw, int], ...] = (
    (_contribution, 45),
    (_new_work, 7),
    (_incoming, 18),
    (_outgoing, 5),
    (_texts, 12),
    (_interim, 4),
    (_question_report, 3),
    (_plenary, 6),
)


def meeting(seed: int) -> list[Meant]:
    """120 documents. One cover in twelve has no Question; one in fifteen that has names a second one besides."""
    dice = random.Random(seed)
    found = []
    for number in range(120):
        draw = dice.choices([draw for draw, _ in KINDS], [weight for _, weight in KINDS])[0]
        q = dice.choice(list(QUESTIONS))
        meant = draw(dice, q)
        questions: tuple[int, ...] = () if meant.group_id == SG or dice.random() < 1 / 12 else (q,)
        if questions and dice.random() < 1 / 15:
            questions = (q, dice.choice([other for other in QUESTIONS if other != q]))
        found.append(replace(meant, paper=replace(meant.paper, id=number, questions=questions)))
    return found


def furnished(papers: list[Meant]) -> Table:
    return replace(TABLE, subjects=subjects_of(each.paper for each in papers))


@pytest.mark.parametrize("seed", range(1, 11))
def test_nine_of_ten_documents_are_right_the_first_time(seed: int) -> None:
    papers = meeting(seed)
    at = furnished(papers)

    wrong = [
        (each.paper.title, each.paper.source, place_of(each.paper, at), (each.group_id, str(each.kind)))
        for each in papers
        if place_of(each.paper, at) != (each.group_id, each.kind)
    ]

    assert len(papers) == 120
    assert len(wrong) <= 12, wrong


@pytest.mark.parametrize("seed", range(1, 11))
def test_no_document_stands_without_a_reason(seed: int) -> None:
    says = {reason.id: reason.says for reason in GOES_WITH} | SAYS

    papers = meeting(seed)
    for each in papers:
        found = proposals(each.paper, furnished(papers))
        assert found
        assert all(says[id] for proposal in found for id in proposal.reasons)
