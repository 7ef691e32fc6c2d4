"""The procedures, written as tables: every row with its clause. Pure. Source: domain 6."""

from typing import Final

from sgdocs.approval.procedures.aap import AAP
from sgdocs.approval.procedures.adoption import ADOPTION
from sgdocs.approval.procedures.agreement import AGREEMENT, RADIO_TEXT
from sgdocs.approval.procedures.assembly import ASSEMBLY, RADIO_ASSEMBLY
from sgdocs.approval.procedures.build import Table
from sgdocs.approval.procedures.consultation import CONSULTATION
from sgdocs.approval.procedures.deletion import DELETION
from sgdocs.approval.procedures.editorial import EDITORIAL, ERRATUM
from sgdocs.approval.procedures.psaa import PSAA
from sgdocs.approval.procedures.regional_tap import REGIONAL_TAP
from sgdocs.approval.procedures.suppression import SUPPRESSION
from sgdocs.approval.procedures.tap import TAP

ALL: Final[dict[str, Table]] = {
    each.id: each
    for each in (
        AAP,
        TAP,
        REGIONAL_TAP,
        AGREEMENT,
        DELETION,
        ASSEMBLY,
        ERRATUM,
        ADOPTION,
        CONSULTATION,
        PSAA,
        SUPPRESSION,
        EDITORIAL,
        RADIO_ASSEMBLY,
        RADIO_TEXT,
    )
}
"""By id, those of ITU-T first."""
