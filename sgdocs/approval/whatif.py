"""What if a text were consented on a day: every later date of a procedure, and the meetings between. Pure. Source: N15.

Dates follow from the tables and from the dated settings of the day, as in a process. Where a meeting must decide, the
next one that leaves the notice is taken; where none is known, the line ends there and says so.
"""

from collections.abc import Sequence

from sgdocs.approval.whatif_model import Answer, Event, Met, Question
from sgdocs.approval.whatif_ways import PROCEDURES

__all__ = ["MOST", "PROCEDURES", "Answer", "Event", "Met", "Question", "answer", "answers"]
MOST = 10
"""Texts on one chart."""


def answer(question: Question) -> Answer:
    """KeyError for a procedure that has no calendar here; `PROCEDURES` names those that have."""
    events = PROCEDURES[question.procedure](question)
    met = [
        Event("meeting", meeting.code, meeting.starts_on, meeting.ends_on, "")
        for meeting in question.meetings
        if question.on <= meeting.ends_on and meeting.starts_on <= max(event.until or event.on for event in events)
    ]
    return Answer(question, tuple(sorted([*events, *met], key=lambda event: (event.on, event.until or event.on))))


def answers(questions: Sequence[Question]) -> list[Answer]:
    return [answer(question) for question in questions]
