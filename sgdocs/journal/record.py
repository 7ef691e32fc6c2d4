"""Write an entry with the act it tells of; read the history of a thing."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from sgdocs.base.act import Act
from sgdocs.journal.models import Entry, PersonalFacts


def record(
    act: Act,
    verb: str,
    subject: SQLModel,
    *,
    group_id: int | None = None,
    audience: str = "public",
    personal: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Entry:
    """Note that the act happened, in its own transaction, unsealed.

    verb: `subject.past-participle`; subject: a row with an id (it is flushed if it has none yet);
    personal: facts that name a person, kept apart so that they can be removed;
    audience: who may read the entry in histories and `changes`. Costs one INSERT.
    """
    subject_id = _id_of(act.session, subject)
    entry = Entry(
        at=act.now,
        actor_kind=act.actor.kind.value,
        actor_id=act.actor.person_id,
        organisation_id=act.actor.organisation_id,
        verb=verb,
        subject_kind=str(subject.__tablename__),
        subject_id=subject_id,
        group_id=group_id,
        audience=audience,
        facts=facts,
        salt=secrets.token_hex(16),
    )
    salt = secrets.token_hex(16) if personal else ""
    if personal:
        entry.personal_digest = digest_of(salt, dict(personal))
    act.session.add(entry)
    act.session.flush()
    if personal and entry.id is not None:
        act.session.add(PersonalFacts(entry_id=entry.id, salt=salt, facts=dict(personal)))
    return entry


def history_of(session: Session, subject_kind: str, subject_ids: Sequence[int], *, limit: int = 200) -> list[Entry]:
    """The entries on a thing (or several of one kind), the newest first."""
    found = (
        select(Entry)
        .where(Entry.subject_kind == subject_kind, col(Entry.subject_id).in_(subject_ids))
        .order_by(col(Entry.id).desc())
        .limit(limit)
    )
    return list(session.exec(found))


def digest_of(salt: str, facts: Mapping[str, Any]) -> str:
    """The salted digest by which the chain knows personal facts."""
    return hashlib.sha256((salt + canonical(facts)).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON in one spelling: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _id_of(session: Session, subject: SQLModel) -> int:
    if getattr(subject, "id", None) is None:
        session.flush()
    return int(subject.id)  # type: ignore[attr-defined]
