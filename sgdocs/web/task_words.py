"""Words for tasks: states with their meanings, what is asked of their days."""

from collections.abc import Mapping
from typing import Final

from sgdocs.i18n import N_
from sgdocs.tasks.rules import COLUMNS, Due, State

STATES: Final[Mapping[State, tuple[str, str]]] = {
    State.TODO: (N_("To do"), "needs"),
    State.DOING: (N_("In hand"), "progress"),
    State.DONE: (N_("Done"), "force"),
    State.WITHDRAWN: (N_("Withdrawn"), "stopped"),
}
BUTTONS: Final[Mapping[State, str]] = {state: STATES[state][0] for state in COLUMNS}
"""To withdraw is no column: a form asks for the reason."""
DUES: Final[Mapping[Due, str]] = {
    Due.OVERDUE: N_("Overdue"),
    Due.WEEK: N_("Within a week"),
    Due.MONTH: N_("Within a month"),
    Due.NONE: N_("Without a day"),
}
EITHER: Final[Mapping[str, str]] = {
    "open": N_("Open"),
    **{state.value: word for state, (word, _) in STATES.items()},
    "any": N_("Any"),
}


def state(value: State) -> tuple[str, str]:
    """The word and its meaning."""
    return STATES[State(value)]
