"""A year of traffic between groups and outside bodies, made by the actions themselves: the same seed, the same year."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Refused
from sgdocs.groups.models import Group, Succession
from sgdocs.liaison.actions import allotting, answering, approving, delivering, drafting, receiving, sending
from sgdocs.liaison.actions.withdrawing import withdraw
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.queries import senders_of
from sgdocs.liaison.reminding import remind
from sgdocs.liaison.rules import CLOSED, OUT, Level, Purpose, State, Status
from sgdocs.liaison.schemas import DraftForm, ExpectForm, ForwardForm, OwnerForm, ReceiveForm
from sgdocs.mail.models import Letter
from tests.cast import Cast
from tests.liaison.outbox import SITE, Store, accepted, partner
from tests.make import Make
from tests.work_programme.items import meeting

GROUPS = (
    "T/SG2", "T/SG3", "T/SG5", "T/SG11", "T/SG12", "T/SG13", "T/SG15", "T/SG16", "T/SG17", "T/SG20", "R/WP5A", "R/WP5D",
)  # fmt: skip
BODIES = ("3GPP", "IETF", "ETSI", "IEEE 802", "BBF", "GSMA")
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Year:
    """told: how often each thing was done; refused: how often a rule said no, by its id."""

    def __init__(self, make: Make, cast: Cast, seed: int) -> None:
        self.make, self.cast, self.rng = make, cast, random.Random(seed)
        self.now, self.store = FIRST, Store()
        self.told: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.groups = [make.group(path) for path in GROUPS]
        self.bodies = [partner(make, name, f"desk@{name.split()[0].lower()}.test") for name in BODIES]
        for group in self.groups:
            for month in (3, 7, 11):
                meeting(make, date(2026, month, self.rng.randrange(2, 20)), group.path, status="announced")
        self.deeds: tuple[tuple[Callable[[], None], int], ...] = (
            (self.send, 6), (self.leave_draft, 2), (self.receive, 5), (self.reply, 6), (self.answer_from_outside, 4),
            (self.allot, 4), (self.note, 5), (self.need_no_reply, 2), (self.own, 3), (self.forward, 2), (self.stop, 1),
            (self.expect, 2), (self.acknowledge, 5), (self.withdraw, 1),
        )  # fmt: skip

    @property
    def act(self) -> Act:
        """The secretariat, now."""
        return Act(self.make.session, self.cast.tsb.actor, self.now, site=SITE)

    @property
    def today(self) -> date:
        return self.now.date()

    def week(self, events: int) -> None:
        """So many things happen; then the clock looks. Each is whole or not at all, as a request is."""
        chosen = self.rng.choices([d for d, _ in self.deeds], [w for _, w in self.deeds], k=events)
        for deed in chosen:
            name = deed.__name__
            try:
                with self.make.session.begin_nested():
                    deed()
                self.told[name] += 1
            except Refused as refusal:
                self.refused[f"{name}: {refusal.rule.id}"] += 1
        self.told["reminders"] += remind(Act(self.make.session, Actor.clock(), self.now))
        self.now += timedelta(days=7)

    def end_of_sg16(self) -> None:
        """A group ends with matters open; another takes over."""
        old, new = self.make.group("T/SG16"), self.make.group("T/SG21")
        old.ends_on = self.today - timedelta(days=1)
        self.make.add(old)
        self.make.add(Succession(from_id=old.id or 0, to_id=new.id or 0, on=self.today))
        self.groups = [new if each.id == old.id else each for each in self.groups]

    # What happens

    def send(self) -> None:
        self._send(self._draft(self.rng.choice(self.groups)))

    def leave_draft(self) -> None:
        """Written, and perhaps agreed."""
        statement = self._draft(self.rng.choice(self.groups))
        if self.rng.random() < 0.5:
            (sender,) = senders_of(self.make.session, statement)
            approving.agree(self.act, statement, sender, Level.CHAIR)

    def receive(self, body: Body | None = None, reply_to: str = "") -> Statement | None:
        body = body or self.rng.choice(self.bodies)
        groups = self.rng.sample(self.groups, self.rng.choice((1, 1, 2)))
        told = {
            "title": self._title(),
            "senders": [{"name": body.name}],
            "addressees": [self._to(each.path) for each in groups],
            "number": f"{body.slug}-{self.rng.randrange(10**6)}" if self.rng.random() < 0.7 else "",
            "dated_on": self.today,
            "body": f"{body.name} writes about {self.rng.random()}.",
            "reply_to": [reply_to] if reply_to else ["SG2-LS4000"] if self.rng.random() < 0.1 else [],
        }
        return receiving.receive(self.act, ReceiveForm.model_validate(told), (), put=self.store)

    def reply(self) -> None:
        """A group answers what it owes."""
        found = self._some(lambda s, a: a.group_id is not None and a.is_answer_expected)
        if found is None:
            return
        statement, addressee = found
        group = self.make.session.get_one(Group, addressee.group_id)
        to = [each.name for each in senders_of(self.make.session, statement)]
        draft = self._draft(group, to=to, reply_to=[statement.name])
        if self.rng.random() < 0.8:
            self._send(draft)

    def answer_from_outside(self) -> None:
        found = self._some(lambda s, a: a.body_id is not None and a.is_answer_expected)
        if found is not None:
            statement, addressee = found
            self.receive(self.make.session.get_one(Body, addressee.body_id), reply_to=statement.label)

    def allot(self) -> None:
        if found := self._some(lambda s, a: a.group_id is not None and a.state == State.POSTED):
            allotting.allot(self.act, *found, ())

    def note(self) -> None:
        if found := self._some(lambda s, a: a.group_id is not None):
            answering.note(self.act, *found)

    def need_no_reply(self) -> None:
        if found := self._some(lambda s, a: a.group_id is not None and a.is_answer_expected):
            answering.no_reply_needed(self.act, *found, "Settled in the corridor")

    def own(self) -> None:
        if found := self._some(lambda s, a: True):
            answering.assign(self.act, *found, OwnerForm(person=self.cast.tsb.person.slug))

    def forward(self) -> None:
        if found := self._some(lambda s, a: a.group_id is not None):
            to = self._to(self.rng.choice(self.groups).path)
            answering.forward(self.act, *found, ForwardForm.model_validate({"to": [to]}))

    def stop(self) -> None:
        if found := self._some(lambda s, a: a.is_answer_expected):
            answering.close_waiting(self.act, *found, "Overtaken by events")

    def expect(self) -> None:
        """Of what is closed or not: an answer is wanted after all, or none."""
        found = self._some(lambda s, a: True, opened=False)
        if found and self.rng.random() < 0.7:
            form = ExpectForm(deadline=self.today + timedelta(days=60))
            answering.expect_answer(self.act, *found, form)
        elif found:
            answering.expect_answer(self.act, *found, ExpectForm(is_expected=False, reason="Entered wrongly"))

    def acknowledge(self) -> None:
        hidden = self.make.session.exec(select(Letter.hidden).where(Letter.kind == "liaison.statement"))
        tokens = [each for each in hidden if each]
        if tokens:
            delivering.acknowledge(self.act, self.rng.choice(tokens))

    def withdraw(self) -> None:
        rows = self.make.session.exec(select(Statement).where(Statement.status != Status.WITHDRAWN)).all()
        if rows:
            withdraw(self.act, self.rng.choice(rows), "A mistake")

    # With what

    def _draft(self, group: Group, *, to: list[str] | None = None, reply_to: list[str] | None = None) -> Statement:
        others = [each.path for each in self.groups if each.id != group.id] + list(BODIES)
        names = to or self.rng.sample(others, self.rng.choice((1, 1, 2, 3)))
        told = {
            "senders": [{"name": group.path}],
            "addressees": [self._to(name) for name in names],
            "title": self._title(),
            "body": f"The group writes about {self.rng.random()}.",
            "contacts": [{"name": "Rafael Quill", "email": "rafael@example.test"}],
            "reply_to": reply_to or [],
        }
        return drafting.draft(self.act, DraftForm.model_validate(told))

    def _send(self, statement: Statement) -> None:
        (sender,) = senders_of(self.make.session, statement)
        approving.agree(self.act, statement, sender, Level.CHAIR)
        if sender.approved_at is None:
            approving.approve(self.act, statement, sender, note="by telephone")
        sending.send(self.act, statement, statement.version, self.store, accept=accepted(self.act, statement))

    def _to(self, name: str) -> dict[str, object]:
        purpose = self.rng.choice(list(Purpose))
        days = self.rng.choice((None, 7, 45, 120)) if purpose is not Purpose.INFORMATION else None
        return {
            "name": name,
            "purpose": purpose,
            "deadline": self.today + timedelta(days=days) if days else None,
            "is_copy": self.rng.random() < 0.1,
        }

    def _title(self) -> str:
        """Few subjects, so that letters cross and texts meet."""
        return f"Matter {self.rng.randrange(25)} of networks"

    def _some(
        self, fits: Callable[[Statement, Addressee], bool], *, opened: bool = True
    ) -> tuple[Statement, Addressee] | None:
        """An addressee of what was sent or received; opened: that nobody closed."""
        rows = select(Statement, Addressee).join(Addressee, col(Addressee.statement_id) == col(Statement.id))
        rows = rows.where(col(Statement.status).in_(OUT)).order_by(col(Addressee.id))
        found = [(s, a) for s, a in self.make.session.exec(rows) if fits(s, a) and not (opened and a.state in CLOSED)]
        return self.rng.choice(found) if found else None


def everything(make: Make) -> list[tuple[Statement, Addressee]]:
    """Each statement with each addressee, as the rows are."""
    rows = select(Statement, Addressee).join(Addressee, col(Addressee.statement_id) == col(Statement.id))
    return list(make.session.exec(rows.order_by(col(Addressee.id))).all())


def sent_by_groups(make: Make) -> set[int]:
    """Ids of the statements that a group of ours sends."""
    return set(make.session.exec(select(Sender.statement_id).where(col(Sender.group_id).is_not(None))))
