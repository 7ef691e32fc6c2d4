"""Comments of members: sent, changed, withdrawn, disposed of, found satisfying. Every version stays."""

import secrets
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from sgdocs.approval import comment_rules as rules
from sgdocs.approval import evidence
from sgdocs.approval.actions._senders import (
    Sender,
    audience_of,
    group_of,
    locked,
    require_open,
    sender_of,
    window_of,
)
from sgdocs.approval.comment_rules import COMMENT_WINDOWS, Disposal
from sgdocs.approval.comment_schemas import ClassForm, CommentForm, DisposalForm
from sgdocs.approval.models import Comment, CommentVersion, Process, Window
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, Refusal, refuse
from sgdocs.documents.schemas import Upload
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.policy import Permission, Scope, may, require
from sgdocs.work_programme.models import ItemEditor


def comment(act: Act, process: Process, form: CommentForm, upload: Upload | None = None) -> Comment:
    """A comment under the next number, bound to the text of the window. upload: a file that was read and scanned.

    Closed: before the first or after the last second in Geneva; NotAllowed: the entity may not comment.
    """
    sender = sender_of(act, form.entity, form.received_at)
    process = locked(act, process)
    window = _permit_comment(act, process, sender)
    _require_whole(form, upload)
    row = Comment(
        uid=f"C-{secrets.token_hex(6)}",
        process_id=process.id or 0,
        window_id=window.id,
        number=_next_number(act, process),
        organisation_id=sender.organisation.id,
        person_id=act.actor.person_id,
        entity=sender.entity.name,
        kind=form.kind.value,
        text=form.text,
        document_part=window.document_part or process.document_part,
        sha256=window.sha256 or process.sha256,
        sent_at=sender.at,
    )
    _say(row, form, upload)
    act.session.add(row)
    act.session.flush()
    _note(act, "approval.commented", process, row, kind=row.kind, entity=row.entity, clause=row.clause)
    return row


def change(act: Act, process: Process, row: Comment, form: CommentForm, upload: Upload | None = None) -> Comment:
    """Other words while the window is open; what was said, and judged of it, stays as a version."""
    process, row = locked(act, process), _fresh(act, row)
    sender = _permit_own(act, process, row)
    window = _permit_comment(act, process, sender)
    refuse(None if row.window_id == window.id else Refusal(rules.EARLIER, {"number": row.number}), Closed)
    _require_standing(row)
    _require_seen(row, form.seen)
    _require_whole(form, upload)
    _keep(act, row)
    _say(row, form, upload)
    row.disposition, row.disposition_text, row.disposed_by, row.disposed_at = "", "", None, None
    row.satisfied_by, row.satisfied_at = None, None
    act.session.add(row)
    _note(act, "approval.comment-changed", process, row, kind=row.kind, entity=row.entity)
    return row


def withdraw(act: Act, process: Process, row: Comment, reason: str = "") -> Comment:
    """The comment counts no more, in the window or while comments are resolved; it stays to be read."""
    process, row = locked(act, process), _fresh(act, row)
    require_open(process)
    _permit_own(act, process, row)
    _require_standing(row)
    _keep(act, row)
    row.withdrawn_at = act.now
    row.disposition, row.disposition_text = Disposal.WITHDRAWN.value, reason
    row.disposed_by, row.disposed_at = act.actor.person_id, act.now
    act.session.add(row)
    _note(act, "approval.comment-withdrawn", process, row, entity=row.entity, reason=reason)
    return row


def dispose(act: Act, process: Process, row: Comment, form: DisposalForm) -> Comment:
    """What became of a comment and why, or that it is open again. Another disposition ends a satisfaction."""
    process, row = locked(act, process), _fresh(act, row)
    require_open(process)
    _permit_judging(act, process)
    _require_standing(row)
    _require_seen(row, form.seen)
    if form.disposition is not None:
        refuse(rules.why_not_dispose(form.disposition, form.reason, row.entity), Invalid)
    given = form.disposition.value if form.disposition else ""
    if (row.disposition, row.disposition_text) == (given, form.reason):
        return row
    was = row.disposition
    _keep(act, row)
    row.disposition, row.disposition_text = given, form.reason
    row.disposed_by, row.disposed_at = (act.actor.person_id, act.now) if given else (None, None)
    row.satisfied_by, row.satisfied_at = None, None
    act.session.add(row)
    _note(act, "approval.comment-disposed", process, row, disposition=given, was=was)
    return row


def satisfy(act: Act, process: Process, row: Comment, *, satisfied: bool = True) -> Comment:
    """The commenter says that the disposition satisfies, or no longer; the secretariat enters it for them."""
    process, row = locked(act, process), _fresh(act, row)
    require_open(process)
    _permit_own(act, process, row)
    _require_standing(row)
    refuse(None if row.disposition or not satisfied else Refusal(rules.NO_DISPOSITION, {"number": row.number}))
    row.satisfied_by, row.satisfied_at = (act.actor.person_id, act.now) if satisfied else (None, None)
    act.session.add(row)
    _note(act, "approval.comment-satisfied", process, row, entity=row.entity, satisfied=satisfied)
    return row


