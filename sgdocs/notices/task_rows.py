"""Who hears of tasks. Reminders go to the owner alone: their entries are for nobody else to read. Pure."""

from sgdocs.i18n import N_
from sgdocs.notices.row import AUTHORS, Row


def of_tasks() -> dict[str, Row]:
    given = (N_("Task {number} of {label}, due {due_on}: {text}"), N_("Task {number} of {label}: {text}"))
    return {
        "tasks.entered": Row("tasks", given, AUTHORS),
        "tasks.given": Row("tasks", given, AUTHORS),
        "tasks.edited": Row("tasks", (N_("Task {number} of {label} was changed: {text}"),), AUTHORS),
        "tasks.reopened": Row("tasks", (N_("Task {number} of {label} is open again: {text}"),), AUTHORS),
        "tasks.withdrawn": Row(
            "tasks",
            (N_("Task {number} of {label} was withdrawn: {reason}"), N_("Task {number} of {label} was withdrawn")),
            AUTHORS,
        ),
        "tasks.done": Row("proceedings", (N_("Task {number} of {label} is done: {text}"),)),
        "tasks.due-near": Row("tasks", (N_("Number {number} of {label} is due {due_on}: {text}"),), AUTHORS),
        "tasks.overdue": Row("tasks", (N_("Number {number} of {label} was due {due_on}: {text}"),), AUTHORS),
    }
