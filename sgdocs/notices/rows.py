"""Who hears of which verb of the journal. A verb without a row tells nobody; a test names those that do so on purpose. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from sgdocs.approval import procedures
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.workflow import Step
from sgdocs.i18n import N_
from sgdocs.notices import event_rows, liaison_rows, talk_rows, task_rows, translation_rows
from sgdocs.notices import row_tables as tables
from sgdocs.notices.row import CONSULTING, FOCAL, HOLDER, OF_TEXT, STATES, Row

HEARD: Final[Mapping[str, Row]] = (
    tables.of_documents()
    | tables.of_meetings()
    | tables.of_proceedings()
    | tables.of_texts()
    | tables.of_groups_and_service()
    | tables.of_work()
    | tables.of_approval()
    | liaison_rows.of_liaison()
    | talk_rows.of_discussions()
    | task_rows.of_tasks()
    | event_rows.of_events()
    | translation_rows.of_translations()
)
STEPS: Final = "approval"
"""First word of the verbs of steps; the tables of procedures say which there are."""


_PLACE = re.compile(r"\{(\w+)\}")


def places_in(sentence: str) -> list[str]:
    """The names of the facts that a sentence needs."""
    return _PLACE.findall(sentence)


def row_of(verb: str) -> Row | None:
    """Who hears of it; None for a verb that tells nobody."""
    return HEARD.get(verb) or _of_steps().get(verb)


@cache
def _of_steps() -> Mapping[str, Row]:
    """Each step of each procedure. One that opens a window in any of them is news for those who may answer."""
    found: dict[str, Row] = {}
    for procedure in procedures.ALL.values():
        for step in procedure.steps:
            row, known = _of_step(step), found.get(f"{STEPS}.{step.id}")
            found[f"{STEPS}.{step.id}"] = row if known is None else _both(known, row)
    return found


def _both(one: Row, other: Row) -> Row:
    """A step that stands in several procedures: everybody who hears of it in one of them."""
    first = other if other.topic == "last-calls" else one
    roles = tuple(dict.fromkeys((*one.always, *other.always, *one.roles, *other.roles)))
    return replace(first, roles=roles, always=tuple(dict.fromkeys((*one.always, *other.always))))


def _of_step(step: Step[ProcessFacts]) -> Row:
    opens = step.closes is not None
    always = FOCAL if opens and "aap" in step.letters else ()
    states = STATES if opens and CONSULTING.intersection(step.letters) else ()
    says = (
        N_("{label}, {title}: {state}; open until {closes_on}"),
        N_("{label}, {title}: {state}"),
        N_("{step}: {label}, {title}"),
    )
    return Row("last-calls" if opens else "approvals", says, (*always, HOLDER, *states, *OF_TEXT), always)
