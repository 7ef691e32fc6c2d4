"""What the reader alone sees on a list or record: stars and stances on its rows, and what changed since they looked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sgdocs.base.act import Act
from sgdocs.workspace.kinds import KINDS
from sgdocs.workspace.models import Kept
from sgdocs.workspace.queries import kept_among, owner_or_none
from sgdocs.workspace.rules import Change
from sgdocs.workspace.since import Since, since


@dataclass(frozen=True)
class OwnMarks:
    """For templates as `own`. kind: of the rows; kept, since: by the ids of the rows."""

    kind: str
    since: Since | None = None
    kept: Mapping[int, Kept] = field(default_factory=dict)

    def __contains__(self, id: int) -> bool:
        """Whether anything is to be shown at the row."""
        return id in self.kept or (self.since is not None and id in self.since.changes)

    def changes(self, id: int) -> Sequence[Change]:
        return self.since.of(id) if self.since is not None else ()


def own_marks(
    act: Act, kind: str, ids: Iterable[int | None], place: str, *, around: tuple[str, int] | None = None
) -> OwnMarks | None:
    """None for who keeps no workspace. kind: of `kinds.KINDS`; place: as `Looked.place`; around: table and id of what the
    rows stand in. Four queries."""
    if owner_or_none(act) is None:
        return None
    wanted = [id for id in ids if id is not None]
    return OwnMarks(kind, since(act, place, KINDS[kind].subject, wanted, around=around), kept_among(act, kind, wanted))
