"""Whose workspace it is."""

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed
from sgdocs.policy import Permission, Scope


def own(act: Act) -> int:
    """The person who acts, permitted to keep what is their own."""
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    policy.require(act.actor, Permission.KEEP_OWN, Scope(owner_id=act.actor.person_id))
    return act.actor.person_id
