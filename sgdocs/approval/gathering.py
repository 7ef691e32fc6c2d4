"""The facts that the tables look at, gathered once. Everything a need may ask is read here, nothing is decided."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from sgdocs.approval import bound_texts, rulings
from sgdocs.approval.answers import comment_facts, reply_facts, window_of
from sgdocs.approval.at_meetings import announced_on, is_in_session, is_of_group, listed, meeting_facts, next_meeting
from sgdocs.approval.bound_texts import Bound
from sgdocs.approval.facts import ProcessFacts, TextFacts
from sgdocs.approval.models import (
    Holiday,
    Process,
    RuleValue,
    Window,
)
from sgdocs.approval.targets import Target, editors_of
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document
from sgdocs.meetings.models import Meeting
from sgdocs.recommendations.models import Text
from sgdocs.work_programme.models import WorkItem

__all__ = [
    "Gathered",
    "at_expiry",
    "gather",
    "is_in_session",
    "is_of_group",
    "listed",
    "newest_text",
    "next_meeting",
    "text_in_hand",
    "window_of",
]


@dataclass(frozen=True)
class Gathered:
    """The facts, and the rows behind them. bound: the text that the step would bind to."""

    target: Target
    facts: ProcessFacts
    bound: Bound | None = None
    meeting: Meeting | None = None
    deciding: Meeting | None = None
    is_of_group: bool = True


def gather(
    act: Act,
    target: Target,
    *,
    meeting: Meeting | None = None,
    deciding: Meeting | None = None,
    text: Bound | None = None,
) -> Gathered:
    """meeting: the one at which the step is taken; deciding: the one that is to decide, when the step names it.

    text: None for the one in hand. Costs about fifteen queries. `at_expiry`: what the clock asks, in four.
    """
    session, process, today = act.session, target.process, geneva_day(act.now)
    decides = deciding or _deciding(session, process)
    in_hand = text if text is not None else text_in_hand(session, target)
    window = window_of(session, process) if process else None
    stored = list(session.exec(select(RuleValue))) if process is None else []
    here = meeting or decides
    facts = ProcessFacts(
        today=today,
        now=act.now,
        rules=process.rules if process else rulings.snapshot(today, stored),
        sector=target.procedure.sector if target.procedure.sector in ("T", "R") else target.group.sector,
        item_status=target.item.status if target.item else "",
        selected=target.item.process if target.item else "",
        kind=target.item.kind if target.item else "recommendation",
        is_new=target.item is not None and target.item.version in ("new", ""),
        has_question=target.question is not None,
        text=_text_facts(act, target, in_hand, meeting),
        meeting=meeting_facts(act, target, meeting, in_hand),
        deciding=meeting_facts(act, target, decides, in_hand, announced_on=announced_on(session, process)),
        next_meeting=meeting_facts(act, target, next_meeting(session, target.group, today), in_hand),
        comments=comment_facts(session, target),
        replies=reply_facts(session, process, here if meeting else None, window),
        window_opens_on=window.opens_on if window else None,
        window_closes_on=window.closes_on if window else None,
        window_closes_at=window.closes_at if window else None,
        is_held=process is not None and process.hold_until is not None and process.hold_until > act.now,
        queued=process.queued_for if process else "",
        began_on=process.opened_on if process else None,
        last_changed_on=_last_changed_on(session, target),
        **_published(session, target),
        holidays=tuple(session.exec(select(col(Holiday.day)))),
        region=_region(target),
    )
    return Gathered(target, facts, in_hand, meeting, decides, is_of_group(session, target, meeting))


def at_expiry(act: Act, target: Target, process: Process, window: Window) -> Gathered:
    """The facts that rows of the clock look at: the window, what came in, the rules. The text stays as it is bound."""
    today = geneva_day(act.now)
    facts = ProcessFacts(
        today=today,
        now=act.now,
        rules=process.rules,
        sector=process.sector,
        item_status=target.item.status if target.item else "",
        comments=comment_facts(act.session, target, window),
        replies=reply_facts(act.session, process, None, window),
        window_opens_on=window.opens_on,
        window_closes_on=window.closes_on,
        window_closes_at=window.closes_at,
        is_held=process.hold_until is not None and process.hold_until > act.now,
        began_on=process.opened_on,
        region=_region(target),
    )
    return Gathered(target, facts, deciding=_deciding(act.session, process))


def _deciding(session: Session, process: Process | None) -> Meeting | None:
    return session.get(Meeting, process.decision_meeting_id) if process and process.decision_meeting_id else None


# The text


def text_in_hand(session: Session, target: Target) -> Bound | None:
    """The text of the process, else the base text of the work item."""
    process, item = target.process, target.item
    if process is not None and process.document_id is not None:
        document = session.get(Document, process.document_id)
        return bound_texts.bound(session, document, process.document_part) if document else None
    if item is not None and item.base_document_id is not None:
        document = session.get(Document, item.base_document_id)
        return bound_texts.bound(session, document) if document else None
    return None


def newest_text(session: Session, target: Target) -> Bound | None:
    """The newest revision of what a process is bound to: the one that a step binds which takes in a revised text."""
    if target.process is None or target.process.document_id is None:
        return None
    document = session.get(Document, target.process.document_id)
    return bound_texts.bound(session, document) if document else None


def _text_facts(act: Act, target: Target, text: Bound | None, meeting: Meeting | None) -> TextFacts:
    item = target.item
    summary = (target.process.summary if target.process else "") or (item.summary if item else "")
    known = TextFacts(
        has_summary=bool(summary.strip()),
        has_editor=bool(editors_of(act.session, item)),
        ipr_minuted=item is not None and item.ipr_asked_meeting_id is not None and _is_asked(item, meeting),
        is_normative=item is None or item.kind == "recommendation",
    )
    if text is None:
        return known
    lacks = bound_texts.references(act, text, item.id if item else None)
    return replace(
        known,
        label=text.label,
        posted_on=geneva_day(text.posted_at) if text.posted_at else None,
        first_posted_on=geneva_day(text.document.posted_at) if text.document.posted_at else None,
        distributed_on=geneva_day(text.languages_at) if text.languages_at else None,
        sha256=text.sha256,
        announced_sha256=_announced_sha256(act.session, target, text, meeting),
        languages=text.languages,
        unjustified=lacks.unjustified,
        stale=lacks.stale,
        is_read=text.is_read,
    )


def _is_asked(item: WorkItem, meeting: Meeting | None) -> bool:
    """The question on patents was put at that very meeting; later steps rely on the first."""
    return meeting is None or item.ipr_asked_meeting_id == meeting.id


def _announced_sha256(session: Session, target: Target, text: Bound, meeting: Meeting | None) -> str:
    """The file that stood when the text was put on the agenda; in a process the one it is bound to. Source: M-6."""
    if meeting is not None:
        row = listed(session, target, meeting, text.document)
        return bound_texts.sha256_at(session, text.document, row.allotted_at) if row else ""
    return target.process.sha256 if target.process is not None else ""


# The rest


def _last_changed_on(session: Session, target: Target) -> date | None:
    """The day on which the Recommendation was approved or amended last, where a day is known. Source: A.8 3.7."""
    if target.family is None:
        return None
    found = select(col(Text.approved)).where(
        Text.family_id == target.family.id,
        Text.approved_precision == "day",
        col(Text.kind).in_(("recommendation", "amendment")),
    )
    newest = session.exec(found.order_by(col(Text.approved).desc())).first()
    return date.fromisoformat(newest) if newest else None


def _published(session: Session, target: Target) -> dict[str, Any]:
    """Where the text stands that is changed or deleted, and how it was approved."""
    text = target.text
    if text is None and target.family is not None and target.family.current_id is not None:
        text = session.get(Text, target.family.current_id)
    if text is None:
        return {"standing": target.family.standing if target.family else ""}
    return {"standing": text.status, "approved_under": text.process, "is_incorporated": text.ibr}


def _region(target: Target) -> tuple[str, ...]:
    """Countries of a regional procedure, as noted on the process when it began."""
    notes = target.process.notes if target.process else []
    named = next((note["countries"] for note in notes if note.get("kind") == "region"), "")
    return tuple(each for each in named.split(",") if each)
