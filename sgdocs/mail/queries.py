"""The mail log."""

from sqlalchemy import func
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.mail.models import Letter
from sgdocs.policy import Permission


def mail_log(act: Act, *, state: str = "", to: str = "", number: int = 1, size: int = 50) -> Page[Letter]:
    """Letters, the newest first. For the secretariat."""
    policy.require(act.actor, Permission.READ_JOBS)
    found = select(Letter)
    if state:
        found = found.where(Letter.state == state)
    if to:
        found = found.where(col(Letter.to_address).contains(to, autoescape=True))
    total = act.session.exec(select(func.count()).select_from(found.subquery())).one()
    rows = act.session.exec(found.order_by(col(Letter.id).desc()).offset((number - 1) * size).limit(size)).all()
    return Page(rows, total, number, size)


def letter(act: Act, id: int) -> Letter:
    policy.require(act.actor, Permission.READ_JOBS)
    found = act.session.get(Letter, id)
    return found if found is not None else missing("letter", id)
