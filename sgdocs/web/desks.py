"""The desk of whoever is signed in: for each role the cards that it needs, each a saved query with a count and a link.

A desk is a role at one place (Chair of SG15, rapporteur of Q2/15), the office, or what an entity may do. Source: C28.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from sqlmodel import col, select

from sgdocs.approval import queries as approvals
from sgdocs.approval import readiness
from sgdocs.approval.listing import BoardFilter, BoardRow, board
from sgdocs.approval.of_organisation import count_own_comments, missing_replies, own_comments, to_answer
from sgdocs.approval.procedures.terms import CONSULTATION, LAST_CALL, REVIEW
from sgdocs.approval.queries import Owed
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings.listing import COMING, CURRENT, MeetingFilter, reach_of
from sgdocs.meetings.listing import listing as meeting_listing
from sgdocs.meetings.models import Meeting
from sgdocs.notices.models import Subscription
from sgdocs.policy import CONTRIBUTORS, MEMBER_STATE, Role, audiences
from sgdocs.proceedings.of_person import own_actions
from sgdocs.web import approval_words, desk_liaison, urls
from sgdocs.web.approval_filters import Asked, filter_of
from sgdocs.web.desk_cards import Card, Line
from sgdocs.web.work_filters import Wanted
from sgdocs.work_programme.listing import listing
from sgdocs.work_programme.practice import Practice
from sgdocs.work_programme.radar import stale

SHOWN: Final = 5
SOON_DAYS: Final = 7
MOST_QUESTIONS: Final = 6
READY_LOOKED_AT: Final = 500
CHAIRS: Final = (
    Role.SG_CHAIR, Role.CHAIR, Role.WP_CHAIR, Role.SG_VICE_CHAIR, Role.VICE_CHAIR, Role.WP_VICE_CHAIR, Role.COUNSELLOR,
)  # fmt: skip
RAPPORTEURS: Final = (Role.RAPPORTEUR, Role.CO_RAPPORTEUR, Role.ASSOCIATE_RAPPORTEUR)
JUDGEMENTS: Final = ("judgement", "additional-judgement")
WAITING: Final = ("requested", "review-requested", "sg-requested")
PAPERS: Final = ("post-paper", "result")
"""Kinds of obligations of the secretariat that are fulfilled by posting something."""


@dataclass(frozen=True)
class Plan:
    """A desk before it is counted. role: for `roles.word_of`, or a message; of: what it is the desk of."""

    id: str
    role: str
    of: str
    address: str
    titles: Sequence[tuple[str, str]]
    make: Callable[[], Iterator[Card]]


@dataclass
class Seat:
    """Somebody at a place. group: None for the office and for entities."""

    act: Act
    practice: Practice
    group: Group | None = None

    @cached_property
    def today(self) -> date:
        return geneva_day(self.act.now)

    @property
    def path(self) -> str:
        return self.group.path if self.group else ""

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting of the group that is on, else the next one; for a Question or working party that of the study group."""
        assert self.group is not None
        above = self.study_group
        wanted = MeetingFilter(
            group_ids=reach_of(self.act.session, above), when=(CURRENT, COMING), kinds=("study-group",)
        )
        return next((row.meeting for row in meeting_listing(self.act, wanted, size=1).rows), None)

    @cached_property
    def study_group(self) -> Group:
        assert self.group is not None
        parent = self.group.parent_id
        is_part = self.group.kind in ("question", "working-party") and self.group.sector == "T"
        return groups.by_id(self.act.session, parent) if parent and is_part else self.group

    @cached_property
    def place(self) -> BoardFilter:
        """The texts of the group, looked up once."""
        return filter_of(self.act, Asked(group=self.path))


