"""The sentences of the journal's verbs on tasks."""

from sgdocs.i18n import N_

SAYS = {
    "tasks.entered": N_("Task entered"),
    "tasks.edited": N_("Task changed"),
    "tasks.given": N_("Task given to somebody else"),
    "tasks.moved": N_("Task moved on the board"),
    "tasks.done": N_("Task done"),
    "tasks.reopened": N_("Task taken up again"),
    "tasks.withdrawn": N_("Task withdrawn"),
    "tasks.due-near": N_("Reminded of the day by which it is due"),
    "tasks.overdue": N_("Reminded that it is late"),
}
