"""TAP among the Member States of a region: only they are consulted, and bound. Pure. Source: domain 6.3 (SG3)."""

from typing import Final

from sgdocs.approval.procedures.build import table
from sgdocs.approval.procedures.tap import STATES, steps

REGIONAL_TAP: Final = table(
    "regional-tap",
    "Traditional approval process of a regional group",
    sector="T",
    source="WTSA Resolution 1 (Rev. Hammamet, 2016), section 9; regional groups of SG3 (domain 6.3)",
    states=STATES,
    steps=steps("regional-tap", "regional groups of SG3; "),
)