def plans(act: Act, practice: Practice) -> list[Plan]:
    """The desks of the actor, in the order of the roles. Costs a query for each place."""
    seats = [(a.role, a.group_id) for a in act.actor.appointments if a.group_id is not None]
    found: list[Plan] = []
    for role, group_id in dict.fromkeys(seats):
        kind = "chair" if role in CHAIRS else "rapporteur" if role in RAPPORTEURS else ""
        if kind:
            found.append(_at_group(Seat(act, practice, groups.by_id(act.session, group_id)), role, kind))
    found += _without_group(Seat(act, practice))
    if act.actor.person_id is not None and not any(("actions", ACTIONS) in plan.titles for plan in found):
        seat = Seat(act, practice)
        found.append(Plan("own", N_("In person"), "", "/my", (("actions", ACTIONS),), lambda: iter((_actions(seat),))))
    return found


def _at_group(seat: Seat, role: str, kind: str) -> Plan:
    assert seat.group is not None
    group = seat.group
    cards, titles = (_chair, CHAIR) if kind == "chair" else (_rapporteur, RAPPORTEUR)
    id = f"{role}-{group.path.replace('/', '-')}".lower()
    return Plan(id, role, group.label, urls.group(group.path), titles, lambda: cards(seat))


def _without_group(seat: Seat) -> Iterator[Plan]:
    actor = seat.act.actor
    if actor.has_role(Role.SECRETARIAT, Role.ADMIN):
        yield Plan("secretariat", Role.SECRETARIAT, "", "/office", SECRETARIAT, lambda: _secretariat(seat))
    if actor.organisation_id is None or not audiences(actor) & {"members"}:
        return
    if actor.has_role(Role.FOCAL_POINT):
        yield Plan("focal-point", Role.FOCAL_POINT, "", "/approval", FOCAL_POINT, lambda: _focal_point(seat))
    if actor.category == MEMBER_STATE:
        yield Plan(
            "administration", N_("Administration"), "", "/approval", ADMINISTRATION, lambda: _administration(seat)
        )
    if actor.category in (*CONTRIBUTORS, "associate"):
        yield Plan("delegate", Role.DELEGATE, "", "/approval", DELEGATE, lambda: _delegate(seat))


# Chair

READY, JUDGE, LATE, NEXT = N_("Ready for a decision"), N_("Wait for judgement"), N_("Late"), N_("At the next meeting")
WITH_CHAIR = N_("Next act by the chair")
CHAIR: Final = (
    ("ready", READY), ("judge", JUDGE), ("late", LATE), ("next", NEXT), ("with-chair", WITH_CHAIR),
    *desk_liaison.CHAIR,
)  # fmt: skip


def _chair(seat: Seat) -> Iterator[Card]:
    group = seat.group
    assert group is not None
    rows = [row for row in _readiness(seat) if row.is_ready]
    lines = [Line(row.item.acronym, urls.work_item(row.item), row.item.title, on=row.item.timing_on) for row in rows]
    yield Card("ready", READY, len(rows), urls.with_query("/approval/ready", group=seat.path), lines[:SHOWN])
    yield _texts(seat, "judge", JUDGE, Asked(group=seat.path, state=JUDGEMENTS), is_pressing=True)
    yield _items(seat, "late", LATE, Wanted(group=seat.path, timing_to=seat.today - timedelta(1)), is_pressing=True)
    yield _next_meeting(seat)
    yield _texts(seat, "with-chair", WITH_CHAIR, Asked(group=seat.path, holder=("chair",)))
    yield from desk_liaison.chair(seat.act, group)


def _readiness(seat: Seat) -> Sequence[readiness.Readiness]:
    """Of the study group, for a working party of its Questions alone."""
    questions = seat.place.question_ids if seat.group is not seat.study_group else None
    if questions == ():
        return ()
    found = readiness.board(seat.act, seat.study_group, question_ids=questions or (), size=READY_LOOKED_AT)
    return found.rows.rows


def _next_meeting(seat: Seat) -> Card:
    """What aims at the meeting that is on, or the next one: work items with a target date from today to its last day."""
    meeting = seat.meeting
    if meeting is None:
        return Card("next", NEXT, 0, urls.group(seat.path) + "/meetings", says=N_("No meeting is announced."))
    wanted = Wanted(group=seat.path, timing_from=seat.today, timing_to=meeting.ends_on)
    card = _items(seat, "next", NEXT, wanted)
    own = Line(meeting.code, urls.meeting(meeting.code) + "/agenda", meeting.title, N_("agenda"), meeting.starts_on)
    return Card("next", NEXT, card.count, card.address, (own, *card.lines), says=N_("Work items that aim at it."))


