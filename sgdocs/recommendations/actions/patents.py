"""Patent declarations. Source: domain 2.5."""

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.journal.record import record
from sgdocs.recommendations.actions.writing import permit
from sgdocs.recommendations.models import Patent
from sgdocs.recommendations.queries import named
from sgdocs.recommendations.schemas import PatentForm


def declare_patent(act: Act, recommendation: str, form: PatentForm) -> bool:
    """Add a declaration to the family that is meant; False when it stands there already."""
    family = named(act, recommendation)
    permit(act, family.sector, family.study_group)
    patent = Patent(
        family_id=family.id or 0, holder=form.holder, text=form.text, option=form.option, declared=form.declared
    )
    same = select(Patent.id).where(
        Patent.family_id == patent.family_id,
        Patent.holder == patent.holder,
        Patent.text == patent.text,
        Patent.option == patent.option,
        Patent.declared == patent.declared,
    )
    if act.session.exec(same).first() is not None:
        return False
    act.session.add(patent)
    act.session.flush()
    record(act, "recommendations.patent-declared", family, holder=form.holder, option=form.option, about=form.text)
    return True
