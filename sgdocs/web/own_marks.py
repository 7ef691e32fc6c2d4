"""What the reader alone sees on a list or record: stars and stances on its rows, and what changed since they looked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sgdocs.base.act import Act
from sgdocs.workspace.kinds import KINDS
from sgdocs.workspace.rules import Change
from sgdocs.workspace.since import Rows, Since, Star, glance


@dataclass(frozen=True)
class OwnMarks:
    """For templates as `own`. kind: of the rows; kept, since: by the ids of the rows."""

    kind: str
    since: Since
    kept: Mapping[int, Star] = field(default_factory=dict)

    def __contains__(self, id: int) -> bool:
        """Whether anything is to be shown at the row."""
        return id in self.kept or id in self.since.changes

    def changes(self, id: int) -> Sequence[Change]:
        return self.since.of(id)


def own_marks(
    act: Act, kind: str, ids: Iterable[int | None], place: str, *, around: Iterable[tuple[str, int]] = ()
) -> OwnMarks | None:
    """None for who keeps no workspace. kind: of `kinds.KINDS`; place: as `Looked.place`; around: tables and ids of what the
    rows stand in. One query."""
    found = glance(act, place, Rows.of(KINDS[kind].subject, ids, kind=kind, around=around))
    return OwnMarks(kind, found.since, found.kept) if found is not None else None