# Rapporteur

MINE, STALE, ACTIONS = N_("My work items"), N_("Without a contribution"), N_("My action items")
RAPPORTEUR: Final = (("items", MINE), ("stale", STALE), *desk_liaison.RAPPORTEUR, ("actions", ACTIONS))


def _rapporteur(seat: Seat) -> Iterator[Card]:
    yield _items(seat, "items", MINE, Wanted(question=seat.path))
    old = [
        row for row in stale(seat.act, seat.study_group, practice=seat.practice) if row.row.question_path == seat.path
    ]
    lines = [Line(row.row.acronym, urls.work_item(row.row), row.row.title, on=row.last_on) for row in old[:SHOWN]]
    yield Card("stale", STALE, len(old), urls.with_query("/wi/stale", group=seat.path), lines, is_pressing=True)
    assert seat.group is not None
    yield from desk_liaison.rapporteur(seat.act, seat.group)
    yield _actions(seat)


def _actions(seat: Seat) -> Card:
    rows = own_actions(seat.act)
    lines = [
        Line(row.group.label, f"{urls.meeting(row.meeting.code)}/actions", row.action.text[:160], "", row.action.due_on, row.is_late)
        for row in rows[:SHOWN]
    ]  # fmt: skip
    return Card("actions", ACTIONS, len(rows), "/my/actions", lines, is_pressing=any(row.is_late for row in rows))


# Secretariat

ANNOUNCEMENT, REPLIES = N_("For the announcement of {day}"), N_("Replies outstanding")
CLOSING, POSTING = N_("Windows that close within a week"), N_("Papers to post")
SECRETARIAT: Final = (
    ("announcement", N_("For the next announcement")), ("replies", REPLIES), ("closing", CLOSING), ("papers", POSTING),
    *desk_liaison.SECRETARIAT,
)  # fmt: skip


def _secretariat(seat: Seat) -> Iterator[Card]:
    asked = Asked(procedure=("aap",), state=WAITING)
    day = approval_words.next_announcement(seat.today)
    yield _texts(seat, "announcement", ANNOUNCEMENT, asked, facts={"day": day})
    replies = _texts(seat, "replies", REPLIES, Asked(window=(CONSULTATION,)))
    missing = missing_replies(seat.act)
    yield Card(
        "replies", REPLIES, replies.count, replies.address, replies.lines, {"missing": missing},
        N_("Answers that Member States still owe: {missing}") if missing else "",
    )  # fmt: skip
    yield _texts(seat, "closing", CLOSING, Asked(closing=SOON_DAYS), is_pressing=True)
    owed = [row for row in approvals.obligations_of(seat.act, roles=("secretariat",)) if row.obligation.kind in PAPERS]
    lines = [_owed(row, seat.today) for row in owed[:SHOWN]]
    yield Card("papers", POSTING, len(owed), urls.with_query("/my/obligations", kind=PAPERS), lines, is_pressing=True)
    yield from desk_liaison.secretariat(seat.act)


def _owed(row: Owed, today: date) -> Line:
    due = row.obligation.due_on
    note = approval_words.obligation(row.obligation.kind)
    return Line(
        row.process.name,
        urls.approval(row.process.number),
        row.process.title,
        note,
        due,
        due is not None and due < today,
    )


# Entities

CALLS, SAID = N_("Last calls and reviews"), N_("Comments of my organisation")
CALLS_OF = N_("Last calls and reviews of {group}")
DELEGATE: Final = (("calls", CALLS), ("said", SAID))
TO_COMMENT, SOON = N_("Last calls to comment on"), N_("Close within a week")
FOCAL_POINT: Final = (("to-comment", TO_COMMENT), ("soon", SOON))
TO_ANSWER = N_("Consultations to reply to")
ADMINISTRATION: Final = (("to-answer", TO_ANSWER),)
OPEN_WINDOWS: Final = (LAST_CALL, REVIEW)


