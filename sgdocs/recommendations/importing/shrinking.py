"""A source that shrinks: what it had and has no more, what it newly calls withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.recommendations.deriving import derived, facts_of
from sgdocs.recommendations.importing.incoming import Incoming
from sgdocs.recommendations.importing.store import ENTRY, entry, insert_all
from sgdocs.recommendations.rules import Status
from sgdocs.recommendations.tables import FAMILY, IMPORTED, TEXT

_PIECE = 500


def gone_from(known: Mapping[str, str], present: set[str]) -> list[str]:
    """The keys that the source had before and has no more."""
    return sorted(key for key in known if key not in present)


def withdrawing(session: Session, source: str, gone: Sequence[str], changing: Sequence[Incoming]) -> list[str]:
    """The names of the texts that would newly count as withdrawn."""
    names = [row["identifier"] for piece in _pieces(gone) for row in _leaving(session, source, piece)]
    newly = [r.key for r in changing if r.columns.get("status") == Status.WITHDRAWN]
    for piece in _pieces(newly):
        mine = select(TEXT.c.identifier).join(IMPORTED, IMPORTED.c.text_id == TEXT.c.id)
        held = mine.where(IMPORTED.c.source == source, IMPORTED.c.key.in_(piece), TEXT.c.status != Status.WITHDRAWN)
        names += session.execute(held).scalars()
    return names


def withdraw_gone(act: Act, source: str, gone: Sequence[str]) -> int:
    """Mark as withdrawn what the source no longer has; forget its digests, so that it may come back."""
    rows = _leaving(act.session, source, gone)
    ids = [row["id"] for row in rows]
    if ids:
        note = f"no longer in {source}"
        new = {"status": Status.WITHDRAWN, "status_note": note, "changed_at": act.now}
        act.session.execute(update(TEXT).where(TEXT.c.id.in_(ids)).values(new))
        families = sorted({row["family_id"] for row in rows})
        _derive_again(act, families)
        changed: dict[int, dict[str, Any]] = {}
        for row in rows:
            texts = changed.setdefault(row["family_id"], {})
            texts[str(row["id"])] = {"status": [row["status"], Status.WITHDRAWN], "status_note": ["", note]}
        entries = [entry(act, id, {"source": source, "changed": texts}) for id, texts in changed.items()]
        insert_all(act.session, ENTRY, entries)
    act.session.execute(delete(IMPORTED).where(IMPORTED.c.source == source, IMPORTED.c.key.in_(list(gone))))
    return len(ids)


def _leaving(session: Session, source: str, keys: Sequence[str]) -> Sequence[Any]:
    """Texts that only this source brought, are not withdrawn, and whose status nobody has corrected by hand."""
    other = IMPORTED.alias()
    elsewhere = exists().where(other.c.text_id == TEXT.c.id, other.c.source != source, other.c.brings == "text")
    mine = select(TEXT.c.id, TEXT.c.family_id, TEXT.c.identifier, TEXT.c.status, TEXT.c.corrected)
    found = (
        mine.join(IMPORTED, IMPORTED.c.text_id == TEXT.c.id)
        .where(IMPORTED.c.source == source, IMPORTED.c.key.in_(list(keys)), IMPORTED.c.brings == "text")
        .where(TEXT.c.status != Status.WITHDRAWN, ~elsewhere)
    )
    return [row for row in session.execute(found).mappings() if "status" not in row["corrected"]]


def _derive_again(act: Act, family_ids: Sequence[int]) -> None:
    rows = act.session.execute(select(TEXT).where(TEXT.c.family_id.in_(family_ids))).mappings()
    families: dict[int, list[Any]] = {}
    for row in rows:
        families.setdefault(row["family_id"], []).append(row)
    for id, texts in families.items():
        columns = derived(texts, [facts_of(row) for row in texts])
        act.session.execute(update(FAMILY).where(FAMILY.c.id == id).values(**columns, changed_at=act.now))


def _pieces(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + _PIECE] for start in range(0, len(items), _PIECE)]
