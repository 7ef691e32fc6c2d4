"""Letters that nobody acknowledged, and letters that no mail server took: told once each. Source: feature N18."""

from datetime import datetime

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import geneva_day
from sgdocs.base.db import Database
from sgdocs.liaison.actions.delivering import not_acknowledged, note_bounce, note_delivery
from sgdocs.liaison.models import Dispatch
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.mail.models import FAILED, Letter
from sgdocs.policy import Permission, require


def tick(database: Database, now: datetime, practice: Practice = USUAL) -> int:
    """Tell what is due; how many. A look on a reading session comes first, so that a quiet hour takes no lock."""
    with database.reading() as session:
        act = Act(session, Actor.clock(), now)
        if not _failed(session) and all(each.dispatch.chased_on for each in not_acknowledged(act, practice=practice)):
            return 0
    with database.writing() as session:
        act = Act(session, Actor.clock(), now)
        return note_failures(act) + tell_of_silence(act, practice=practice)


def tell_of_silence(act: Act, *, practice: Practice = USUAL) -> int:
    """Note once for each letter that nobody acknowledged it in time; how many were noted. By the clock."""
    require(act.actor, Permission.REMIND_OF_STATEMENT)
    silent = [each for each in not_acknowledged(act, practice=practice) if each.dispatch.chased_on is None]
    for each in silent:
        each.dispatch.chased_on = geneva_day(act.now)
        act.session.add(each.dispatch)
        note_delivery(act, "liaison.not-acknowledged", each.statement, each.addressee, each.dispatch, days=each.days)
    return len(silent)


def note_failures(act: Act) -> int:
    """Letters that could not be handed over to any mail server count as come back; how many. By the clock."""
    require(act.actor, Permission.REMIND_OF_STATEMENT)
    found = _failed(act.session)
    for sent, letter in found:
        note_bounce(act, sent, letter.error or "")
    return len(found)


def _failed(session: Session) -> list[tuple[Dispatch, Letter]]:
    held = (
        select(Dispatch, Letter)
        .join(Letter, col(Letter.id) == col(Dispatch.letter_id))
        .where(Letter.state == FAILED, col(Dispatch.bounced_at).is_(None))
    )
    return [(sent, letter) for sent, letter in session.exec(held)]
