"""What the API and feeds tell of processes: public facts; texts, comments and replies for those who may read them."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from sgdocs.approval.actions.planning import Preview
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.listing import BoardRow
from sgdocs.approval.models import Announcement, Comment, Transition, Window
from sgdocs.approval.queries import Line, Said
from sgdocs.approval.workflow import Offer
from sgdocs.base.errors import Refusal, word


class ProcessRow(BaseModel):
    """A row of the board. days_left: until the last day of the window, 0 on it; holder: role that holds the ball."""

    number: str
    procedure: str
    sector: str
    name: str
    identifier: str
    title: str
    group: str
    question: str
    work_item: int | None
    state: str
    code: str
    state_title: str
    holder: str
    is_open: bool
    opened_on: date
    opens_on: date | None
    closes_on: date | None
    closes_at: datetime | None
    days_left: int | None
    queued_for: str
    ended_on: date | None
    version: int
    address: str

    @classmethod
    def of(cls, row: BoardRow, root: str = "") -> "ProcessRow":
        process, window = row.process, row.window if row.process.closes_on else None
        return cls(
            number=process.number,
            procedure=process.procedure,
            sector=process.sector,
            name=process.name,
            identifier=process.identifier,
            title=process.title,
            group=row.group.path,
            question=row.question.path if row.question else "",
            work_item=row.item.number if row.item else None,
            state=process.state,
            code=row.state.code,
            state_title=row.state.title,
            holder=row.holder,
            is_open=process.is_open,
            opened_on=process.opened_on,
            opens_on=window.opens_on if window else None,
            closes_on=process.closes_on,
            closes_at=process.closes_at,
            days_left=row.days_left,
            queued_for=process.queued_for,
            ended_on=process.ended_on,
            version=process.version,
            address=f"{root.rstrip('/')}/approval/{process.number}",
        )


class WindowOut(BaseModel):
    kind: str
    opens_on: date
    closes_on: date
    closes_at: datetime
    closed_at: datetime | None
    result: str

    @classmethod
    def of(cls, row: Window) -> "WindowOut":
        return cls.model_validate(row.model_dump())


class StepOut(BaseModel):
    """A step that was taken. on: the day it counts for."""

    number: int
    step: str
    from_state: str
    to_state: str
    clause: str
    on: date
    at: datetime
    reason: str
    decision: int | None
    part: str
    sha256: str

    @classmethod
    def of(cls, row: Transition) -> "StepOut":
        return cls.model_validate({**row.model_dump(), "on": row.happened_on, "part": row.document_part})


class ProcessOut(ProcessRow):
    """One process. rules: the dated settings it keeps, as they were on rules_on."""

    summary: str
    sha256: str
    rules_on: date
    rules: dict[str, Any]
    hold_until: datetime | None
    notes: list[dict[str, str]]
    windows: list[WindowOut]
    steps: list[StepOut]


class UnmetOut(BaseModel):
    """One thing that stands against a step."""

    rule: str
    says: str
    source: str

    @classmethod
    def of(cls, no: Refusal) -> "UnmetOut":
        return cls(rule=no.rule.id, says=word(no.rule.says, no.facts), source=no.rule.source)


class OfferOut(BaseModel):
    """A step that the asker may take from here, with all that is unmet."""

    step: str
    title: str
    to_state: str
    clause: str
    in_meeting: bool | None
    needs_reason: bool
    unmet: list[UnmetOut]

    @classmethod
    def of(cls, offer: Offer[ProcessFacts]) -> "OfferOut":
        step = offer.step
        return cls(
            step=step.id,
            title=step.title,
            to_state=step.end,
            clause=step.clause,
            in_meeting=step.in_meeting,
            needs_reason=step.needs_reason,
            unmet=[UnmetOut.of(no) for no in offer.unmet],
        )


class LetterOut(BaseModel):
    kind: str
    subject: str
    text: str
    recipients: list[str]
    unreached: list[str]


class PreviewOut(BaseModel):
    """What a step would do now."""

    step: str
    from_state: str
    to_state: str
    on: date
    opens_on: date | None
    closes_on: date | None
    closes_at: datetime | None
    counts_on: date | None
    text: str
    sha256: str
    meeting: str
    edition: str
    changes: list[dict[str, str]]
    letters: list[LetterOut]
    letters_later: list[str]
    papers: list[str]
    unmet: list[UnmetOut]
    version: int

    @classmethod
    def of(cls, told: Preview) -> "PreviewOut":
        text = told.text
        return cls(
            step=told.step.id,
            from_state=told.outcome.from_state,
            to_state=told.outcome.state,
            on=told.outcome.happened_on,
            opens_on=told.opens_on,
            closes_on=told.closes_on,
            closes_at=told.closes_at,
            counts_on=told.counts_on,
            text=text.label if text else "",
            sha256=text.sha256 if text else "",
            meeting=told.meeting.code if told.meeting else "",
            edition=told.edition,
            changes=[vars(change) for change in told.changes],
            letters=[
                LetterOut(
                    kind=draft.kind,
                    subject=draft.subject,
                    text=draft.text,
                    recipients=[each.name for each in draft.recipients],
                    unreached=list(draft.unreached),
                )
                for draft in told.letters
            ],
            letters_later=list(told.letters_later),
            papers=list(told.papers),
            unmet=[UnmetOut.of(no) for no in told.unmet],
            version=told.version,
        )


class CommentOut(BaseModel):
    number: int
    uid: str
    entity: str
    kind: str
    clause: str
    element: str
    text: str
    proposed: str
    opposes: bool
    part: str
    sha256: str
    version: int
    sent_at: datetime
    withdrawn_at: datetime | None
    disposition: str
    disposition_text: str
    disposed_at: datetime | None
    satisfied_at: datetime | None

    @classmethod
    def of(cls, row: Comment) -> "CommentOut":
        return cls.model_validate({**row.model_dump(), "part": row.document_part})


class ReplyOut(BaseModel):
    entity: str
    country: str
    position: str
    reason: str
    version: int
    is_last: bool
    sent_at: datetime

    @classmethod
    def of(cls, said: Said) -> "ReplyOut":
        return cls.model_validate({**said.reply.model_dump(), "entity": said.organisation.name})


class AnnouncementOut(BaseModel):
    sector: str
    kind: str
    number: int
    on: date
    title: str
    text: str
    lines: list[dict[str, str | None]]

    @classmethod
    def of(cls, row: Announcement, lines: list[Line] | None = None) -> "AnnouncementOut":
        told: list[dict[str, str | None]] = [
            {
                "process": each.process.number,
                "name": each.process.name,
                "identifier": each.process.identifier,
                "title": each.process.title,
                "group": each.group.path,
                "code": each.line.code,
                "opens_on": str(each.line.opens_on) if each.line.opens_on else None,
                "closes_on": str(each.line.closes_on) if each.line.closes_on else None,
            }
            for each in lines or ()
        ]
        return cls(
            sector=row.sector,
            kind=row.kind,
            number=row.number,
            on=row.happened_on,
            title=row.title,
            text=row.text,
            lines=told,
        )
