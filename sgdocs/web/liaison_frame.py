"""The head that every page of one liaison statement has: who asks whom for what, where it stands, what the visitor may do.

    statement = statement_of(act, name)
    there = moved(request, name, statement, "/thread")
    return there or framed(request, act, "liaison/thread.html", statement, thread=thread)

A template extends `liaison/_frame.html` and fills its block `panel`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.act import Act
from sgdocs.liaison import queries
from sgdocs.liaison.approvers import Approval, approvers_of
from sgdocs.liaison.chances import Asked, chances_of
from sgdocs.liaison.intime import InTime
from sgdocs.liaison.loops import Caution, warnings_of
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.liaison.record_rows import AddresseeRow, Record
from sgdocs.liaison.records import record_of
from sgdocs.liaison.rules import Origin, Status
from sgdocs.policy import Permission, Scope, audiences, may
from sgdocs.web import liaison_words, paper_words, urls
from sgdocs.web.deps import services_of
from sgdocs.web.liaison_deeds import WITHDRAW, Deed, deeds_for, deeds_of
from sgdocs.web.render import page


@dataclass(frozen=True)
class StatementFrame:
    """record: what may be known of it; scope: where its senders act; chances: by id of the addressee, whether an answer
    can still be in time; sees_contacts: whether addresses of people are shown; act: of the reader."""

    act: Act
    record: Record
    scope: Scope
    chances: dict[int, InTime]
    sees_contacts: bool

    @property
    def statement(self) -> Statement:
        return self.record.statement

    @property
    def address(self) -> str:
        return urls.statement(self.statement.name)

    @property
    def is_withdrawn(self) -> bool:
        return self.statement.status == Status.WITHDRAWN

    @property
    def has_delivery(self) -> bool:
        """Whether there is proof of delivery that the reader may see."""
        return any(row.dispatches for row in self.record.addressees)

    @property
    def late(self) -> list[AddresseeRow]:
        return [row for row in self.record.addressees if row.is_overdue]

    @property
    def awaited(self) -> list[AddresseeRow]:
        return [row for row in self.record.addressees if row.is_awaited]

    @property
    def place(self) -> tuple[str, str] | None:
        """Name and address of the group whose register it stands in first."""
        group = self.record.group
        return (group.label, f"{urls.group(group.path)}/liaisons") if group else None

    @cached_property
    def deeds(self) -> list[Deed]:
        """What the visitor may do on the senders' side."""
        return deeds_of(self.act, self.statement)

    @cached_property
    def deeds_there(self) -> list[tuple[AddresseeRow, list[Deed]]]:
        """What the visitor may do for each addressee, of those for whom it is anything."""
        told = [(row, deeds_for(self.act, self.statement, row.addressee)) for row in self.record.addressees]
        return [(row, offered) for row, offered in told if offered]

    @cached_property
    def warnings(self) -> list[Caution]:
        """The same text elsewhere, answers given already, crossings: for who has something to do with it. A dozen queries."""
        return warnings_of(self.act, self.statement) if self.deeds or self.deeds_there else []

    @property
    def sends(self) -> bool:
        """Whether the visitor may send its letters again."""
        return any(deed.word == WITHDRAW.word for deed in self.deeds)

    @cached_property
    def approvals(self) -> list[Approval]:
        """Who can approve it, of a draft of ours."""
        is_ours = self.record.is_draft and self.statement.origin == Origin.OURS
        return approvers_of(self.act, self.statement) if is_ours else []

    def chance(self, row: AddresseeRow) -> InTime | None:
        return self.chances.get(row.addressee.id or 0)

    def may(self, permission: str) -> bool:
        """Whether the visitor may do this on the senders' side."""
        return may(self.act.actor, Permission(permission), self.scope)

    def may_there(self, permission: str, addressee: Addressee) -> bool:
        """Whether the visitor may do this for the addressed group."""
        there = queries.scope_of_addressee(self.act.session, addressee)
        return bool(there.group) and may(self.act.actor, Permission(permission), there)


def statement_of(act: Act, name: str) -> Statement:
    """The statement of an address, `T25-SG13-LS123`, or of any name that it goes by."""
    return queries.by_name(act, name)


def moved(request: Request, name: str, statement: Statement, tail: str = "") -> Response | None:
    """The redirect to the canonical address, or None when this is it. A number may mean a newer statement tomorrow."""
    if name == statement.name:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    lasting = name.casefold() in (statement.name.casefold(), f"draft-{statement.id}")
    return RedirectResponse(urls.statement(statement.name) + tail + query, 301 if lasting else 302)


def frame_of(act: Act, statement: Statement, practice: Practice = USUAL) -> StatementFrame:
    """Costs some twenty queries, whatever the number of addressees."""
    record = record_of(act, statement)
    awaited = [row.addressee for row in record.addressees if row.is_awaited]
    asked = [Asked(row.id or 0, row.group_id, row.deadline) for row in awaited if row.group_id]
    return StatementFrame(
        act,
        record,
        queries.scope_of(act.session, statement),
        chances_of(act, asked, practice),
        "members" in audiences(act.actor),
    )


def framed(
    request: Request,
    act: Act,
    template: str,
    statement: Statement,
    *,
    fragment: str | None = None,
    status: int = 200,
    frame_: StatementFrame | None = None,
    **more: Any,
) -> Response:
    """A page with the head of one statement; frame_: when the caller has it already."""
    it = frame_ or frame_of(act, statement, Practice.of(services_of(request).settings))
    return page(
        request,
        template,
        fragment=fragment,
        status=status,
        it=it,
        record=it.record,
        statement=statement,
        says=liaison_words,
        paper=paper_words,
        **more,
    )
