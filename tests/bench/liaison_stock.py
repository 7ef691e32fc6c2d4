"""A register of liaison statements to measure: groups of both Sectors and outside bodies, years of traffic, long threads."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select

from sgdocs.base import clock
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Relation, Sender, Statement, StatementName, TextBand
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.rules import Purpose, State, expects_answer
from sgdocs.liaison.twinning import bands_to_keep

BODIES = ("IETF", "3GPP", "ETSI", "IEEE 802", "BBF", "ISO/IEC JTC 1")
BATCH = 500
OPEN_PART = 0.2
"""Of the statements for action, so many still wait for an answer."""


def fill(session: Session, count: int, *, threads: Sequence[int] = (), words: int = 220) -> list[int]:
    """So many statements of the last three years, with texts of so many words; returns the first ids of the threads.

    threads: their lengths; the statements of a thread answer each other as a tree.
    """
    rng = random.Random(41)
    now, today = clock.now(), geneva_day(clock.now())
    sides = _sides(session, now)
    period = session.exec(select(StudyPeriod).where(StudyPeriod.code == "T25")).one()
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for id in range(1, count + 1):
        _one(rows, id, rng, sides, now, today, words, period.id)
        if id % BATCH == 0 or id == count:
            _write(session, rows)
    return _threads(session, rng, threads, now)


def _sides(session: Session, now: datetime) -> list[tuple[Group | None, Body | None]]:
    groups = session.exec(
        select(Group).where(col(Group.kind).in_(("study-group", "working-party")), col(Group.period_id).is_(None))
    ).all()
    for name in BODIES:
        session.add(Body(slug=key_of(name), name=name, sort_key=name.lower(), kind="sdo", created_at=now))
    session.flush()
    bodies = session.exec(select(Body)).all()
    return [*((each, None) for each in groups), *((None, each) for each in bodies)]


def _one(
    rows: dict[type[SQLModel], list[dict[str, Any]]],
    id: int,
    rng: random.Random,
    sides: Sequence[tuple[Group | None, Body | None]],
    now: datetime,
    today: date,
    words: int,
    period_id: int | None,
) -> None:
    on = today - timedelta(days=rng.randrange(1100))
    sender, *to = rng.sample(sides, rng.choice((2, 2, 2, 3)))
    group = sender[0] or next((each for each, _ in to if each is not None), None)
    label = f"LS{id}"
    text = " ".join(f"w{rng.randrange(5000)}" for _ in range(words))
    rows.setdefault(Statement, []).append({
        "id": id, "name": f"ls-{id}", "label": label, "number": id, "external_number": "", "sector": "T",
        "origin": "ours" if sender[0] else "outside", "status": "sent" if sender[0] else "received", "level": "",
        "group_id": group.id if group else None, "period_id": period_id, "title": f"Matter {id} of networks",
        "body": text, "language": "en", "is_reply": False, "in_reply_words": "", "contacts": [], "dated_on": on,
        "withdrawn_reason": "", "imported_from": "", "notes": [], "audience": group.path if group else "secretariat",
        "version": 0, "created_at": now, "changed_at": now,
    })  # fmt: skip
    rows.setdefault(StatementName, []).append(
        {"statement_id": id, "name": label, "key": key_of(label), "kind": "number"}
    )
    rows.setdefault(Sender, []).append({
        "statement_id": id, "position": 0, "name": _name(sender), "group_id": sender[0] and sender[0].id,
        "body_id": sender[1] and sender[1].id, "question_ids": [], "level": "", "approval_note": "",
    })  # fmt: skip
    for position, side in enumerate(to):
        rows.setdefault(Addressee, []).append(_addressee(id, position, side, on, rng))
    rows.setdefault(TextBand, []).extend(bands_to_keep(id, f"Matter {id} of networks\n{text}"))


def _addressee(
    id: int, position: int, side: tuple[Group | None, Body | None], on: date, rng: random.Random
) -> dict[str, Any]:
    purpose = rng.choice((Purpose.ACTION, Purpose.INFORMATION, Purpose.INFORMATION))
    deadline = on + timedelta(days=90) if purpose is Purpose.ACTION else None
    is_open = rng.random() < OPEN_PART
    answered = on + timedelta(days=rng.randrange(10, 200))
    closed = State.REPLIED if purpose is Purpose.ACTION else State.NOTED if side[0] else State.ACKNOWLEDGED
    return {
        "statement_id": id, "position": position, "name": _name(side), "group_id": side[0] and side[0].id,
        "body_id": side[1] and side[1].id, "is_copy": False, "purpose": purpose, "deadline": deadline,
        "is_answer_expected": expects_answer(purpose, deadline),
        "state": (State.POSTED if side[0] else State.SENT) if is_open else closed, "state_on": on, "flagged": "",
        "answered_on": answered if closed is State.REPLIED and not is_open else None, "closed_reason": "",
        "audience": side[0].path if side[0] else "",
    }  # fmt: skip


def _name(side: tuple[Group | None, Body | None]) -> str:
    return side[0].label if side[0] else side[1].name if side[1] else ""


def _write(session: Session, rows: dict[type[SQLModel], list[dict[str, Any]]]) -> None:
    for table in (Statement, StatementName, Sender, Addressee, TextBand):
        if rows.get(table):
            session.execute(insert(table), rows.pop(table))


def _threads(session: Session, rng: random.Random, lengths: Sequence[int], now: datetime) -> list[int]:
    """Each of the statements but the first answers one before it."""
    firsts, at = [], 1
    for length in lengths:
        firsts.append(at)
        rows = [
            {
                "statement_id": id,
                "kind": "replies-to",
                "words": f"LS{other}",
                "other_id": other,
                "is_outside": False,
                "at": now,
            }
            for id in range(at + 1, at + length)
            for other in (rng.randrange(max(at, id - 12), id),)
        ]
        session.execute(insert(Relation), rows)
        at += length
    return firsts
