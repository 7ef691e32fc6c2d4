"""Approval of an adopted text of ITU-R by consultation of the Member States. Pure.

Source: domain 6.6 (R-8, R-10); Resolution ITU-R 1-9 A2.6.2.3 (clause numbers uncertain).
"""

from typing import Final

from sgdocs.approval.procedures import needs as n
from sgdocs.approval.procedures import terms
from sgdocs.approval.procedures.build import months_from, on_closing, table
from sgdocs.approval.procedures.terms import By, Effect, Letter
from sgdocs.approval.workflow import State, Step

CLAUSE = "RR1 A2.6.2.3 (uncertain)"

CONSULTATION: Final = table(
    "consultation",
    "Approval by consultation (ITU-R)",
    sector="R",
    source="Resolution ITU-R 1-9 A2.6.2.3 (uncertain)",
    states=(
        State("requested", "Waits for the circular", "", By.SECRETARIAT),
        State("consultation", "Member States are consulted", "", By.MEMBERS, terms.CONSULTATION),
        State("approved", "Approved", "A", is_final=True),
        State("not-approved", "Not approved; back to the study group", "NA", By.CHAIR),
        State("returned", "Back to the working party", "NA", is_final=True),
    ),
    steps=(
        Step(
            "request",
            "Ask for the consultation",
            (),
            "requested",
            terms.MEETING,
            f"{CLAUSE}; domain R-7",
            needs=(n.item_adopted, n.text_posted, n.has_summary),
            in_meeting=None,
            effects=(Effect.BIND_TEXT,),
        ),
        Step(
            "open-consultation",
            "Send the circular",
            ("requested",),
            "consultation",
            terms.OFFICE,
            f"{CLAUSE}; domain R-8",
            needs=(n.text_posted, n.text_unchanged, n.has_summary),
            closes=months_from("r_consultation_months"),
            letters=(Letter.CONSULTATION,),
        ),
        Step(
            "approve",
            "Approve: enough Member States approve",
            ("consultation",),
            "approved",
            terms.CLOCK,
            f"{CLAUSE}; domain R-8, R-10",
            needs=(n.window_over, n.radio_supported, n.not_held),
            dated=on_closing,
            on_expiry=True,
            effects=(Effect.BRING_INTO_FORCE,),
            letters=(Letter.RESULT,),
        ),
        Step(
            "refuse",
            "Not approved: too few Member States approve",
            ("consultation",),
            "not-approved",
            terms.CLOCK,
            f"{CLAUSE}; domain R-8",
            needs=(n.window_over, n.radio_unsupported),
            dated=on_closing,
            on_expiry=True,
            letters=(Letter.RESULT,),
        ),
        Step(
            "restart",
            "Consult again",
            ("not-approved",),
            "requested",
            terms.MEETING,
            f"{CLAUSE}; domain R-8",
            needs=(n.in_session, n.study_group, n.text_posted),
            in_meeting=True,
            effects=(Effect.BIND_TEXT,),
            needs_reason=True,
        ),
        Step(
            "return-to-work",
            "Back to the working party",
            ("requested", "not-approved"),
            "returned",
            terms.MEETING,
            f"{CLAUSE}; domain R-8",
            in_meeting=None,
            effects=(Effect.ITEM_RETURNED,),
            letters=(Letter.RETURNED,),
            needs_reason=True,
        ),
    ),
)
