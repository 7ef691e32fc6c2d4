"""Who hears of tasks. Reminders go to the owner alone: their entries are for nobody else to read. Pure."""

from sgdocs.i18n import N_
from sgdocs.notices.row import AUTHORS, Row


def of_tasks() -> dict[str, Row]:
    given = (N_("Task {label}, due {due_on}: {text}"), N_("Task {label}: {text}"))
    return {
        "tasks.entered": Row("tasks", given, AUTHORS),
        "tasks.given": Row("tasks", given, AUTHORS),
        "tasks.edited": Row("tasks", (N_("Task {label} was changed: {text}"),), AUTHORS),
        "tasks.reopened": Row("tasks", (N_("Task {label} is open again: {text}"),), AUTHORS),
        "tasks.withdrawn": Row(
            "tasks", (N_("Task {label} was withdrawn: {reason}"), N_("Task {label} was withdrawn")), AUTHORS
        ),
        "tasks.done": Row("proceedings", (N_("Task {label} is done: {text}"),)),
        "tasks.due-near": Row("tasks", (N_("{label} {number}, due {due_on}: {text}"),), AUTHORS),
        "tasks.overdue": Row("tasks", (N_("{label} {number} was due {due_on}: {text}"),), AUTHORS),
    }
