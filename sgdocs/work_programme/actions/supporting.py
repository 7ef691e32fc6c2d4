"""Who commits itself to the work or to consent. Source: WI-3, WI-4."""

from sqlmodel import select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, NotAllowed
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Permission
from sgdocs.work_programme import rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._parts import supporter
from sgdocs.work_programme.models import Supporter, WorkItem
from sgdocs.work_programme.queries import scope_for
from sgdocs.work_programme.schemas import SupportForm


def support(act: Act, item: WorkItem, form: SupportForm) -> Supporter:
    """An entity commits itself: a delegate for its own, which confirms it; an officer enters others, to be confirmed."""
    _permit(act, item, form.name)
    _writing.require_standing(item)
    row = supporter(act, item, form)
    _writing.keep(act, item)
    is_confirmed = row.confirmed_by is not None
    _writing.note(act, "work.supported", item, entity=row.name, support=row.support, confirmed=is_confirmed)
    return row


def withdraw_support(act: Act, item: WorkItem, form: SupportForm) -> None:
    """The entity does not support it any more."""
    _permit(act, item, form.name)
    entity = organisation_named(act.session, form.name)
    row = _held(act, item, entity.name if entity else form.name, form.support.value)
    _require_own(act, row)
    act.session.delete(row)
    _writing.keep(act, item)
    _writing.note(act, "work.support-withdrawn", item, entity=row.name, support=row.support)


def _permit(act: Act, item: WorkItem, name: str) -> None:
    """Officers and editors of the item for anybody; members of the Sector for their own entity."""
    scope = scope_for(act, item)
    if policy.may(act.actor, Permission.EDIT_ITEM, scope):
        return
    policy.require(act.actor, Permission.SUPPORT_ITEM, scope)
    entity = organisation_named(act.session, name)
    if entity is None or entity.id != act.actor.organisation_id:
        raise NotAllowed(rules.SUPPORT_OWN, field="name")


def _require_own(act: Act, row: Supporter) -> None:
    """What an entity confirmed it takes back itself; the secretariat may for it."""
    is_own = act.actor.organisation_id is not None and act.actor.organisation_id == row.organisation_id
    if row.confirmed_at is not None and not is_own and not policy.may(act.actor, Permission.IMPORT_ITEMS):
        raise NotAllowed(rules.SUPPORT_OWN, field="name")


def _held(act: Act, item: WorkItem, name: str, support: str) -> Supporter:
    held = select(Supporter).where(
        Supporter.work_item_id == item.id, Supporter.name == name, Supporter.support == support
    )
    row = act.session.exec(held).first()
    if row is None:
        raise Conflict(rules.UNKNOWN_SUPPORT, field="name", name=name)
    return row
