"""What comes into the workspace, and what the API gives out of it."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from sgdocs.workspace.rules import LONGEST_NAME, LONGEST_NOTE, LONGEST_QUERY, Alert, Stance

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class KeepForm(BaseModel):
    """mark: the state of the text that was before the eyes, "" for what stands now; was: `changed_at` of what was before
    the eyes, so that words of another window are not lost; "" asks for nothing."""

    is_favourite: bool = False
    stance: Stance = Stance.NONE
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    is_shared: bool = False
    covers: bool = False
    mark: Annotated[str, Field(max_length=200)] = ""
    was: Annotated[str, Field(max_length=40)] = ""


class ChangedOut(BaseModel):
    """Clauses by their labels; is_compared: whether both texts could be read."""

    until: str
    changed: list[str]
    new: list[str]
    gone: list[str]
    is_compared: bool


class KeptOut(BaseModel):
    """label, title, url: null once the thing may not be read any more. since: the version on which stance and note were
    written; is_stale: the text went on since."""

    kind: str
    id: int
    label: str | None
    title: str | None
    url: str | None
    is_favourite: bool
    stance: str
    note: str
    is_shared: bool
    covers: bool
    since: str
    is_stale: bool
    changes: ChangedOut | None
    carried_from: str
    changed_at: datetime


class ColleagueOut(BaseModel):
    """stance, note: "" unless shared."""

    name: str
    slug: str
    covers: bool
    stance: str
    note: str


class CoverOut(BaseModel):
    kind: str
    id: int
    label: str
    title: str
    url: str
    colleagues: list[ColleagueOut]


class LookForm(BaseModel):
    """position: as the page told it; 0 for what is newest now."""

    place: Annotated[str, Field(min_length=1, max_length=120)]
    position: Annotated[int, Field(ge=0, lt=1 << 31)] = 0


class SearchForm(BaseModel):
    """path: of a list (`/search`, `/doc`, `/wi`, `/rec`, `/approval`); query: its query string."""

    name: Name
    path: Annotated[str, Field(max_length=200)]
    query: Annotated[str, Field(max_length=LONGEST_QUERY)] = ""
    often: Alert = Alert.OFF
    list_id: int | None = None


class SearchOut(BaseModel):
    id: int
    name: str
    url: str
    often: str
    list_id: int | None
    known: int
    new: int
    unknown: list[str]
    problem: str
    checked_at: datetime | None


class ListForm(BaseModel):
    name: Name


class HitOut(BaseModel):
    """because: of which rule, or by hand."""

    kind: str
    key: str
    label: str
    title: str
    url: str
    because: str = ""
    is_new: bool = False