def _delegate(seat: Seat) -> Iterator[Card]:
    """Last calls of the groups that the person follows or has a role in, one card each; without one those of the Sector."""
    act = seat.act
    roles = [a.group_id for a in act.actor.appointments if a.group_id is not None]
    own = list(dict.fromkeys((*roles, *_followed(act))))[:MOST_QUESTIONS]
    for group in [groups.by_id(act.session, id) for id in own]:
        asked = Asked(group=group.path, window=OPEN_WINDOWS)
        yield _texts(
            Seat(act, seat.practice, group), f"calls-{group.id}", CALLS_OF, asked, facts={"group": group.label}
        )
    if not own:
        sectors = tuple(sorted(act.actor.sectors))
        yield _texts(seat, "calls", CALLS, Asked(sector=sectors, window=OPEN_WINDOWS))
    rows = own_comments(act, limit=SHOWN)
    lines = [
        Line(row.process.name, urls.approval(row.process.number, "comments"), row.comment.text[:160], approval_words.disposition(row.comment.disposition))
        for row in rows
    ]  # fmt: skip
    yield Card("said", SAID, count_own_comments(act), "/my/comments", lines)


def _followed(act: Act) -> list[int]:
    """Ids of the groups that the person follows, as far as they are still there."""
    scopes = act.session.exec(
        select(Subscription.scope).where(
            Subscription.person_id == act.actor.person_id,
            col(Subscription.scope).startswith("group:"),
            col(Subscription.muted_at).is_(None),
        )
    )
    ids = {int(scope.removeprefix("group:")) for scope in scopes}
    return sorted(id for id in act.session.exec(select(Group.id).where(col(Group.id).in_(ids))) if id is not None)


def _focal_point(seat: Seat) -> Iterator[Card]:
    asked = Asked(sector=("T",), procedure=("aap",), window=OPEN_WINDOWS)
    yield _texts(seat, "to-comment", TO_COMMENT, asked)
    soon = Asked(sector=("T",), procedure=("aap",), window=OPEN_WINDOWS, closing=SOON_DAYS)
    yield _texts(seat, "soon", SOON, soon, is_pressing=True)


def _administration(seat: Seat) -> Iterator[Card]:
    rows = to_answer(seat.act)
    lines = [Line(row.name, urls.approval(row.number), row.title, on=row.closes_on) for row in rows[:SHOWN]]
    yield Card("to-answer", TO_ANSWER, len(rows), "/my/consultations", lines, is_pressing=True)


# Cards of lists that have addresses of their own


def _texts(
    seat: Seat, id: str, title: str, asked: Asked, *, facts: dict[str, object] | None = None, is_pressing: bool = False
) -> Card:
    """Processes of the board: the same filter as its address."""
    found = board(seat.act, filter_of(seat.act, asked), size=SHOWN)
    lines = [_text(row) for row in found.rows]
    return Card(id, title, found.total, asked.address(), lines, facts or {}, is_pressing=is_pressing)


def _text(row: BoardRow) -> Line:
    process = row.process
    is_late = row.days_left is not None and row.days_left < 0
    return Line(process.name, urls.approval(process.number), process.title, row.state.title, process.closes_on, is_late)


def _items(seat: Seat, id: str, title: str, wanted: Wanted, *, is_pressing: bool = False) -> Card:
    """Work items: the same filter as the address of their list."""
    found = listing(seat.act, wanted.filter(seat.act), sort="timing", size=SHOWN)
    lines = [
        Line(row.acronym, urls.work_item(row), row.title, "", row.timing_on, row.timing_on is not None and row.timing_on < seat.today)
        for row in found.rows
    ]  # fmt: skip
    return Card(id, title, found.total, wanted.address("/wi"), lines, is_pressing=is_pressing)
