"""Tasks of the demonstration's Question beside the action items of its meeting: some late, some in hand, one done."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.queries import actor_for, find
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN
from sgdocs.tasks import actions
from sgdocs.tasks.models import Task
from sgdocs.tasks.rules import State
from sgdocs.tasks.schemas import MoveForm, TaskForm

GROUP: Final = "T/SG15/T25/Q2"
TASKS: Final = (
    ("Collect the measurements of the sleep states from the contributors", "delegate-member", 10, State.DOING),
    ("Compare the terms with those of ITU-T G.989 and list what differs", "rapporteur", -3, State.TODO),
    ("Ask the secretariat for an interim call in the week after the meeting", "rapporteur", -9, State.DONE),
    ("Draft the answer to the question on power saving", "editors of the draft", 21, State.TODO),
    ("Find somebody who reads the annex against the test results", "", None, State.TODO),
)
"""What, who, days from today, how far it is."""


def load(act: Act) -> None:
    """Nothing when there is a task already."""
    group = find(act.session, GROUP)
    person = by_email(act.session, f"rapporteur@{DOMAIN}")
    if group is None or person is None or act.session.exec(select(Task.id)).first() is not None:
        return
    own, today = replace(act, actor=actor_for(act.session, person, act.now)), geneva_day(act.now)
    for text, who, days, state in TASKS:
        known = by_email(act.session, f"{who}@{DOMAIN}") if who and " " not in who else None
        due_on = today + timedelta(days=days) if days is not None else None
        task = actions.enter(own, group, TaskForm(text=text, owner=known.slug if known else who, due_on=due_on))
        if state is not State.TODO:
            actions.move(own, task, MoveForm(to=state))
