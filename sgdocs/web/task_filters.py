"""What a list of tasks is asked for, from the query string: the same for page, file and API."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Query
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean
from sgdocs.documents import queries as documents
from sgdocs.groups.models import Group
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.listing import reach_of
from sgdocs.people.models import Person
from sgdocs.tasks.listed import TaskFilter
from sgdocs.tasks.rules import OPEN, Due, State
from sgdocs.web import urls
from sgdocs.work_programme import queries as items

VIEWS: Final = ("board", "list")
ME, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class Wanted:
    """owner: slug of a person, `me` or `nobody`; state: of tasks, `open` or `any`; "" for what the view shows."""

    view: str = "board"
    owner: str = ""
    due: str = ""
    state: str = ""
    meeting: str = ""
    document: str = ""
    item: str = ""
    q: str = ""

    @property
    def filters(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("owner", "due", "state", "meeting", "document", "item", "q")}

    @property
    def query(self) -> str:
        return urls.with_query("", **self.filters).removeprefix("?")

    def address(self, path: str, number: int) -> str:
        """Of one page of the list."""
        view = self.view if self.view == "list" and path != "/my/tasks" else ""
        return urls.with_query(path, view=view, **self.filters, page=number if number > 1 else None)

    @property
    def is_list(self) -> bool:
        return self.view == "list" or self.state not in ("", "any")

    def filter(self, act: Act, group_ids: tuple[int, ...] | None) -> TaskFilter:
        """NotFound for a meeting, document or work item that the actor may not know of; somebody unknown has no tasks."""
        owner_id = act.actor.person_id or 0 if self.owner == ME else None
        if self.owner not in ("", ME, NOBODY):
            owner_id = act.session.exec(select(Person.id).where(Person.slug == self.owner)).first() or 0
        meeting = meetings.by_code(act, self.meeting) if self.meeting else None
        return TaskFilter(
            group_ids=group_ids,
            states=_states(self.state),
            owner_id=owner_id,
            nobodys=self.owner == NOBODY,
            due=Due(self.due) if self.due else None,
            meeting_id=meeting.id if meeting else None,
            document_id=documents.by_name(act, self.document).id if self.document else None,
            item_id=items.by_handle(act, self.item).id if self.item else None,
            words=self.q,
        )

    def in_group(self, act: Act, group: Group) -> TaskFilter:
        """The same, in the group and its parts."""
        return self.filter(act, reach_of(act.session, group))


def _states(word: str) -> tuple[State, ...]:
    if word == "open":
        return OPEN
    return (State(word),) if word in set(State) else ()


def wanted(
    *,
    view: Annotated[str, Query(max_length=10)] = "board",
    owner: Annotated[str, Query(max_length=200, description="slug of a person, me or nobody")] = "",
    due: Annotated[str, Query(max_length=10, description="overdue, week, month, none")] = "",
    state: Annotated[str, Query(max_length=10, description="todo, doing, done, withdrawn, open, any")] = "",
    meeting: Annotated[str, Query(max_length=80, description="code of a meeting: its action items")] = "",
    document: Annotated[str, Query(max_length=120, description="name of a document that it is about")] = "",
    item: Annotated[str, Query(max_length=120, description="number or name of a work item that it is about")] = "",
    q: Annotated[str, Query(max_length=200)] = "",
) -> Wanted:
    """Invalid for a word that means nothing."""
    choices = (("view", view, VIEWS), ("due", due, tuple(Due)), ("state", state, (*State, "open", "any")))
    for name, given, right in choices:
        if given and given not in right:
            invalid(name, given, ", ".join(right) + ".")
    return Wanted(view or "board", clean(owner), due, state, clean(meeting), clean(document), clean(item), clean(q))


Asking = Annotated[Wanted, Depends(wanted)]
