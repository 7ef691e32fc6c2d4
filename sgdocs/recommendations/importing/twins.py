"""INV-6 over the whole catalogue: a number that two families in force both bear."""

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from sgdocs.recommendations.invariants import TWO_FAMILIES
from sgdocs.recommendations.rules import IN_FORCE, NameKind
from sgdocs.recommendations.tables import FAMILY, FLAG, NAME


def flag_shared_numbers(session: Session) -> int:
    """Write the flags of INV-6 as they are now; how many stand."""
    wanted = _shared(session)
    rows = session.execute(select(FLAG.c.family_id, FLAG.c.detail, FLAG.c.id).where(FLAG.c.rule == TWO_FAMILIES.id))
    stored = {(family_id, detail): id for family_id, detail, id in rows}
    over = [id for key, id in stored.items() if key not in wanted]
    if over:
        session.execute(delete(FLAG).where(FLAG.c.id.in_(over)))
    new = [
        {"family_id": family_id, "rule": TWO_FAMILIES.id, "text_id": None, "detail": detail}
        for family_id, detail in sorted(wanted)
        if (family_id, detail) not in stored
    ]
    if new:
        session.execute(insert(FLAG), new)
    return len(wanted)


def _shared(session: Session) -> set[tuple[int, str]]:
    """(family, the number that another family in force bears too); within one Sector and kind of address."""
    standing = (
        select(FAMILY.c.id, FAMILY.c.sector, FAMILY.c.space, NAME.c.name)
        .join(NAME, NAME.c.family_id == FAMILY.c.id)
        .where(NAME.c.kind == NameKind.NUMBER, FAMILY.c.standing.in_(sorted(IN_FORCE)))
        .subquery()
    )
    twice = (
        select(standing.c.sector, standing.c.space, standing.c.name)
        .group_by(standing.c.sector, standing.c.space, standing.c.name)
        .having(func.count() > 1)
        .subquery()
    )
    same = (
        (standing.c.sector == twice.c.sector) & (standing.c.space == twice.c.space) & (standing.c.name == twice.c.name)
    )
    return {(id, name) for id, name in session.execute(select(standing.c.id, standing.c.name).join(twice, same))}
