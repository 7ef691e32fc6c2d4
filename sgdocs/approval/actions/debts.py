"""What is owed after a step: what was owed before is settled, what the new state asks for is written down."""

from sqlalchemy import or_, update
from sqlmodel import col, select

from sgdocs.approval.actions.planning import Preview
from sgdocs.approval.models import Obligation, Process
from sgdocs.approval.owing import REPLY, Debt
from sgdocs.approval.procedures.terms import By
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Membership
from sgdocs.people.models import Organisation


def settle(act: Act, plan: Preview, process: Process) -> None:
    """A step settles every debt of the process; in a state that stays, debts stay."""
    if plan.target.state == plan.outcome.state:
        return
    done = (
        update(Obligation)
        .where(col(Obligation.process_id) == process.id, col(Obligation.done_at).is_(None))
        .values(done_at=act.now)
        .execution_options(synchronize_session=False)
    )
    act.session.execute(done)
    on_step = ",".join(step.id for step in plan.target.procedure.steps if plan.state.id in step.start)[:200]
    for debt in plan.debts:
        for row in _rows(act, plan, process, debt):
            row.on_step = on_step
            act.session.add(row)
    act.session.flush()


def _rows(act: Act, plan: Preview, process: Process, debt: Debt) -> list[Obligation]:
    """One row for a role of the group, or one for each Member State that is asked."""
    place = plan.target.question if debt.role == By.EDITOR else None
    group_id = (place or plan.target.group).id
    if debt.kind != REPLY:
        return [_row(act, process, debt, group_id)]
    return [_row(act, process, debt, None, entity) for entity in _states(act, plan)]


def _row(
    act: Act, process: Process, debt: Debt, group_id: int | None, entity: Organisation | None = None
) -> Obligation:
    return Obligation(
        process_id=process.id or 0,
        kind=debt.kind,
        role=debt.role,
        group_id=group_id,
        organisation_id=entity.id if entity else None,
        due_on=debt.due_on,
        created_at=act.now,
    )


def _states(act: Act, plan: Preview) -> list[Organisation]:
    """Member States of the Sector today; of the region, where it is a regional procedure."""
    on = geneva_day(act.now)
    found = (
        select(Organisation)
        .join(Membership, col(Membership.organisation_id) == Organisation.id)
        .where(
            Organisation.category == "member-state",
            Membership.sector == plan.target.group.sector,
            col(Membership.starts_on) <= on,
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= on),
        )
        .order_by(Organisation.name)
        .distinct()
    )
    region = plan.gathered.facts.region
    return [entity for entity in act.session.exec(found) if not region or entity.country in region]