def classify(act: Act, process: Process, row: Comment, form: ClassForm) -> Comment:
    """Chair or secretariat contest whether it is typographical or substantive. Source: domain AAP-7."""
    process, row = locked(act, process), _fresh(act, row)
    require_open(process)
    require(act.actor, Permission.JUDGE, Scope(group_of(act, process).path))
    _require_standing(row)
    refuse(rules.why_not_said(form.kind, opposes=row.opposes, proposed=row.proposed), Invalid)
    if row.kind == form.kind:
        return row
    was = row.kind
    _keep(act, row)
    row.kind = form.kind.value
    act.session.add(row)
    _note(act, "approval.comment-classified", process, row, kind=row.kind, was=was, reason=form.reason)
    return row


def may_dispose(act: Act, process: Process) -> bool:
    """Whether the actor may record dispositions: whoever writes for the group, an editor of the item, the office."""
    return may(act.actor, Permission.DISPOSE_COMMENT, _judging_scope(act, process))


def require_commenter(act: Act, process: Process) -> None:
    """NotAllowed for who may comment on no text of the group; doors ask before they take a file in."""
    require(act.actor, Permission.COMMENT, Scope(group_of(act, process).path))


def _permit_comment(act: Act, process: Process, sender: Sender) -> Window:
    """The open window; who may not comment learns that first."""
    group = group_of(act, process)
    refuse(rules.why_not_comment(sender.entity, group.path, process.rules), NotAllowed)
    require(act.actor, Permission.COMMENT, Scope(group.path))
    window, span = window_of(act, process)
    refuse(rules.why_not_now(span, COMMENT_WINDOWS, process.number, sender.at), Closed)
    assert window is not None, "there is a span"
    return window


def _permit_own(act: Act, process: Process, row: Comment) -> Sender:
    """The people of the entity, or the secretariat for it."""
    is_office = may(act.actor, Permission.HOLD_CLOSING)
    is_own = act.actor.organisation_id is not None and act.actor.organisation_id == row.organisation_id
    if not (is_office or is_own):
        raise NotAllowed(rules.NOT_YOURS, number=row.number, entity=row.entity)
    require(act.actor, Permission.COMMENT, Scope(group_of(act, process).path))
    return sender_of(act, row.entity if is_office else "", None)


def _permit_judging(act: Act, process: Process) -> None:
    require(act.actor, Permission.DISPOSE_COMMENT, _judging_scope(act, process))


def _judging_scope(act: Act, process: Process) -> Scope:
    """The Question of the text, else its group; owner: the actor, where they edit the work item."""
    place: Group = groups.by_id(act.session, process.question_id or process.group_id)
    return Scope(place.path, owner_id=act.actor.person_id if _is_editor(act, process) else None)


def _is_editor(act: Act, process: Process) -> bool:
    if act.actor.person_id is None or process.work_item_id is None:
        return False
    wanted = select(ItemEditor.id).where(
        ItemEditor.work_item_id == process.work_item_id, ItemEditor.person_id == act.actor.person_id
    )
    return act.session.exec(wanted).first() is not None


def _fresh(act: Act, row: Comment) -> Comment:
    found = select(Comment).where(Comment.id == row.id).execution_options(populate_existing=True)
    return act.session.exec(found).one()


def _require_standing(row: Comment) -> None:
    if row.withdrawn_at is not None:
        raise Conflict(rules.WITHDRAWN, number=row.number, on=geneva_day(row.withdrawn_at))


def _require_seen(row: Comment, seen: int | None) -> None:
    if seen is not None and seen != row.version:
        raise Conflict(rules.CHANGED, number=row.number, version=row.version, seen=seen)


def _require_whole(form: CommentForm, upload: Upload | None) -> None:
    refuse(rules.why_not_said(form.kind, opposes=form.opposes, proposed=form.proposed), Invalid)
    if upload is not None and upload.is_quarantined:
        raise Invalid(rules.IN_QUARANTINE, field="file")


def _say(row: Comment, form: CommentForm, upload: Upload | None) -> None:
    row.kind, row.clause, row.element = form.kind.value, form.clause, form.element
    row.text, row.proposed, row.opposes = form.text, form.proposed, form.opposes
    if upload is not None:
        row.file_name, row.file_sha256 = upload.given_name, upload.blob.sha256


def _keep(act: Act, row: Comment) -> None:
    """What it said until now, as a version; the comment goes on as the next."""
    said, who = evidence.said_of(row), act.actor.person_id
    kept = CommentVersion(comment_id=row.id or 0, version=row.version, said=said, person_id=who, at=act.now)
    act.session.add(kept)
    row.version += 1


def _next_number(act: Act, process: Process) -> int:
    highest = select(func.max(Comment.number)).where(col(Comment.process_id) == process.id)
    return (act.session.exec(highest).one() or 0) + 1


def _note(act: Act, verb: str, process: Process, row: Comment, **facts: Any) -> None:
    """Read by those who read the comments, in the history of the process. sha256: of what the comment says now."""
    audience, said = audience_of(act, process), evidence.digest(evidence.of_comment(process.number, row))
    told: dict[str, Any] = {"number": process.number, "comment": row.number, "version": row.version, "sha256": said}
    record(act, verb, process, group_id=process.group_id, audience=audience, **(told | facts))
