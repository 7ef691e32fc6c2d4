"""The groups that are a person's own: where they hold a role, and what they follow."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.notices.models import Subscription


def own_group_ids(act: Act) -> tuple[int, ...]:
    """Ids, those of roles first. One query."""
    held = [a.group_id for a in act.actor.appointments if a.group_id is not None]
    scopes = act.session.exec(
        select(Subscription.scope).where(
            Subscription.person_id == act.actor.person_id,
            col(Subscription.scope).startswith("group:"),
            col(Subscription.muted_at).is_(None),
        )
    )
    followed = [int(told) for each in scopes if (told := each.removeprefix("group:")).isdecimal()]
    return tuple(dict.fromkeys((*held, *followed)))
