"""Agreement of texts that are not normative, and approval of texts of ITU-R that are no Recommendations. Pure.

Source: domain 6.4, 6.6 (R-14); Rec. ITU-T A.13, WTSA Resolution 1 section 1bis, A.8 7.1.
"""

from typing import Final

from sgdocs.approval.procedures import needs as n
from sgdocs.approval.procedures import terms
from sgdocs.approval.procedures.build import on_decision_day, table
from sgdocs.approval.procedures.terms import By, Effect, Letter
from sgdocs.approval.workflow import State, Step

BASE: Final = (n.item_under_study, n.in_session, n.lists_text, n.text_posted, n.text_unchanged, n.ipr_minuted)

AGREEMENT: Final = table(
    "agreement",
    "Agreement of a text that is not normative",
    sector="T",
    source="Rec. ITU-T A.13 (09/2019); WTSA Resolution 1 section 1bis; A.8 7.1",
    states=(
        State(
            "awaiting-concurrence", "Agreed by the working party; the chair of the study group concurs", "", By.CHAIR
        ),
        State("agreed", "Agreed", "Agreed", is_final=True),
        State("returned", "Back under study", "", is_final=True),
    ),
    steps=(
        Step(
            "agree",
            "Agree",
            (),
            "agreed",
            terms.MEETING,
            "A.13; R1 1bis; domain 6.4",
            needs=(n.process_is("agreement"), *BASE, n.study_group, n.not_normative),
            dated=on_decision_day,
            in_meeting=True,
            effects=(Effect.BIND_TEXT, Effect.RECORD_AGREED),
            letters=(Letter.RESULT,),
        ),
        Step(
            "agree-delegated",
            "Agree in the working party that has been trusted with it",
            (),
            "agreed",
            terms.MEETING,
            "R1 1bis; domain 6.4",
            needs=(n.process_is("agreement"), *BASE, n.delegable, n.no_guide),
            dated=on_decision_day,
            in_meeting=True,
            effects=(Effect.BIND_TEXT, Effect.RECORD_AGREED),
            letters=(Letter.RESULT,),
        ),
        Step(
            "agree-guide",
            "Agree an implementers' guide in the working party",
            (),
            "awaiting-concurrence",
            terms.MEETING,
            "A.8 7.1; domain 6.4",
            needs=(n.process_is("agreement"), *BASE, n.guide),
            in_meeting=True,
            effects=(Effect.BIND_TEXT,),
        ),
        Step(
            "concur",
            "Concur as chair of the study group",
            ("awaiting-concurrence",),
            "agreed",
            terms.CHAIR,
            "A.8 7.1; domain 6.4",
            needs=(n.text_unchanged,),
            in_meeting=None,
            effects=(Effect.RECORD_AGREED,),
            letters=(Letter.RESULT,),
        ),
        Step(
            "return-to-work",
            "Back under study",
            ("awaiting-concurrence",),
            "returned",
            terms.CHAIR,
            "A.8 7.1; domain 6.4",
            in_meeting=None,
            effects=(Effect.ITEM_RETURNED,),
            letters=(Letter.RETURNED,),
            needs_reason=True,
        ),
    ),
)

RADIO_TEXT: Final = table(
    "radio-text",
    "Approval of Reports, Handbooks, Opinions and Decisions of ITU-R",
    sector="R",
    source="Resolution ITU-R 1-9 (uncertain)",
    states=(
        State("proposed", "Proposed to the study group", "", By.CHAIR),
        State("agreed", "Approved by the study group", "A", is_final=True),
        State("returned", "Back to the working party", "", is_final=True),
    ),
    steps=(
        Step(
            "propose",
            "Send to the study group",
            (),
            "proposed",
            terms.MEETING,
            "RR1 (uncertain); domain R-14",
            needs=(n.process_is("agreement"), n.item_under_study, n.text_posted, n.not_normative),
            in_meeting=None,
            effects=(Effect.BIND_TEXT,),
        ),
        Step(
            "agree",
            "Approve",
            ("proposed",),
            "agreed",
            terms.MEETING,
            "RR1 (uncertain); domain R-14",
            needs=(n.in_session, n.lists_text, n.study_group, n.text_posted, n.unopposed),
            dated=on_decision_day,
            in_meeting=True,
            effects=(Effect.BIND_TEXT, Effect.RECORD_AGREED),
            letters=(Letter.RESULT,),
        ),
        Step(
            "return-to-work",
            "Back to the working party",
            ("proposed",),
            "returned",
            terms.MEETING,
            "RR1 (uncertain); domain R-14",
            in_meeting=None,
            effects=(Effect.ITEM_RETURNED,),
            letters=(Letter.RETURNED,),
            needs_reason=True,
        ),
    ),
)
