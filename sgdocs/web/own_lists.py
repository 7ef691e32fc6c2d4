"""Lists of what is one's own and has no other page: action items, comments, consultations to answer, what is owed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sgdocs.approval import queries as approvals
from sgdocs.approval.of_organisation import own_comments, to_answer
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.i18n import N_
from sgdocs.proceedings.of_person import own_actions
from sgdocs.web import approval_words, urls


@dataclass(frozen=True)
class Row:
    """A line of a list of one's own. place: where it belongs (identifier, address)."""

    place: str
    address: str
    text: str
    state: str = ""
    meaning: str = "past"
    on: date | None = None
    by: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """For files and the API, in English."""
        return vars(self) | {"on": self.on.isoformat() if self.on else None}


def rows_of(act: Act, name: str, kinds: Sequence[str] = ()) -> list[Row]:
    """The rows of the list of that name. kinds: of obligations, () for all. KeyError for another name."""
    return _LISTS[name](act, kinds)


def _actions(act: Act, kinds: Sequence[str]) -> list[Row]:
    return [
        Row(
            row.meeting.code,
            f"{urls.meeting(row.meeting.code)}/actions",
            row.action.text,
            N_("Late") if row.is_late else N_("Open"),
            "stopped" if row.is_late else "progress",
            row.action.due_on,
            row.group.label,
        )
        for row in own_actions(act)
    ]


def _comments(act: Act, kinds: Sequence[str]) -> list[Row]:
    return [
        Row(
            row.process.name,
            urls.approval(row.process.number, "comments", row.comment.number),
            row.comment.text,
            N_("Withdrawn") if row.comment.withdrawn_at else approval_words.disposition(row.comment.disposition),
            "needs" if row.needs_answer else approval_words.meaning_of_disposition(row.comment.disposition),
            geneva_day(row.comment.sent_at),
            row.comment.kind,
        )
        for row in own_comments(act)
    ]


def _consultations(act: Act, kinds: Sequence[str]) -> list[Row]:
    return [
        Row(row.name, urls.approval(row.number), row.title, approvals.state_of(row).title, "needs", row.closes_on)
        for row in to_answer(act)
    ]


def _obligations(act: Act, kinds: Sequence[str]) -> list[Row]:
    today = geneva_day(act.now)
    return [
        Row(
            row.process.name,
            urls.approval(row.process.number),
            approval_words.obligation(row.obligation.kind),
            N_("Late") if row.obligation.due_on and row.obligation.due_on < today else N_("Open"),
            "stopped" if row.obligation.due_on and row.obligation.due_on < today else "progress",
            row.obligation.due_on,
            row.obligation.role,
        )
        for row in approvals.obligations_of(act, mine=True)
        if not kinds or row.obligation.kind in kinds
    ]


_LISTS: Mapping[str, Callable[[Act, Sequence[str]], list[Row]]] = {
    "actions": _actions,
    "comments": _comments,
    "consultations": _consultations,
    "obligations": _obligations,
}
