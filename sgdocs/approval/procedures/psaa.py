"""Simultaneous adoption and approval by correspondence (PSAA) of ITU-R. Pure.

Source: domain 6.6 (R-5, R-6, R-10); Resolution ITU-R 1-9 A2.6.2.4 (clause numbers uncertain).
"""

from typing import Final

from sgdocs.approval.procedures import needs as n
from sgdocs.approval.procedures import terms
from sgdocs.approval.procedures.build import months_from, on_closing, table
from sgdocs.approval.procedures.terms import By, Effect, Letter
from sgdocs.approval.workflow import State, Step

CLAUSE = "RR1 A2.6.2.4 (uncertain)"

PSAA: Final = table(
    "psaa",
    "Simultaneous adoption and approval (PSAA)",
    sector="R",
    source="Resolution ITU-R 1-9 A2.6.2.4 (uncertain)",
    states=(
        State("requested", "Waits for the circular", "", By.SECRETARIAT),
        State("psaa", "Adoption and approval by correspondence", "PSAA", By.MEMBERS, terms.OBJECTION),
        State("approved", "Adopted and approved", "A", is_final=True),
        State("objected", "A Member State objected", "", By.CHAIR),
        State("to-assembly", "To the Radiocommunication Assembly", "", is_final=True),
        State("returned", "Back to the working party", "NA", is_final=True),
    ),
    steps=(
        Step(
            "decide",
            "Seek adoption and approval at once",
            (),
            "requested",
            terms.MEETING,
            f"{CLAUSE}; domain R-5",
            needs=(
                n.process_is("adoption"),
                n.item_under_study,
                n.in_session,
                n.lists_text,
                n.study_group,
                n.has_question,
                n.text_posted,
                n.text_unchanged,
                n.has_summary,
                n.ipr_minuted,
                n.unopposed,
                n.not_incorporated,
            ),
            in_meeting=True,
            effects=(Effect.BIND_TEXT,),
        ),
        Step(
            "open",
            "Send the circular",
            ("requested",),
            "psaa",
            terms.OFFICE,
            f"{CLAUSE}; domain R-5",
            needs=(n.text_posted, n.text_unchanged, n.has_summary),
            closes=months_from("r_psaa_months"),
            letters=(Letter.PSAA,),
        ),
        Step(
            "approve",
            "Adopt and approve: no objection came",
            ("psaa",),
            "approved",
            terms.CLOCK,
            f"{CLAUSE}; domain R-5, R-10",
            needs=(n.window_over, n.unopposed, n.not_held),
            dated=on_closing,
            on_expiry=True,
            effects=(Effect.BRING_INTO_FORCE,),
            letters=(Letter.RESULT,),
        ),
        Step(
            "object",
            "An objection came",
            ("psaa",),
            "objected",
            terms.CLOCK,
            f"{CLAUSE}; domain R-6",
            needs=(n.window_over, n.opposed),
            dated=on_closing,
            on_expiry=True,
            letters=(Letter.RESULT,),
        ),
        Step(
            "restart",
            "Seek it again",
            ("objected",),
            "requested",
            terms.MEETING,
            f"{CLAUSE}; domain R-6",
            needs=(n.in_session, n.lists_text, n.study_group, n.text_posted),
            in_meeting=True,
            effects=(Effect.BIND_TEXT,),
            needs_reason=True,
        ),
        Step(
            "choose-assembly",
            "Send to the Radiocommunication Assembly",
            ("objected",),
            "to-assembly",
            terms.MEETING,
            f"{CLAUSE}; domain R-6",
            in_meeting=None,
            effects=(Effect.ITEM_FORWARDED, Effect.BEGIN_RADIO_ASSEMBLY),
            needs_reason=True,
        ),
        Step(
            "return-to-work",
            "Back to the working party",
            ("requested", "objected"),
            "returned",
            terms.MEETING,
            f"{CLAUSE}; domain R-6",
            in_meeting=None,
            effects=(Effect.ITEM_RETURNED,),
            letters=(Letter.RETURNED,),
            needs_reason=True,
        ),
    ),
)
