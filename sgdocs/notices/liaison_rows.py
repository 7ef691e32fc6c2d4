"""The verbs of liaison that tell somebody: a new verb is one row. Pure. Source: domain 7.1, 8.1."""

from typing import Final

from sgdocs.i18n import N_
from sgdocs.notices.row import AUTHORS, Row

ADDRESSED: Final = ("owner", "rapporteur", "chair", "liaison-officers")
"""Whoever sees to it, and those who lead the Question, its working party and its group."""
ANSWERING: Final = ("owner", "rapporteur", "liaison-officers")


def of_liaison() -> dict[str, Row]:
    return coming_in() | going_out()


def coming_in() -> dict[str, Row]:
    """Told at the addressed group. A statement that came for several groups is told by the entry of each filing."""
    filed = (N_("For {addressee}: {label}, {title}; answer by {deadline}"), N_("For {addressee}: {label}, {title}"))
    return {
        "liaison.received": Row("liaison", (N_("Received: {label}, {title}"),)),
        "liaison.filed": Row("liaison", filed, ADDRESSED),
        "liaison.allotted": Row(
            "liaison",
            (N_("{label}, {title}, is allotted to {questions}"), N_("{label}, {title}, is allotted")),
            ANSWERING,
        ),
        "liaison.assigned": Row("tasks", (N_("The answer to {label}, {title}, is yours to see to"),), AUTHORS),
        "liaison.answer-expected": Row(
            "liaison",
            (N_("An answer to {label}, {title}, is expected until {deadline}"), N_("An answer to {label} is expected")),
            ANSWERING,
        ),
        "liaison.answered": Row(
            "liaison",
            (N_("{label}, {title}, is answered for {addressee} by {reply_label}"), N_("{label}, {title}, is answered")),
            ANSWERING,
        ),
        "liaison.reopened": Row("tasks", (N_("{label}, {title}, is open again for {addressee}"),), ADDRESSED),
        "liaison.reminded": Row(
            "tasks",
            (
                N_("{label}, {title}: {meeting} is the last meeting at which it can be answered by {deadline}"),
                N_("{label}, {title}, is to be answered by {deadline}"),
            ),
            ADDRESSED,
        ),
        "liaison.overdue": Row(
            "tasks", (N_("{label}, {title}: the answer of {addressee} was due by {deadline}"),), ADDRESSED
        ),
        "liaison.mail-arrived": Row("tasks", (N_("A mail waits to be filed: {label}"),), ("secretariat",)),
        "liaison.forwarded": Row("liaison", (N_("{addressee} passed {label}, {title}, on to {others}"),)),
        "liaison.noted": Row("liaison", (N_("{addressee} noted {label}, {title}"),)),
        "liaison.no-reply-needed": Row("liaison", (N_("{addressee} will not answer {label}, {title}"),)),
        "liaison.waiting-closed": Row("liaison", (N_("No answer of {addressee} to {label} is waited for"),), AUTHORS),
    }


def going_out() -> dict[str, Row]:
    """Told on the side of the senders."""
    return {
        "liaison.agreed": Row("tasks", (N_("{label}, {title}, waits for your approval"),), ("approvers",)),
        "liaison.sent": Row("liaison", (N_("Sent: {label}, {title}"),), ("rapporteur", "chair", "liaison-officers")),
        "liaison.answer-overdue": Row(
            "tasks", (N_("{label}, {title}: you wait for the answer of {addressee}, due by {deadline}"),), ADDRESSED
        ),
        "liaison.withdrawn": Row(
            "liaison", (N_("Withdrawn: {label}, {title}. {reason}"), N_("Withdrawn: {label}, {title}")), ADDRESSED
        ),
        "liaison.bounced": Row(
            "tasks", (N_("The letter to {addressee} on {label}, {title}, came back"),), ("secretariat",)
        ),
        "liaison.not-acknowledged": Row(
            "tasks",
            (N_("{addressee} has not acknowledged {label}, {title}, for {days} days"),),
            ("secretariat", "owner"),
        ),
        "liaison.acknowledged": Row(
            "liaison", (N_("{addressee} acknowledged {label}, {title}"),), (*AUTHORS, "liaison-officers")
        ),
        "liaison.approved": Row("tasks", (N_("{label}, {title}, is approved and can be sent"),), ("sending-office",)),
    }
