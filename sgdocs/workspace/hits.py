"""What a saved search finds: hits, and what running one needs."""

from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import quote

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.meetings.listing import reach_of
from sgdocs.search.engine import SearchEngine
from sgdocs.workspace.asking import Query

MOST_HITS: Final = 1000


class Searching(Protocol):
    """What running a saved search needs of the services."""

    @property
    def search(self) -> SearchEngine: ...


@dataclass(frozen=True)
class Hit:
    """key: kind and id, as `kinds.KINDS` names them where it can be kept."""

    key: str
    label: str
    title: str
    path: str

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


class Unavailable(Exception):
    """There is no answer just now; the message says why."""


def path_of(*parts: object) -> str:
    return "/" + "/".join(quote(str(part), safe=":@!$&'()*+,;=") for part in parts)


def places_of(act: Act, asked: Query) -> dict[str, Any]:
    """Ids of groups and Questions: a Question or working party means its Questions."""
    found: dict[str, Any] = {}
    for name in ("group", "question"):
        group = asked.group(act, name)
        if group is not None:
            found |= _reach(act, group)
    return found


def _reach(act: Act, group: Group) -> dict[str, tuple[int, ...]]:
    is_part = group.kind in (GroupKind.QUESTION, GroupKind.WORKING_PARTY) and group.sector == "T"
    return {"question_ids" if is_part else "group_ids": reach_of(act.session, group)}
