"""Keep a thing: as favourite, with a stance, with a note; share it with the delegation; let it go. Source: feature N5."""

import re

from sqlalchemy import func
from sqlmodel import col, delete, select

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, refuse
from sgdocs.base.text import clean
from sgdocs.workspace import rules
from sgdocs.workspace.actions._own import own
from sgdocs.workspace.kinds import Thing, thing_of
from sgdocs.workspace.models import Kept
from sgdocs.workspace.queries import kept
from sgdocs.workspace.rules import MOST_KEPT
from sgdocs.workspace.schemas import KeepForm

_PART = re.compile(r"[Rr](\d{1,3})", re.ASCII)


def keep(act: Act, kind: str, thing_id: int, form: KeepForm) -> Kept | None:
    """Keep the thing as the form says; None when the form says nothing, and then it is let go.

    Note and stance hold for the text that stands now, or that was before the eyes (`form.mark`). NotFound: it is not to be
    seen. Conflict: the note was changed in another window meanwhile.
    """
    person = own(act)
    thing = thing_of(act, kind, thing_id)
    row = kept(act, kind, thing_id)
    if form.is_shared or form.covers:
        refuse(rules.why_not_share(act.actor.organisation_id))
    if row is not None and form.was and form.was != row.changed_at.isoformat() and _words(form.note) != row.note:
        raise Conflict(CHANGED)
    if not (form.is_favourite or form.stance or _words(form.note) or form.covers):
        let_go(act, kind, thing_id)
        return None
    row = row or _new(act, person, thing)
    is_said = (row.stance, row.note) != (form.stance.value, _words(form.note))
    row.is_favourite, row.stance, row.note = form.is_favourite, form.stance.value, _words(form.note)
    row.is_shared, row.covers = form.is_shared, form.covers
    row.organisation_id = act.actor.organisation_id if form.is_shared or form.covers else None
    if is_said or not row.mark:
        _stand_on(row, thing, form.mark)
    row.changed_at = act.now
    act.session.add(row)
    act.session.flush()
    return row


def star(act: Act, kind: str, thing_id: int, *, is_favourite: bool) -> Kept | None:
    """Make it a favourite, or no favourite any more; stance and note stay."""
    person = own(act)
    row = kept(act, kind, thing_id)
    if row is None and not is_favourite:
        return None
    row = row or _new(act, person, thing_of(act, kind, thing_id))
    row.is_favourite, row.changed_at = is_favourite, act.now
    if not (row.is_favourite or row.stance or row.note or row.covers):
        let_go(act, kind, thing_id)
        return None
    act.session.add(row)
    act.session.flush()
    return row


def confirm(act: Act, kind: str, thing_id: int) -> Kept | None:
    """Stance and note hold for the text that stands now."""
    own(act)
    row = kept(act, kind, thing_id)
    if row is not None:
        _stand_on(row, thing_of(act, kind, thing_id), "")
        row.changed_at = act.now
        act.session.add(row)
    return row


def let_go(act: Act, kind: str, thing_id: int) -> None:
    """Nothing is kept of it any more; also of what may not be read now."""
    gone = delete(Kept).where(col(Kept.person_id) == own(act), col(Kept.kind) == kind, col(Kept.thing_id) == thing_id)
    act.session.exec(gone)
    act.session.expire_all()


def _words(note: str) -> str:
    return clean(note.replace("\r\n", "\n")).strip()


def _new(act: Act, person: int, thing: Thing) -> Kept:
    number = act.session.exec(select(func.count()).select_from(Kept).where(Kept.person_id == person)).one()
    refuse(rules.why_not_more(number, MOST_KEPT, "kept"))
    row = Kept(person_id=person, kind=thing.kind, thing_id=thing.id, created_at=act.now, changed_at=act.now)
    _stand_on(row, thing, "")
    return row


def _stand_on(row: Kept, thing: Thing, seen: str) -> None:
    """seen: the mark that was before the eyes: a version of a document before the one that is shown; else what stands now."""
    is_older = thing.kind == "document" and _revision(seen) < _revision(thing.mark)
    row.mark, row.mark_label = (seen, seen) if is_older else (thing.mark, thing.mark_label)
    row.changes, row.carried_from = {}, ""


def _revision(mark: str) -> int:
    """Of `R2` two, of `r0` none; of what is no version more than any has."""
    found = _PART.fullmatch(mark)
    return int(found[1]) if found else 1 << 20
