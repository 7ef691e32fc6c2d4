"""A comment sheet that somebody brings: new comments, changed ones, dispositions; whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from sgdocs.approval import sheets
from sgdocs.approval.actions import comments as actions
from sgdocs.approval.actions._senders import audience_of, locked
from sgdocs.approval.comment_schemas import CommentForm, DisposalForm
from sgdocs.approval.models import Comment, Process
from sgdocs.approval.sheets import Deed, Known, Line, Words
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, Refused, missing, word
from sgdocs.base.text import folded
from sgdocs.journal.record import record
from sgdocs.people.models import Organisation
from sgdocs.policy import reads
from sgdocs.text.tables import Grid


@dataclass(frozen=True)
class Brought:
    """Numbers of comments: sent, changed, disposed of; rows that asked for nothing."""

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    disposed: tuple[int, ...] = ()
    unchanged: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.new or self.changed or self.disposed)


def bring(act: Act, process: Process, grids: Sequence[Grid]) -> Brought:
    """Do what the sheet asks for. Every row under the rules of the single act; one fault, and nothing is done.

    Raises the refusal of the row where there is one, `sheets.refused` with all of them where there are more. The door
    rolls back.
    """
    if not reads(act.actor, audience_of(act, process)):
        missing("comments", process.number)
    sheet = sheets.read(grids, process.number)
    _refuse(sheet.faults)
    process = locked(act, process)
    rows = _comments(act, process)
    deeds, faults = sheets.plan(sheet, [known(row) for row in rows.values()], process.number, _own(act))
    _refuse(faults)
    done = _Done(act, process, rows)
    for deed in deeds:
        done.do(deed)
    if len(done.refused) == 1:
        raise done.refused[0][1]
    _refuse([_of_row(line, no) for line, no in done.refused])
    brought = Brought(tuple(done.new), tuple(done.changed), tuple(done.disposed), done.unchanged)
    if not brought.is_nothing:
        _note(act, process, brought)
    return brought


def known(row: Comment) -> Known:
    words = Words(row.kind, row.clause, row.element, row.text, row.proposed, row.opposes)
    return Known(row.uid, row.version, row.entity, words, row.disposition, row.disposition_text)


def _comments(act: Act, process: Process) -> dict[str, Comment]:
    found = select(Comment).where(Comment.process_id == process.id).order_by(col(Comment.number))
    return {row.uid: row for row in act.session.exec(found.execution_options(populate_existing=True))}


def _own(act: Act) -> str:
    own = act.session.get(Organisation, act.actor.organisation_id) if act.actor.organisation_id else None
    return own.name if own is not None else ""


class _Done:
    """The deeds of one sheet, counted; a refusal of one does not hide those of the others."""

    def __init__(self, act: Act, process: Process, rows: dict[str, Comment]) -> None:
        self.act, self.process, self.rows = act, process, rows
        self.new: list[int] = []
        self.changed: list[int] = []
        self.disposed: list[int] = []
        self.unchanged = 0
        self.refused: list[tuple[Line, Refused]] = []

    def do(self, deed: Deed) -> None:
        if not (deed.words or deed.disposal):
            self.unchanged += 1
            return
        try:
            self._do(deed)
        except Refused as no:
            self.refused.append((deed.line, no))

    def _do(self, deed: Deed) -> None:
        line = deed.line
        row = self.rows[line.uid] if line.uid else None
        seen = line.seen
        if row is None:
            row = actions.comment(self.act, self.process, _form(line, entity=self._named(line)))
            self.new.append(row.number)
            seen = row.version
        elif deed.words:
            row, seen = actions.change(self.act, self.process, row, _form(line)), None
            self.changed.append(row.number)
        if deed.disposal or (not line.uid and line.disposition is not None):
            form = DisposalForm(disposition=line.disposition, reason=line.reason, seen=seen)
            actions.dispose(self.act, self.process, row, form)
            self.disposed.append(row.number)

    def _named(self, line: Line) -> str:
        """The entity of the row, "" where it is the actor's own."""
        return "" if folded(line.entity) == folded(_own(self.act)) else line.entity


def _form(line: Line, *, entity: str = "") -> CommentForm:
    words = line.words
    return CommentForm.model_validate(
        {
            "kind": words.kind,
            "clause": words.clause,
            "element": words.element[:200],
            "text": words.text,
            "proposed": words.proposed,
            "opposes": words.opposes,
            "entity": entity,
            "seen": line.seen,
        }
    )


def _of_row(line: Line, no: Refused) -> Refusal:
    return Refusal(sheets.ROW, {"row": line.row, "reason": no.message, "rule": no.rule.id}, field="file")


def _refuse(faults: Sequence[Refusal]) -> None:
    """One fault is raised as it is; several in one, each with its row."""
    if not faults:
        return
    if len(faults) == 1:
        raise Invalid(faults[0].rule, field="file", **dict(faults[0].facts))
    reasons = " ".join(word(each.rule.says, each.facts) for each in faults[:20])
    ids = [str(each.facts.get("rule", each.rule.id)) for each in faults]
    raise Invalid(sheets.REFUSED, field="file", reasons=reasons, faults=ids)


def _note(act: Act, process: Process, brought: Brought) -> None:
    record(
        act,
        "approval.sheet-taken",
        process,
        group_id=process.group_id,
        audience=audience_of(act, process),
        number=process.number,
        new=len(brought.new),
        changed=len(brought.changed),
        disposed=len(brought.disposed),
    )
