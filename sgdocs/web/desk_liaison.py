"""Cards of liaison on the desks: what a chair approves, a rapporteur answers, the secretariat files, sends and looks after.

Each is a queue of the ledger, counted by the query of the list that it leads to.
"""

from collections.abc import Iterator
from typing import Final

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.liaison import arrivals, ledger
from sgdocs.liaison.queues import Queue
from sgdocs.web import liaison_words, urls
from sgdocs.web.desk_cards import Card, Line
from sgdocs.web.liaison_ledger import LedgerWanted

SHOWN: Final = 5
TO_APPROVE, OVERDUE, TO_ANSWER = N_("Statements to approve"), N_("Overdue statements"), N_("Statements to answer")
TO_SEND, UNACKNOWLEDGED = N_("Statements to send"), N_("Statements not acknowledged")
ARRIVALS: Final = N_("Mails that wait to be filed")
CHAIR: Final = (("liaison-approve", TO_APPROVE), ("liaison-overdue", OVERDUE))
RAPPORTEUR: Final = (("liaison-answer", TO_ANSWER),)
SECRETARIAT: Final = (
    ("liaison-send", TO_SEND), ("liaison-arrivals", ARRIVALS), ("liaison-unacknowledged", UNACKNOWLEDGED),
)  # fmt: skip


def chair(act: Act, group: Group) -> Iterator[Card]:
    yield _queue(act, "liaison-approve", TO_APPROVE, LedgerWanted(Queue.APPROVE, group.path), group, is_pressing=True)
    yield _queue(act, "liaison-overdue", OVERDUE, LedgerWanted(Queue.OVERDUE, group.path), group, is_pressing=True)


def rapporteur(act: Act, question: Group) -> Iterator[Card]:
    """What is allotted to the Question and asks for an answer."""
    yield _queue(act, "liaison-answer", TO_ANSWER, LedgerWanted(Queue.OWE, question=question.path))


def secretariat(act: Act) -> Iterator[Card]:
    yield _queue(act, "liaison-send", TO_SEND, LedgerWanted(Queue.SEND), is_pressing=True)
    waiting = arrivals.listing(act, "waiting", size=SHOWN)
    lines = [
        Line(row.from_address, urls.path("office", "arrivals", row.id), row.subject, on=geneva_day(row.received_at))
        for row in waiting.rows
    ]
    yield Card("liaison-arrivals", ARRIVALS, waiting.total, "/office/arrivals", lines, is_pressing=True)
    yield _queue(act, "liaison-unacknowledged", UNACKNOWLEDGED, LedgerWanted(Queue.UNACKNOWLEDGED))


def _queue(
    act: Act, id: str, title: str, asked: LedgerWanted, group: Group | None = None, *, is_pressing: bool = False
) -> Card:
    found = ledger.rows(act, asked.filter(act, group), size=SHOWN)
    lines = [
        Line(
            row.label or row.name,
            urls.statement(row.name),
            row.title,
            liaison_words.state(row.state)[0] if row.state else "",
            row.deadline,
            row.is_overdue,
        )
        for row in found.rows
    ]
    return Card(id, title, found.total, asked.address(), lines, is_pressing=is_pressing)
