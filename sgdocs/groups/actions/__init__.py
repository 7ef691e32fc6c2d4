"""Everything that changes the structure and who holds which role in it."""

from sgdocs.groups.actions.appointments import (
    appoint,
    end_appointment,
    end_membership,
    join_sector,
    leave_organisation,
)
from sgdocs.groups.actions.ending import discontinue, merge, succeed
from sgdocs.groups.actions.structure import add_period, allocate, continue_question, establish, record_terms, rename
from sgdocs.groups.actions.viewing import end_view, view_as_person, view_as_role

__all__ = [
    "add_period",
    "allocate",
    "appoint",
    "continue_question",
    "discontinue",
    "end_appointment",
    "end_membership",
    "end_view",
    "establish",
    "join_sector",
    "leave_organisation",
    "merge",
    "record_terms",
    "rename",
    "succeed",
    "view_as_person",
    "view_as_role",
]
