"""Answers in a window: of Member States in consultations, objections. Every version stays, the last one counts."""

from typing import Any

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from sgdocs.approval import comment_rules as rules
from sgdocs.approval import evidence
from sgdocs.approval.actions._senders import Sender, audience_of, group_of, locked, sender_of, window_of
from sgdocs.approval.comment_rules import REPLY_WINDOWS, Span
from sgdocs.approval.comment_schemas import ReplyForm
from sgdocs.approval.models import Obligation, Process, Reply, Window
from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, refuse
from sgdocs.journal.record import record
from sgdocs.people.models import Organisation
from sgdocs.policy import Permission, Scope, require

REGION = "region"
"""Kind of the note that a regional procedure begins with; its `countries` are ISO codes with commas."""


def reply(act: Act, process: Process, form: ReplyForm) -> Reply:
    """The answer of an entity; an earlier one stays and counts no more.

    NotAllowed: it is no Member State (of the region); Closed: before the first or after the last second in Geneva.
    """
    sender = sender_of(act, form.entity, form.received_at)
    process = locked(act, process)
    window, span = _permit(act, process, sender)
    refuse(rules.why_not_position(form.position, form.reason, span, process.sector), Invalid)
    was = _standing(act, window, sender)
    row = Reply(
        process_id=process.id or 0,
        window_id=window.id,
        organisation_id=sender.organisation.id or 0,
        country=sender.entity.country,
        position=form.position.value,
        reason=form.reason,
        person_id=act.actor.person_id,
        version=_next_version(act, window, sender),
        sent_at=sender.at,
    )
    _end(act, window, sender)
    act.session.add(row)
    act.session.flush()
    _fulfil(act, process, sender)
    before = was.position if was else ""
    said = evidence.digest(evidence.of_reply(process.number, row, sender.entity.name))
    facts = {"position": row.position, "version": row.version, "was": before, "sha256": said}
    _note(act, "approval.replied", process, sender, **facts)
    return row


def withdraw(act: Act, process: Process, entity: str = "") -> None:
    """No answer of the entity counts any more in this window; they stay. entity: for the secretariat."""
    sender = sender_of(act, entity, None)
    process = locked(act, process)
    window, _ = _permit(act, process, sender)
    was = _standing(act, window, sender)
    if was is None:
        raise Conflict(rules.NO_REPLY, entity=sender.entity.name)
    _end(act, window, sender)
    _note(act, "approval.reply-withdrawn", process, sender, was=was.position)


def _permit(act: Act, process: Process, sender: Sender) -> tuple[Window, Span]:
    """The open window, and that the entity may answer in it."""
    group = group_of(act, process)
    window, span = window_of(act, process)
    refuse(rules.why_not_now(span, REPLY_WINDOWS, process.number, sender.at), Closed)
    assert window is not None, "there is a span"
    assert span is not None
    asked = _asked(act, process) if process.procedure in ("tap", "regional-tap") else None
    no = rules.why_not_reply(sender.entity, span, process.procedure, group.path, region=region_of(process), asked=asked)
    refuse(no, NotAllowed)
    needed = Permission.COMMENT if process.procedure == "deletion" else Permission.REPLY
    require(act.actor, needed, Scope(group.path))
    return window, span


def region_of(process: Process) -> tuple[str, ...]:
    """Countries that a regional procedure consults; () for all."""
    named = next((note.get("countries", "") for note in process.notes if note.get("kind") == REGION), "")
    return tuple(each for each in named.split(",") if each)


def _asked(act: Act, process: Process) -> set[str]:
    """Who asked for more time at the deciding meeting: countries, or names of entities without one."""
    found = (
        select(Reply.country, Organisation.name)
        .join(Organisation, col(Organisation.id) == Reply.organisation_id)
        .where(
            Reply.process_id == process.id,
            col(Reply.meeting_id).is_not(None),
            Reply.position == "more-time",
            col(Reply.is_last),
        )
    )
    return {country or name for country, name in act.session.exec(found)}


def _of_sender(window: Window, sender: Sender) -> tuple[Any, ...]:
    """Conditions: an answer in this window of the entity, or of another one of its country."""
    own = col(Reply.organisation_id) == sender.organisation.id
    country = sender.entity.country
    is_state = sender.entity.category == rules.STATE
    theirs = or_(own, col(Reply.country) == country) if country and is_state else own
    return (col(Reply.window_id) == window.id, theirs)


def _standing(act: Act, window: Window, sender: Sender) -> Reply | None:
    return act.session.exec(select(Reply).where(*_of_sender(window, sender), col(Reply.is_last))).first()


def _end(act: Act, window: Window, sender: Sender) -> None:
    act.session.execute(
        update(Reply)
        .where(*_of_sender(window, sender))
        .values(is_last=False)
        .execution_options(synchronize_session="fetch")
    )


def _next_version(act: Act, window: Window, sender: Sender) -> int:
    highest = select(func.max(Reply.version)).where(
        Reply.window_id == window.id, Reply.organisation_id == sender.organisation.id
    )
    return (act.session.exec(highest).one() or 0) + 1


def _fulfil(act: Act, process: Process, sender: Sender) -> None:
    """Who owed a reply owes it no more."""
    act.session.execute(
        update(Obligation)
        .where(
            col(Obligation.process_id) == process.id,
            col(Obligation.kind) == "reply",
            col(Obligation.organisation_id) == sender.organisation.id,
            col(Obligation.done_at).is_(None),
        )
        .values(done_at=act.now)
    )


def _note(act: Act, verb: str, process: Process, sender: Sender, **facts: Any) -> None:
    told: dict[str, Any] = {"number": process.number, "entity": sender.entity.name}
    audience = audience_of(act, process)
    record(act, verb, process, group_id=process.group_id, audience=audience, **(told | facts))
