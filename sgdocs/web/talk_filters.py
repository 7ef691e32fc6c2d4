"""What the list of discussions is asked for, on its page, in its files and in the API."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.base.paging import Page
from sgdocs.discussions import queries
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.groups import queries as groups
from sgdocs.meetings import queries as meetings
from sgdocs.web import urls

Words = Annotated[str, Query(max_length=120)]


@dataclass(frozen=True)
class Asked:
    """all: whatever the reader may read, else where it takes part; kind: of `rules.Kind`; group: path; meeting: code."""

    all: bool = False
    kind: str = ""
    group: str = ""
    meeting: str = ""

    @property
    def query(self) -> dict[str, str]:
        given = {"all": "true" if self.all else "", "kind": self.kind, "group": self.group, "meeting": self.meeting}
        return {name: value for name, value in given.items() if value}

    def address(self, number: int = 1) -> str:
        return urls.with_query("/discussion", **self.query, page=number if number > 1 else None)

    def found(self, act: Act, *, number: int = 1, size: int = 50, skip: int | None = None) -> Page[Thread]:
        """NotFound for a group or meeting that is not there."""
        wanted = [col(Thread.kind) == self.kind] if self.kind else []
        if self.group:
            wanted.append(col(Thread.group_id) == groups.by_path(act.session, self.group).id)
        if self.meeting:
            wanted.append(col(Thread.meeting_id) == meetings.by_code(act, self.meeting).id)
        if not self.all:
            wanted.append(queries.taking_part(act))
        return queries.listing(act, *wanted, number=number, size=size, skip=skip)


def asked_for(all: bool = False, kind: Words = "", group: Words = "", meeting: Words = "") -> Asked:
    if kind and kind not in set(Kind):
        invalid("kind", kind, ", ".join(Kind) + ".")
    return Asked(all, kind, group, meeting)


Asking = Annotated[Asked, Depends(asked_for)]
