"""What lists and the API give out of accepted changes, requests and checks."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel

from sgdocs.work_programme.base_texts import Checked, Requests
from sgdocs.work_programme.queries import ChangeRow


class ChangeOut(BaseModel):
    """An accepted change. sha256: of the file that brought it."""

    number: int
    clause: str
    change: str
    before: str
    after: str
    document: str
    sha256: str
    meeting: str
    note: str
    accepted_at: datetime
    undone_at: datetime | None
    undone_reason: str

    @classmethod
    def of(cls, row: ChangeRow) -> "ChangeOut":
        own = row.change
        return cls(
            number=own.number,
            clause=own.clause,
            change=own.change,
            before=own.before,
            after=own.after,
            document=row.document.label if row.document else "",
            sha256=own.sha256,
            meeting=row.meeting.code if row.meeting else "",
            note=own.note,
            accepted_at=own.accepted_at,
            undone_at=own.undone_at,
            undone_reason=own.undone_reason,
        )


class WishOut(BaseModel):
    """What one document would change in one sentence. clash: sentence, place, clause, agreed or ""; together: the
    sentence with all wishes where they can be joined; is_old: the words are those of an earlier base text."""

    clause: str
    title: str
    place: int
    before: str
    after: str
    change: str
    document: str
    source: str
    clash: str
    together: str
    is_old: bool


def wishes(found: Requests) -> Iterator[WishOut]:
    """By clause, sentence and document."""
    for clause in found.clauses:
        for row in clause.rows:
            for wish in row.wishes:
                document = found.documents[wish.id]
                yield WishOut(
                    clause=clause.label,
                    title=clause.title,
                    place=row.place,
                    before=wish.edit.before,
                    after=wish.edit.after,
                    change=wish.edit.change,
                    document=document.label,
                    source=document.source,
                    clash=row.clash.value,
                    together=row.together,
                    is_old=wish.is_old,
                )


class FindingOut(BaseModel):
    """One line of a check. finding: in, partly, otherwise, missing (of an accepted change), never-accepted, editorial,
    moved (of the draft); number: of the accepted change; found: what the draft says."""

    finding: str
    clause: str
    number: int | None
    before: str
    after: str
    found: str


def findings(checked: Checked) -> Iterator[FindingOut]:
    """Accepted changes by number, then what the draft has besides."""
    for fate in checked.check.fates:
        row = checked.changes[fate.number]
        found = fate.found or "\n".join(fate.left)
        yield FindingOut(
            finding=fate.state.value,
            clause=row.clause,
            number=row.number,
            before=row.before,
            after=row.after,
            found=found,
        )
    for each in checked.check.unaccepted:
        kind = "moved" if each.moved_to else "editorial" if each.edit.is_editorial else "never-accepted"
        yield FindingOut(
            finding=kind,
            clause=each.edit.clause,
            number=None,
            before=each.edit.before,
            after=each.edit.after,
            found=each.moved_to,
        )
