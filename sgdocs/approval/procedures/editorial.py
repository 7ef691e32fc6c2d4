"""Editorial changes that approve nothing anew: the update of a text of ITU-R, the erratum of one of ITU-T. Pure.

Source: domain 6.6 (R-11), 6.2 (AAP-21), 2.3.
"""

from typing import Final

from sgdocs.approval.procedures import needs as n
from sgdocs.approval.procedures import terms
from sgdocs.approval.procedures.build import on_decision_day, table
from sgdocs.approval.procedures.terms import By, Effect, Letter
from sgdocs.approval.workflow import State, Step

EDITORIAL: Final = table(
    "editorial",
    "Editorial update (ITU-R)",
    sector="R",
    source="Resolution ITU-R 1-9 A2.6.2.5 (uncertain)",
    states=(State("updated", "Updated; the revision keeps its number", "", is_final=True),),
    steps=(
        Step(
            "update",
            "Update editorially",
            (),
            "updated",
            terms.MEETING,
            "RR1 A2.6.2.5 (uncertain); domain R-11",
            needs=(n.in_session, n.lists_text, n.study_group, n.text_in_force, n.text_posted, n.unopposed),
            dated=on_decision_day,
            in_meeting=True,
            effects=(Effect.BIND_TEXT, Effect.NOTE_EDITORIAL),
            letters=(Letter.RESULT,),
            needs_reason=True,
        ),
    ),
)

ERRATUM: Final = table(
    "erratum",
    "Editorial correction (ITU-T)",
    sector="T",
    source="Rec. ITU-T A.8 (10/2008) 6.3",
    states=(
        State("proposed", "Found by the secretariat; the chair is asked", "", By.CHAIR),
        State("corrected", "Corrected", "Err.", is_final=True),
        State("dropped", "Not editorial; left as it is", "", is_final=True),
    ),
    steps=(
        Step(
            "propose",
            "Propose an editorial correction",
            (),
            "proposed",
            (By.SECRETARIAT, By.EDITOR),
            "A.8 6.3; domain AAP-21",
            needs=(n.text_in_force, n.text_posted),
            in_meeting=None,
            effects=(Effect.BIND_TEXT,),
            needs_reason=True,
        ),
        Step(
            "concur",
            "Concur as chair of the study group",
            ("proposed",),
            "corrected",
            terms.CHAIR,
            "A.8 6.3; domain AAP-21",
            needs=(n.text_unchanged,),
            in_meeting=None,
            effects=(Effect.NOTE_EDITORIAL,),
            letters=(Letter.RESULT,),
        ),
        Step(
            "drop",
            "Leave it as it is",
            ("proposed",),
            "dropped",
            terms.CHAIR,
            "A.8 6.3; domain AAP-21",
            in_meeting=None,
            needs_reason=True,
        ),
    ),
)
