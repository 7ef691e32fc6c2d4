"""Approval by an assembly: WTSA for ITU-T, RA for ITU-R. Pure. Source: domain 6.3, 6.6 (R-9); R1 9.2.2."""

from typing import Final

from sgdocs.approval.procedures import needs as n
from sgdocs.approval.procedures import terms
from sgdocs.approval.procedures.build import Table, table
from sgdocs.approval.procedures.terms import By, Effect, Letter
from sgdocs.approval.workflow import State, Step


def _of(id: str, title: str, sector: str, source: str, clause: str) -> Table:
    return table(
        id,
        title,
        sector=sector,
        source=source,
        states=(
            State("forwarded", "Before the assembly", "", By.CHAIR),
            State("approved", "Approved by the assembly", "A", is_final=True),
            State("returned", "Back to the study group", "NA", is_final=True),
        ),
        steps=(
            Step(
                "forward",
                "Send to the assembly",
                (),
                "forwarded",
                terms.MEETING,
                clause,
                needs=(n.in_session, n.lists_text, n.study_group, n.text_posted, n.has_summary),
                in_meeting=True,
                effects=(Effect.BIND_TEXT, Effect.ITEM_FORWARDED),
            ),
            Step(
                "approve",
                "Approve",
                ("forwarded",),
                "approved",
                terms.MEETING,
                clause,
                needs=(n.in_session, n.at_assembly, n.assembly_notice),
                in_meeting=True,
                effects=(Effect.BRING_INTO_FORCE,),
                letters=(Letter.RESULT,),
            ),
            Step(
                "return-to-work",
                "Back to the study group",
                ("forwarded",),
                "returned",
                terms.MEETING,
                clause,
                in_meeting=None,
                effects=(Effect.ITEM_RETURNED,),
                letters=(Letter.RETURNED,),
                needs_reason=True,
            ),
        ),
    )


ASSEMBLY: Final = _of(
    "assembly",
    "Approval by the World Telecommunication Standardization Assembly",
    "T",
    "WTSA Resolution 1 9.2.2; General Rules",
    "R1 9.2.2; General Rules; domain 6.3",
)
RADIO_ASSEMBLY: Final = _of(
    "radio-assembly",
    "Approval by the Radiocommunication Assembly",
    "R",
    "Resolution ITU-R 1-9 (uncertain); General Rules",
    "RR1 (uncertain); General Rules; domain R-9",
)
